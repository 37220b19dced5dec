import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { byKey, bytes } from './columns.ts';

/** What people ask, counted by day, and the questions that the bot did not know, sealed to the curators. */
export const insights: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('daily_counts')
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('key', 'text', (c) => c.notNull())
      .addColumn('count', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('daily_counts_key', ['day', 'kind', 'key'])
      .modifyEnd(byKey(db))
      .execute();
    await db.schema
      .createTable('unknown_questions')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('sealed', bytes(db), (c) => c.notNull())
      .modifyEnd(byKey(db))
      .execute();
  },
};
