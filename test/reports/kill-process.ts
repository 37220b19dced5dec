/**
 * A program for the kill test: people tell, submit and add, several at a time, until it is killed. Each step is written down once it is
 * acknowledged, so that the next run can deliver again what was under way.
 */
import { flushCompileCache } from 'node:module';
import { makeReceipt, type Receipt } from '../../src/sealing/receipt.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { file, received, World } from './world.ts';

/** Steps of one person, each of which is one message. */
export const STEPS = ['begin', 'what', 'who', 'when', 'file', 'submit', 'add'] as const;

export interface Unfinished {
  readonly chat: string;
  /** Steps that were acknowledged. */
  readonly done: number;
  readonly receipt: string | undefined;
}

const LANES = 6;

async function person(world: World, { chat, done, receipt }: Unfinished): Promise<void> {
  let mine = receipt as Receipt | undefined;
  for (const [i, step] of [...STEPS.entries()].slice(done)) {
    const origin = world.from(chat, `${chat}/${step}`);
    const check = (outcome: string, wanted: string) => {
      if (outcome !== wanted) throw new Error(`${step}: ${outcome}`);
    };
    if (step === 'begin') check(await world.intake.begin(origin), 'open');
    else if (step === 'submit') mine = received(await world.intake.submit(origin));
    else if (step === 'file') check((await world.intake.attach(origin, file('pict', 3000))).kind, 'kept');
    else if (step === 'add') {
      await world.intake.look(origin, mine ?? makeReceipt());
      check(await world.intake.add(origin, `tambahan ${chat}`), 'kept');
    } else check(await world.intake.write(origin, step, `${step} ${chat}`), 'kept');
    process.stdout.write(`${JSON.stringify([chat, i + 1, mine ?? null])}\n`);
  }
}

async function main([folder = '', url = '', from = '0', unfinished = '[]']: readonly string[]): Promise<void> {
  // who is killed keeps nothing at the end
  flushCompileCache();
  const database = await openDatabase({ folder, ...(url === '' ? {} : { url }) });
  const world = new World(database, { key: loadServerKey(folder) });
  const waiting: Unfinished[] = JSON.parse(unfinished) as Unfinished[];
  let next = Number(from);
  process.stdout.write('ready\n');
  const lane = async (): Promise<void> => {
    for (;;) await person(world, waiting.shift() ?? { chat: `orang-${next++}`, done: 0, receipt: undefined });
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

if (process.argv[1]?.endsWith('kill-process.ts')) await main(process.argv.slice(2));
