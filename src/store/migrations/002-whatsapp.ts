import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const whatsapp: Migration = {
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
};
