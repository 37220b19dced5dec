/** PostgreSQL: the pool of connections, and what an operator is told where it cannot be used. The URL holds a password, so nothing here quotes it. */
import { PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import { codeOf } from './code-of.ts';

/** How long a connection may take, in milliseconds. */
const PATIENCE = 10_000;

/** @param onLost told the code when a connection breaks; the next statement gets a new one */
export function postgresDialect(url: string, onLost: (code: string) => void): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    keepAlive: true,
    fallback_application_name: 'tanya-netral',
  });
  // without these two a connection that breaks would end the process: the first is for those that wait in the pool ...
  pool.on('error', (error) => onLost(codeOf(error)));
  // ... the second for those in use, whose statements fail anyhow
  pool.on('connect', (client) => client.on('error', () => {}));
  return new PostgresDialect({ pool });
}

/** What is wrong and what to do, without anything of the URL. */
export function explainPostgres(error: unknown): string {
  const code = codeOf(error);
  const [wrong, repair] = EXPLANATIONS.find(([codes]) => codes.test(code))?.slice(1) ??
    (error instanceof Error && /timeout/i.test(error.message) ? UNREACHABLE : undefined) ?? [
      'cannot be used',
      'check DATABASE_URL and the log of the PostgreSQL server',
    ];
  return `the PostgreSQL database of DATABASE_URL ${wrong} (${code}); ${repair}`;
}

const UNREACHABLE = [
  'cannot be reached',
  'check that PostgreSQL runs, and host and port in DATABASE_URL; without DATABASE_URL the service uses SQLite',
] as const;

/** SQLSTATE, or the code of Node. */
const EXPLANATIONS: ReadonlyArray<readonly [codes: RegExp, wrong: string, repair: string]> = [
  [
    /^28/,
    'refuses the user or the password',
    'correct them in DATABASE_URL (write @ : / ? # % in them percent-encoded, such as %40 for @), or allow the user in pg_hba.conf',
  ],
  [/^3D000$/, 'does not exist', 'create it (createdb), or correct the name at the end of DATABASE_URL'],
  [
    /^42501$/,
    'does not let the user make or use the tables',
    'make the user the owner of the database, or grant it USAGE and CREATE on the schema and all rights on the tables',
  ],
  [/^53300$/, 'has no connection free', 'raise max_connections of PostgreSQL, or stop what else uses it'],
  [/^(?:25006|57P0[1-3])$/, 'takes no changes now', 'wait until PostgreSQL has started, or name its primary server'],
  [/^(?:E(?:CONN|TIMEDOUT|NOTFOUND|AI_AGAIN|HOSTUNREACH|NETUNREACH)|08)/, ...UNREACHABLE],
  [
    /CERT|SSL|TLS|SIGNED/,
    'shows a certificate that is not trusted',
    'name its authority in DATABASE_URL (?sslmode=verify-full&sslrootcert=/path/ca.pem)',
  ],
];
