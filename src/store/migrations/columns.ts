import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isSqlite } from '../is-sqlite.ts';

/** The type of a column of bytes. SQLite knows no `bytea`, but takes any name for a type and keeps bytes as they are. */
export const bytes = (db: Kysely<unknown>): RawBuilder<unknown> => (isSqlite(db) ? sql`blob` : sql`bytea`);

/** Ends the definition of a table whose rows lie in the order of their keys: SQLite else numbers them in the order of writing. */
export const byKey = (db: Kysely<unknown>): RawBuilder<unknown> => (isSqlite(db) ? sql`without rowid` : sql``);
