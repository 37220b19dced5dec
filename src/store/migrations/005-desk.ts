import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { byKey, bytes } from './columns.ts';

/** Accounts of the officers' desk, their sessions and invitations; and what cases need where several units share the desk. */
export const desk: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await people(db);
    await cases(db);
  },
};

async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('login', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('unit', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('salt', bytes(db), (c) => c.notNull())
    .addColumn('verifier', bytes(db), (c) => c.notNull())
    .addColumn('wrapped', bytes(db), (c) => c.notNull())
    .addColumn('totp', bytes(db))
    .addColumn('totp_step', 'integer', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('locked_until', 'bigint', (c) => c.notNull())
    .addColumn('signed_in', 'bigint', (c) => c.notNull())
    .addColumn('signed_in_before', 'bigint', (c) => c.notNull())
    .addColumn('since', 'text', (c) => c.notNull())
    .addColumn('retired', 'text')
    .modifyEnd(byKey(db))
    .execute();
  await db.schema
    .createTable('desk_sessions')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('account', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('seen_at', 'bigint', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('desk_sessions_account').on('desk_sessions').column('account').execute();
  await db.schema
    .createTable('desk_invites')
    .addColumn('hash', 'text', (c) => c.primaryKey())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('unit', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
  await db.schema
    .createTable('desk_units')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('regions', 'text', (c) => c.notNull())
    .modifyEnd(byKey(db))
    .execute();
}

async function cases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('cases')
    .addColumn('unit', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await db.schema.alterTable('cases').addColumn('merged_into', 'text').execute();
  await db.schema
    .createTable('exclusions')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('unit', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('exclusions_key', ['case_id', 'unit'])
    .modifyEnd(byKey(db))
    .execute();
  await db.schema
    .createTable('revocable_entries')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('entry_id', 'text', (c) => c.notNull())
    .addColumn('officer', 'text', (c) => c.notNull())
    .addColumn('visible_at', 'bigint', (c) => c.notNull())
    .addColumn('status_before', 'text')
    .addPrimaryKeyConstraint('revocable_entries_key', ['case_id', 'entry_id'])
    .modifyEnd(byKey(db))
    .execute();
  await db.schema.createIndex('case_keys_officer').on('case_keys').column('officer').execute();
  await db.schema.createIndex('audit_case').on('audit').column('case_id').execute();
}
