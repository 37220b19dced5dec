import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** Statements that are kept; those with as many values as rows come in many forms. */
const MOST = 500;

/**
 * Keeps what SQLite has compiled: Kysely has a statement compiled at every use, which takes longer than most of them do. SQLite compiles
 * again by itself where the tables have changed.
 */
export function withPrepared(sqlite: Sqlite): SqliteDatabase {
  const kept = new Map<string, Statement<unknown[]>>();
  return {
    close: () => void sqlite.close(),
    prepare: (sql) => {
      const known = kept.get(sql);
      if (known !== undefined) return known;
      if (kept.size >= MOST) kept.clear();
      const statement = sqlite.prepare<unknown[]>(sql);
      kept.set(sql, statement);
      return statement;
    },
  };
}
