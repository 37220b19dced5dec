import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';

/** Migrations in order; the name is never changed once it has been on `main`. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-conversations': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('chats')
        .addColumn('chat', 'text', (column) => column.primaryKey())
        .addColumn('state', sql`blob`, (column) => column.notNull())
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
};

export const migrations: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };
