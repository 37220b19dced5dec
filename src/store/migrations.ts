import type { Kysely } from 'kysely';
import { type RawBuilder, SqliteAdapter, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';

/** The type of a column of bytes. SQLite knows no `bytea`, but takes any name for a type and keeps bytes as they are. */
const bytes = (db: Kysely<unknown>): RawBuilder<unknown> =>
  db.getExecutor().adapter instanceof SqliteAdapter ? sql`blob` : sql`bytea`;

/** Migrations in order; the name is never changed once it has been on `main`. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-conversations': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('chats')
        .addColumn('chat', 'text', (column) => column.primaryKey())
        .addColumn('state', bytes(db), (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('chats_expiry').on('chats').column('expires_at').execute();
      await db.schema
        .createTable('updates')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('updates_expiry').on('updates').column('expires_at').execute();
    },
  },
  '002-whatsapp': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('whatsapp_auth')
        .addColumn('account', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('value', 'bytea', (column) => column.notNull())
        .addPrimaryKeyConstraint('whatsapp_auth_key', ['account', 'type', 'id'])
        .execute();
      await db.schema
        .createTable('whatsapp_inbox')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('place', 'bigint', (column) => column.notNull())
        .addColumn('content', 'bytea', (column) => column.notNull())
        .addColumn('sent', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('whatsapp_inbox_order').on('whatsapp_inbox').column('place').execute();
      await db.schema
        .createTable('whatsapp_inbox_keys')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('wrapped', 'bytea', (column) => column.notNull())
        .execute();
      for (const [table, id, value, type] of [
        ['whatsapp_sent', 'id', 'message', 'bytea'],
        ['whatsapp_people', 'who', 'person', 'text'],
      ] as const) {
        await db.schema
          .createTable(table)
          .addColumn(id, 'text', (column) => column.primaryKey())
          .addColumn(value, type, (column) => column.notNull())
          .addColumn('expires_at', 'bigint', (column) => column.notNull())
          .execute();
        await db.schema.createIndex(`${table}_expiry`).on(table).column('expires_at').execute();
      }
    },
  },
  '003-whatsapp-cloud': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('whatsapp_cloud_inbox')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('place', 'bigint', (column) => column.notNull())
        .addColumn('content', 'bytea', (column) => column.notNull())
        .addColumn('begun', 'integer', (column) => column.notNull())
        .addColumn('confirmed', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('whatsapp_cloud_inbox_order').on('whatsapp_cloud_inbox').column('place').execute();
      await db.schema
        .createTable('whatsapp_cloud_inbox_keys')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('wrapped', 'bytea', (column) => column.notNull())
        .execute();
    },
  },
};

export const migrations: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };
