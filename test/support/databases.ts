/** Both databases, for suites that hold on either: `describe.each(DATABASES)('on $name', ({ fresh }) => …)`. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { type Database, type DatabaseOptions, openDatabase } from '../../src/store/database.ts';
import { tempFolder } from './temp-folder.ts';

export interface FreshDatabase extends DatabaseOptions {
  /** Opens it; closed when the test ends. Twice is a restart, or two processes. */
  open(onLost?: (code: string) => void): Promise<Database>;
  /** All that is stored as one buffer: the files as they lie on the disk (PostgreSQL's without its log), and what its tables give. */
  stored(): Promise<Buffer>;
  /** What its tables give, without what deleted rows leave in PostgreSQL's files; of SQLite the same as `stored`. */
  rows(): Promise<Buffer>;
}

export interface DatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  /** An empty one, which is gone when the test ends. */
  readonly fresh: () => Promise<FreshDatabase>;
}

export const SQLITE: DatabaseKind = {
  name: 'SQLite',
  fresh: async () => {
    const folder = tempFolder();
    const stored = async () =>
      Buffer.concat(
        readdirSync(folder, { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => readFileSync(join(folder, name))),
      );
    return { folder, stored, rows: stored, open: opener({ folder }) };
  },
};

export const POSTGRES: DatabaseKind = {
  name: 'PostgreSQL',
  fresh: async () => {
    const folder = tempFolder();
    const server = serverUrl();
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await execute(`${server}/postgres`, `create database ${name}`);
    onTestFinished(() => execute(`${server}/postgres`, `drop database ${name} with (force)`).then(() => {}));
    const url = `${server}/${name}`;
    const rows = () => everyRow(url);
    return {
      folder,
      url,
      rows,
      stored: async () => Buffer.concat([await rows(), await everyFile(url)]),
      open: opener({ folder, url }),
    };
  },
};

export const DATABASES: readonly DatabaseKind[] = [SQLITE, POSTGRES];

/** One statement, past everything of ours. */
export async function execute(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const server = inject('postgres');
  if ('problem' in server) throw new Error(`PostgreSQL for the tests did not start:\n${server.problem}`);
  return server.url;
}

function opener(options: DatabaseOptions): FreshDatabase['open'] {
  return async (onLost) => {
    const database = await openDatabase(onLost ? { ...options, onLost } : options);
    onTestFinished(() => database.destroy());
    return database;
  };
}

/** The tables' own files, with what deleted rows have left in them. */
async function everyFile(url: string): Promise<Buffer> {
  // what was changed stands in memory until then, and the files of dropped tables are still there
  await execute(url, 'checkpoint');
  const [row] = await execute(
    url,
    "select current_setting('data_directory') as root, (select oid from pg_database where datname = current_database()) as id",
  );
  const folder = join(String(row?.root), 'base', String(row?.id));
  // numbers are tables; the system's own have small ones
  const names = readdirSync(folder).filter((name) => Number(/^\d+/.exec(name)?.[0]) >= 16_384);
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
}

async function everyRow(url: string): Promise<Buffer> {
  const tables = await execute(url, "select tablename from pg_tables where schemaname = 'public'");
  const rows = await Promise.all(tables.map(({ tablename }) => execute(url, `select * from "${tablename}"`)));
  return Buffer.concat(
    rows
      .flat()
      .flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) => [
          Buffer.from(` ${column} `),
          Buffer.isBuffer(value) ? value : Buffer.from(String(value)),
        ]),
      ),
  );
}
