/** Opening the database: twice, and where the disk is not as it should be. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { openDatabase, StoreError } from '../../src/store/database.ts';
import { DATABASES, execute, POSTGRES } from '../support/databases.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const FILE = 'tanya-netral.db';
const failure = (folder: string): Promise<unknown> =>
  openDatabase({ folder }).then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each(DATABASES)('migrations on $name', ({ fresh }) => {
  test('are done once, and the second start finds the same tables and rows', async () => {
    const { open } = await fresh();
    const first = await open();
    await first.insertInto('updates').values({ id: 'x', expires_at: 5 }).execute();
    const tables = (await first.introspection.getTables()).map(({ name }) => name);
    await first.destroy();
    const second = await open();
    expect((await second.introspection.getTables()).map(({ name }) => name)).toEqual(tables);
    expect(tables).toEqual(expect.arrayContaining(['chats', 'updates', 'whatsapp_auth', 'whatsapp_cloud_inbox']));
    const [row, ...more] = await second.selectFrom('updates').selectAll().execute();
    expect([row?.id, Number(row?.expires_at), more]).toEqual(['x', 5, []]);
  });
});

test('eight processes may bring the same PostgreSQL database up to date at once', async () => {
  const { open } = await POSTGRES.fresh();
  const all = await Promise.all(Array.from({ length: 8 }, () => open()));
  for (const database of all) expect(await database.selectFrom('chats').selectAll().execute()).toEqual([]);
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

describe('PostgreSQL that cannot be used', () => {
  const PASSWORD = 'rahasia-sekali';
  const told = async (url: string): Promise<string> => {
    const error = await openDatabase({ folder: tempFolder(), url }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(StoreError);
    const text = String(error);
    expect(text).toContain('DATABASE_URL');
    for (const part of [PASSWORD, url, new URL(url).host]) expect(text).not.toContain(part);
    return text;
  };
  const changed = async (change: (url: URL) => void): Promise<string> => {
    const url = new URL((await POSTGRES.fresh()).url ?? '');
    change(url);
    return url.href;
  };

  test('refuses the password', async () => {
    const url = await changed((to) => {
      to.password = PASSWORD;
    });
    expect(await told(url)).toMatch(/refuses the user or the password \(28P01\); correct them/);
  });

  test('has no such database', async () => {
    const url = await changed((to) => {
      to.pathname = '/nobody';
    });
    expect(await told(url)).toMatch(/does not exist \(3D000\); create it/);
  });

  test('is not there, or has no such name', async () => {
    expect(await told(`postgres://me:${PASSWORD}@127.0.0.1:1/x`)).toMatch(/reached \(ECONNREFUSED\); check that/);
    expect(await told(`postgres://me:${PASSWORD}@nowhere.invalid/x`)).toMatch(/reached \(E\w+\); check that/);
  });

  test('does not let the user make tables', async () => {
    const { url = '' } = await POSTGRES.fresh();
    const user = `reader_${Date.now()}`;
    await execute(url, `create role ${user} login password '${PASSWORD}'`);
    const limited = new URL(url);
    limited.username = user;
    limited.password = PASSWORD;
    expect(await told(limited.href)).toMatch(/\(42501\); make the user the owner/);
    await execute(url, `drop role ${user}`);
  });

  test('names a file of certificates that is not there', async () => {
    expect(await told(`postgres://me:${PASSWORD}@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/none.pem`)).toMatch(
      /cannot be used \(ENOENT\); check DATABASE_URL/,
    );
  });
});

test('connections to PostgreSQL that break, waiting or in use, end nothing: the next statement has a new one', async () => {
  const { open, url = '' } = await POSTGRES.fresh();
  const lost: string[] = [];
  const database = await open((code) => lost.push(code));
  const cut = () =>
    execute(
      url,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  await cut();
  await until(() => lost.length > 0);
  expect(lost).toEqual(['57P01']);
  const inUse = database.transaction().execute(async (trx) => {
    await trx.insertInto('updates').values({ id: 'x', expires_at: 1 }).execute();
    await cut();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await trx.insertInto('updates').values({ id: 'y', expires_at: 1 }).execute();
  });
  await expect(inUse).rejects.toThrow();
  expect(await database.selectFrom('updates').selectAll().execute()).toEqual([]);
});
