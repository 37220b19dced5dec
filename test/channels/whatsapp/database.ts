/** A real database in a place of its own, which goes when the test ends. */
import { randomBytes } from 'node:crypto';
import type { Database } from '../../../src/store/database.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { type DatabaseKind, SQLITE } from '../../support/databases.ts';

export interface TestDatabase {
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  /** All that is stored as one buffer. */
  bytes(): Promise<Buffer>;
}

export async function testDatabase({ fresh }: DatabaseKind = SQLITE): Promise<TestDatabase> {
  const { folder, open, stored } = await fresh();
  return { folder, database: await open(), key: new ServerKey(randomBytes(32)), bytes: stored };
}
