/** A real database in a place of its own, which goes when the test ends. */
import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import type { InboxKeys } from '../../../src/store/inbox-keys.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { type DatabaseKind, SQLITE } from '../../support/databases.ts';
import { openInboxKeys } from '../../support/inbox-keys.ts';

export interface TestDatabase {
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  readonly keys: InboxKeys;
  /** All that is stored as one buffer. */
  bytes(): Promise<Buffer>;
  rows(): Promise<Buffer>;
}

export async function testDatabase({ fresh }: DatabaseKind = SQLITE): Promise<TestDatabase> {
  const { folder, open, stored, rows } = await fresh();
  const database = await open();
  const key = new ServerKey(randomBytes(32));
  const keys = await openInboxKeys({ folder, database, key });
  onTestFinished(() => keys.replace());
  return { folder, database, key, keys, bytes: stored, rows };
}
