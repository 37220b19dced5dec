/** The tables of the reports: made once by whoever comes first, whole or not at all. */
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { DATABASES, SQLITE } from '../support/databases.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TABLES = [
  'officers',
  'cases',
  'case_keys',
  'entries',
  'receipts',
  'reads',
  'holds',
  'day_keys',
  'drafts',
  'draft_slots',
  'pending_receipts',
  'questions',
  'chat_answers',
  'notices',
  'audit',
  'audit_head',
];

test.each(DATABASES)('$name: are made once, and are there for whoever opens it again', async ({ fresh }) => {
  const { open } = await fresh();
  for (const database of [await open(), await open()]) {
    const tables = (await database.introspection.getTables()).map(({ name }) => name);
    expect(tables).toEqual(expect.arrayContaining(TABLES));
    const heads = await database.selectFrom('audit_head').selectAll().execute();
    expect(heads).toEqual([{ id: 1, seq: 0, hash: '0'.repeat(64) }]);
  }
});

test('rows of SQLite lie in the order of their keys: nothing numbers them in the order of writing', async () => {
  const { open } = await SQLITE.fresh();
  const database = await open();
  const { rows } = await sql<{ name: string; wr: number }>`pragma table_list`.execute(database);
  const numbered = rows.filter(({ name, wr }) => TABLES.includes(name) && wr === 0).map(({ name }) => name);
  // the chain has an order of its own
  expect(numbered.sort()).toEqual(['audit', 'audit_head']);
});

test('tables that could not be made to the end are not there at all', async () => {
  const folder = tempFolder();
  // in the way of the last of them
  const sqlite = new Sqlite(`${folder}/tanya-netral.db`);
  sqlite.exec('create table chat_answers (x)');
  sqlite.close();
  await expect(openDatabase({ folder })).rejects.toThrow(/migration 004-reports failed/);
  const after = new Sqlite(`${folder}/tanya-netral.db`);
  const names = after.prepare("select name from sqlite_master where type = 'table'").all();
  expect(names).toEqual([{ name: 'chat_answers' }]);
  after.close();
});

test('statements that SQLite has kept go on where tables change, and there may be many of them', async () => {
  const { open } = await SQLITE.fresh();
  const database = await open();
  const all = () => database.selectFrom('updates').selectAll().execute();
  await database.insertInto('updates').values({ id: 'a', expires_at: 1 }).execute();
  expect(await all()).toEqual([{ id: 'a', expires_at: 1 }]);
  await sql`alter table updates add column later text default 'x'`.execute(database);
  expect(await all()).toEqual([{ id: 'a', expires_at: 1, later: 'x' }]);
  await sql`alter table updates drop column later`.execute(database);
  expect(await all()).toEqual([{ id: 'a', expires_at: 1 }]);
  for (let i = 0; i < 1200; i++) await sql.raw(`select ${i}`).execute(database);
  expect(await all()).toEqual([{ id: 'a', expires_at: 1 }]);
  await database.schema.dropTable('updates').execute();
  await expect(all()).rejects.toThrow(/no such table/);
});
