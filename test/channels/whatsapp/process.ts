import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { openDatabase } from '../../../src/store/database.ts';
import { loadServerKey } from '../../../src/store/keys.ts';
import { link } from '../../support/whatsapp/link.ts';
import type { WhatsAppServer } from '../../support/whatsapp/server.ts';

export interface BotProcess {
  readonly output: () => string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<number | null>;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Links the account in a data folder, as if it had been paired. */
export async function linkFolder(server: WhatsAppServer, folder: string): Promise<void> {
  const database = await openDatabase({ folder });
  await link(server, database, loadServerKey(folder));
  await database.destroy();
}

/** Starts the bot on a folder as a process of its own. */
export function startProcess(server: WhatsAppServer, folder: string): BotProcess {
  const { execArgv, env } = server.childProcess;
  const child: ChildProcess = spawn(process.execPath, [...execArgv, CHILD], {
    env: { PATH: process.env.PATH, ...env, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)));
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return gone;
  };
  onTestFinished(async () => void (await end('SIGKILL')));
  return { output: () => output, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}
