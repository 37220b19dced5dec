/** Opening the database: twice, and where the disk is not as it should be. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase, StoreError } from '../../src/store/database.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FILE = 'tanya-netral.db';
const failure = (folder: string): Promise<unknown> =>
  openDatabase({ folder }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('migrations', () => {
  test('are done once, and the second start finds the same tables and rows', async () => {
    const folder = tempFolder();
    const first = await openDatabase({ folder });
    await first.insertInto('updates').values({ id: 'x', expires_at: 5 }).execute();
    const tables = (await first.introspection.getTables()).map(({ name }) => name);
    await first.destroy();
    const second = await openDatabase({ folder });
    expect((await second.introspection.getTables()).map(({ name }) => name)).toEqual(tables);
    expect(tables).toEqual(expect.arrayContaining(['chats', 'updates']));
    expect(await second.selectFrom('updates').selectAll().execute()).toEqual([{ id: 'x', expires_at: 5 }]);
    await second.destroy();
  });
});

test('what was committed is on the disk, and what was deleted is overwritten', async () => {
  const database = await openDatabase({ folder: tempFolder() });
  const pragma = async (name: string) =>
    Object.values((await sql.raw<object>(`pragma ${name}`).execute(database)).rows[0] ?? {})[0];
  expect(await pragma('journal_mode')).toBe('wal');
  expect(await pragma('synchronous')).toBe(2);
  expect(await pragma('secure_delete')).toBe(1);
  await database.destroy();
});

describe('a data folder that cannot be used', () => {
  test('is a file: the message names the folder and the repair', async () => {
    const path = join(tempFolder(), 'data');
    writeFileSync(path, '');
    const error = await failure(path);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain(path);
    expect(String(error)).toContain('set DATA_DIR to another folder');
  });

  test('lies below a file', async () => {
    const path = join(tempFolder(), 'data');
    writeFileSync(path, '');
    expect(await failure(join(path, 'deeper'))).toBeInstanceOf(StoreError);
  });

  test('is made where it is not there yet, with its parents', async () => {
    const database = await openDatabase({ folder: join(tempFolder(), 'a', 'b') });
    expect(await database.selectFrom('chats').selectAll().execute()).toEqual([]);
    await database.destroy();
  });
});

describe('a database file that cannot be used', () => {
  test.each([
    ['text', Buffer.from('this is no database, but long enough to be looked at '.repeat(40))],
    ['bytes of zero', Buffer.alloc(8192, 1)],
  ])('holds %s: the message names the file and the repair', async (_what, bytes) => {
    const folder = tempFolder();
    writeFileSync(join(folder, FILE), bytes);
    const error = await failure(folder);
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toContain(join(folder, FILE));
    expect(String(error)).toContain('restore it from a backup');
    // it is left as it was: perhaps somebody can still rescue it
    expect(readFileSync(join(folder, FILE)).equals(bytes)).toBe(true);
  });

  test('lost its second half', async () => {
    const folder = tempFolder();
    const database = await openDatabase({ folder });
    await database.destroy();
    const bytes = readFileSync(join(folder, FILE));
    writeFileSync(join(folder, FILE), bytes.subarray(0, bytes.length >> 1));
    expect(await failure(folder)).toBeInstanceOf(StoreError);
  });

  test('is a folder', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, FILE));
    expect(await failure(folder)).toBeInstanceOf(StoreError);
  });
});
