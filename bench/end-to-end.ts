/** A channel end to end against a bare bot that echoes: in turn, in one run, on the same fake server of the tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../src/config.ts';
import { WITHOUT_REPORTS } from '../src/conversation/services.ts';
import { Dialogue } from '../src/dialogue/dialogue.ts';
import { KNOWLEDGE_FOLDER } from '../src/knowledge/load.ts';
import { type Brain, loadBrain } from '../src/learning/brain.ts';
import { StoredConversations } from '../src/store/conversations.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { loadServerKey, type ServerKey } from '../src/store/keys.ts';

const ROUNDS = 3;

/** What everybody asks. It has one answer, in one message. */
export const QUESTION = 'boleh like postingan calon?';

/** The product without a channel: a real database in a folder of its own, and the real rules. */
export interface Core {
  readonly brain: Brain;
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  readonly dialogue: Dialogue;
  close(): Promise<void>;
}

export async function openCore(): Promise<Core> {
  const brain = await loadBrain(KNOWLEDGE_FOLDER, { cache: cacheFolder() });
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-bench-'));
  const database = await openDatabase({ folder });
  const key = loadServerKey(folder);
  const conversations = new StoredConversations(database, key);
  const dialogue = new Dialogue({
    conversations,
    key,
    services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
  });
  const close = async () => {
    await dialogue.idle();
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { brain, folder, database, key, dialogue, close };
}

/** @param measure takes one round of one bot, gives messages answered a second */
export async function againstEcho<Bot>(
  title: string,
  bots: { readonly echo: readonly [name: string, bot: Bot]; readonly ours: Bot },
  measure: (bot: Bot) => Promise<number>,
): Promise<void> {
  const before = loadavg()[0] as number;
  const rates: { echo: number[]; ours: number[] } = { echo: [], ours: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.echo.push(await measure(bots.echo[1]));
    rates.ours.push(await measure(bots.ours));
  }
  const plain = median(rates.echo);
  const row = (name: string, rates: readonly number[]) =>
    `| ${name} | ${median(rates).toFixed(0)} | ${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)} | ${(median(rates) / plain).toFixed(2)} |`;
  const after = loadavg()[0] as number;
  console.log(
    [
      `\n${title}; ${ROUNDS} rounds in turn, medians; load average ${before.toFixed(1)} before, ${after.toFixed(1)} after\n`,
      '| | messages a second | lowest and highest | against the echo |',
      '|---|---|---|---|',
      row(bots.echo[0], rates.echo),
      row('Tanya Netral', rates.ours),
    ].join('\n'),
  );
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
