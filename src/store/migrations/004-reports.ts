import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { byKey, bytes } from './columns.ts';

/**
 * Sealed reports. No row carries a time finer than a day, except what is gone within a day; rows lie in the order of random keys.
 */
export const reports: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await cases(db);
    await threads(db);
    await officers(db);
    await questions(db);
  },
};

type Table = CreateTableBuilder<string, string>;
type Text = readonly [name: string, ...optional: 'null'[]];

const texts = (table: Table, ...columns: readonly Text[]): Table =>
  columns.reduce<Table>(
    (sofar, [name, optional]) => sofar.addColumn(name, 'text', (c) => (optional ? c : c.notNull())),
    table,
  );

async function cases(db: Kysely<unknown>): Promise<void> {
  await texts(
    db.schema.createTable('cases').addColumn('id', 'text', (c) => c.primaryKey()),
    ['kind'],
    ['status'],
    ['recipient'],
    ['follows', 'null'],
    ['day'],
    ['changed'],
    ['opened', 'null'],
    ['handed_on', 'null'],
    ['closed', 'null'],
  )
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('places', 'integer', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('cases_status').on('cases').columns(['status', 'closed']).execute();
  await texts(db.schema.createTable('case_keys'), ['case_id'], ['officer'])
    .addColumn('wrapped', bytes(db), (c) => c.notNull())
    .addPrimaryKeyConstraint('case_keys_key', ['case_id', 'officer'])
    .modifyEnd(byKey(db))
    .execute();
  await texts(db.schema.createTable('entries'), ['case_id'], ['id'], ['author'], ['day'])
    .addColumn('sealed', bytes(db), (c) => c.notNull())
    .addPrimaryKeyConstraint('entries_key', ['case_id', 'id'])
    .modifyEnd(byKey(db))
    .execute();
  await texts(db.schema.createTable('receipts'), ['lookup_hash'], ['case_id'], ['recipient'])
    .addPrimaryKeyConstraint('receipts_key', ['lookup_hash', 'case_id'])
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('receipts_case').on('receipts').column('case_id').execute();
}

/** What ties a chat to a case for a while. */
async function threads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('day_keys')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('wrapped', bytes(db), (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  for (const name of ['drafts', 'pending_receipts']) {
    await texts(
      db.schema.createTable(name).addColumn('chat', 'text', (c) => c.primaryKey()),
      ['case_id'],
    )
      .addColumn('expires_at', 'bigint', (c) => c.notNull())
      .modifyEnd(byKey(db))
      .execute();
    await db.schema.createIndex(`${name}_case`).unique().on(name).column('case_id').execute();
  }
  await texts(db.schema.createTable('draft_slots'), ['case_id'], ['entry_id'], ['slot'], ['origin'])
    .addColumn('place', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('draft_slots_key', ['case_id', 'origin'])
    .modifyEnd(byKey(db))
    .execute();
}

async function officers(db: Kysely<unknown>): Promise<void> {
  await texts(
    db.schema.createTable('officers').addColumn('id', 'text', (c) => c.primaryKey()),
    ['name'],
    ['unit'],
    ['recipient'],
    ['since'],
    ['retired', 'null'],
  )
    .modifyEnd(byKey(db))
    .execute();
  await texts(db.schema.createTable('reads'), ['case_id'], ['entry_id'], ['officer'])
    .addPrimaryKeyConstraint('reads_key', ['case_id', 'entry_id', 'officer'])
    .modifyEnd(byKey(db))
    .execute();
  await texts(db.schema.createTable('holds'), ['case_id'], ['officer'], ['day'])
    .addPrimaryKeyConstraint('holds_key', ['case_id', 'officer'])
    .modifyEnd(byKey(db))
    .execute();
  await texts(
    db.schema.createTable('audit').addColumn('seq', 'integer', (c) => c.primaryKey()),
    ['at'],
    ['actor'],
    ['event'],
    ['case_id', 'null'],
    ['detail'],
    ['hash'],
  ).execute();
  await texts(
    db.schema.createTable('audit_head').addColumn('id', 'integer', (c) => c.primaryKey()),
    ['hash'],
  )
    .addColumn('seq', 'integer', (c) => c.notNull())
    .execute();
  await sql`insert into audit_head (id, seq, hash) values (1, 0, ${'0'.repeat(64)})`.execute(db);
  await texts(
    db.schema.createTable('notices').addColumn('id', 'text', (c) => c.primaryKey()),
    ['created_day'],
  )
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
}

/** Questions that officers hold, and their answers on the way back. */
async function questions(db: Kysely<unknown>): Promise<void> {
  await texts(
    db.schema.createTable('questions').addColumn('case_id', 'text', (c) => c.primaryKey()),
    ['chat'],
    ['channel'],
    ['expires'],
  )
    .addColumn('address', bytes(db), (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('questions_chat').unique().on('questions').column('chat').execute();
  await texts(
    db.schema.createTable('chat_answers').addColumn('id', 'text', (c) => c.primaryKey()),
    ['chat'],
    ['channel'],
    ['expires'],
  )
    .addColumn('address', bytes(db), (c) => c.notNull())
    .addColumn('text', bytes(db), (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('chat_answers_chat').on('chat_answers').column('chat').execute();
}
