import type { ColumnType } from 'kysely';

/** Milliseconds since 1970 in a column: SQLite gives numbers, PostgreSQL gives strings for bigint. */
export type Millis = ColumnType<number | string, number, number>;
