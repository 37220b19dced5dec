import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytes } from './columns.ts';

export const conversations: Migration = {
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
};
