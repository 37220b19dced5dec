/** A real database in a folder of its own, which goes when the test ends. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { ServerKey } from '../../../src/store/keys.ts';

export interface TestDatabase {
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  /** Everything on disk as one buffer: database, write-ahead log and all. */
  bytes(): Buffer;
}

export async function testDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-whatsapp-'));
  const database = await openDatabase({ folder });
  onTestFinished(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  });
  const bytes = () => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  return { folder, database, key: new ServerKey(randomBytes(32)), bytes };
}
