/** The database, opened, tuned and migrated: SQLite in the data folder, or PostgreSQL where a URL is given. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { codeOf } from './code-of.ts';
import { migrations } from './migrations.ts';
import { withPrepared } from './prepared.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

export interface DatabaseOptions {
  /** For SQLite's file; made and checked in both cases, because the server's key lies there. */
  readonly folder: string;
  /** Of PostgreSQL, with the password; SQLite without it. */
  readonly url?: string | undefined;
  /** Told the code when a connection to PostgreSQL breaks. */
  readonly onLost?: (code: string) => void;
}

/** Thrown where the data folder or the database cannot be used; the message names it (a URL never) and the repair. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** Makes the folder if needed and proves that it can be written. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new StoreError(
      `the data folder ${folder} cannot be written (${codeOf(error)}); make it writable for this user, or set DATA_DIR to another folder`,
    );
  }
}

/** Opens the database and brings its tables up to date. Throws {@link StoreError}. */
export async function openDatabase({ folder, url, onLost }: DatabaseOptions): Promise<Database> {
  prepareFolder(folder);
  return url === undefined ? openSqlite(join(folder, 'tanya-netral.db')) : openPostgres(url, onLost);
}

async function openSqlite(path: string): Promise<Database> {
  try {
    const sqlite = new Sqlite(path);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('busy_timeout = 5000');
    // deleted rows leave nothing readable in free pages
    sqlite.pragma('secure_delete = ON');
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: withPrepared(sqlite) }) });
    await migrateAtOnce(sqlite, database);
    return database;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `the database ${path} cannot be used (${codeOf(error)}); check the disk and the file's owner, or restore it from a backup`,
    );
  }
}

async function openPostgres(url: string, onLost: (code: string) => void = () => {}): Promise<Database> {
  // the driver is loaded only where it is used
  const { explainPostgres, postgresDialect } = await import('./postgres.ts');
  let database: Database | undefined;
  try {
    database = new Kysely<Tables>({ dialect: postgresDialect(url, onLost) });
    await sql`select 1`.execute(database);
    await migrate(database);
    return database;
  } catch (error) {
    await database?.destroy().catch(() => {});
    if (error instanceof StoreError) throw error;
    throw new StoreError(explainPostgres(error));
  }
}

/**
 * Kysely changes SQLite's tables one by one. Here all of it is one transaction: a process that is killed leaves no half-made tables, and of
 * two processes (the service and the officers' desk) the second waits, and finds everything done.
 */
async function migrateAtOnce(sqlite: Sqlite.Database, database: Database): Promise<void> {
  sqlite.exec('begin immediate');
  try {
    await migrate(database);
    sqlite.exec('commit');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('rollback');
    throw error;
  }
}

/** Two processes may do this at once on PostgreSQL: Kysely takes an advisory lock. */
async function migrate(database: Database): Promise<void> {
  const { error, results } = await new Migrator({ db: database, provider: migrations }).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error');
  if (codeOf(error) === NOT_ALLOWED) throw error;
  throw new StoreError(
    `migration ${failed?.migrationName ?? ''} failed (${codeOf(error)}); restore the database from a backup and report this`,
  );
}

/** PostgreSQL's insufficient_privilege: nothing is damaged. */
const NOT_ALLOWED = '42501';
