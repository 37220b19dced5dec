/** The database: SQLite in the data folder, opened, tuned and migrated. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** Thrown where the data folder cannot be used; the message names the folder and the repair. */
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

/** Opens `folder/tanya-netral.db` and brings its tables up to date. Throws {@link StoreError}. */
export async function openDatabase(folder: string): Promise<Database> {
  prepareFolder(folder);
  const path = join(folder, 'tanya-netral.db');
  try {
    const sqlite = new Sqlite(path);
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('busy_timeout = 5000');
    // deleted rows leave nothing readable in free pages
    sqlite.pragma('secure_delete = ON');
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
    await migrate(database);
    return database;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `the database ${path} cannot be used (${codeOf(error)}); check the disk and the file's owner, or restore it from a backup`,
    );
  }
}

async function migrate(database: Database): Promise<void> {
  const { error, results } = await new Migrator({ db: database, provider: migrations }).migrateToLatest();
  const failed = results?.find(({ status }) => status === 'Error');
  if (error !== undefined)
    throw new StoreError(
      `migration ${failed?.migrationName ?? ''} failed (${codeOf(error)}); restore the database from a backup and report this`,
    );
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error
    ? String(error.code)
    : error instanceof Error
      ? error.name
      : 'unknown';
