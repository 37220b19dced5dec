import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const whatsappCloud: Migration = {
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
};
