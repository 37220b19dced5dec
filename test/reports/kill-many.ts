/** `kill -9` at any moment: every receipt that was given opens its case, what was acknowledged is there once, and nothing is half there. */
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/reports/audit.ts';
import type { Receipt } from '../../src/sealing/receipt.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import type { DatabaseKind, FreshDatabase } from '../support/databases.ts';
import { start } from '../support/run-program.ts';
import { STEPS, type Unfinished } from './kill-process.ts';
import { all, type Colleague, World } from './world.ts';

const KILLS = 200;
/** A run is killed after so many acknowledged steps, by chance, and then within so many milliseconds: in the middle of the next ones. */
const MOST_STEPS = 20;
const LONGEST = 12;

interface Known {
  /** How far each person has come, by what was acknowledged. */
  readonly people: Map<string, Unfinished>;
  /** Every receipt that was given, with the person it was given to. */
  readonly receipts: Map<string, string>;
}

/** One run, killed; gives how many steps it acknowledged. */
function killed(stored: FreshDatabase, known: Known, round: number): Promise<number> {
  const { people, receipts } = known;
  const unfinished = [...people.values()].filter(({ done }) => done < STEPS.length);
  const args = [stored.folder, stored.url ?? '', String(round * 1000), JSON.stringify(unfinished)];
  // what Node has compiled is kept, so that a run begins sooner
  const cache = join(stored.folder, 'code');
  mkdirSync(cache, { recursive: true });
  const child = start('test/reports/kill-process.ts', args, { env: { NODE_COMPILE_CACHE: cache } });
  let text = '';
  let errors = '';
  child.stderr.on('data', (more: string) => {
    errors += more;
  });
  const after = randomInt(MOST_STEPS);
  let isDue = false;
  child.stdout.on('data', (more: string) => {
    text += more;
    if (isDue || text.split('\n').length - 2 < after) return;
    isDue = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * LONGEST);
  });
  return new Promise((resolve, reject) => {
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') return reject(new Error(`the program ended by itself: ${errors}`));
      // a line that was cut was not acknowledged
      const lines = text.split('\n').slice(1, -1);
      for (const line of lines) {
        const [chat, done, receipt] = JSON.parse(line) as [string, number, string | null];
        people.set(chat, { chat, done, receipt: receipt ?? undefined });
        if (receipt !== null) receipts.set(receipt, chat);
      }
      resolve(lines.length);
    });
  });
}

/** The person whom an opened case is from, by its texts; checks that each of them is there once. */
async function personOf(world: World, officer: Colleague, id: string): Promise<string> {
  const { entries, record } = await world.open(officer, id);
  const chat = /^what (.+)$/.exec(entries.find(({ part }) => part === 'what')?.text ?? '')?.[1] ?? 'nobody';
  const told = entries.map(({ part, text, file }) => `${part}:${text}${file ? file.bytes.length : ''}`).sort();
  const whole = [`file:3000`, `what:what ${chat}`, `when:when ${chat}`, 'where:', `who:who ${chat}`];
  const added = `text:tambahan ${chat}`;
  expect(told).toEqual((told.includes(added) ? [...whole, added] : whole).sort());
  expect(record.reporters.length).toBeGreaterThan(0);
  await world.answer(officer, await world.open(officer, id), `jawaban untuk ${chat}`);
  return chat;
}

/** The test on one database; each has a file of its own, so that they run side by side. */
export function killMany({ name, fresh }: DatabaseKind): void {
  test(`${name}, killed ${KILLS} times while people tell and submit`, async () => {
    const stored = await fresh();
    const world = new World(await stored.open(), { key: loadServerKey(stored.folder) });
    const [officer, other] = [await world.hire(), await world.hire()];
    const known: Known = { people: new Map(), receipts: new Map() };
    let steps = 0;
    for (let round = 0; round < KILLS; round++) {
      steps += await killed(stored, known, round);
      if (round % 20 === 0) expect(await verifyAudit(world.database)).toMatchObject({ kind: 'whole' });
    }
    // the kills hit work, and not an empty program
    expect(steps).toBeGreaterThan(KILLS);
    expect(known.receipts.size).toBeGreaterThan(10);

    expect(await verifyAudit(world.database)).toMatchObject({ kind: 'whole' });
    const cases = await world.office.cases(officer.officer.id);
    const people: string[] = [];
    for (const { id } of cases) people.push(await personOf(world, officer, id));
    // nobody is there twice, and everybody who was given a receipt is there
    expect(new Set(people).size).toBe(people.length);
    for (const { chat, done } of known.people.values())
      if (done > STEPS.indexOf('submit')) expect(people).toContain(chat);
    for (const [receipt, chat] of known.receipts) {
      const news = await world.intake.look(world.from(receipt), receipt as Receipt);
      expect(news).toContainEqual({ kind: 'answer', day: world.today, text: `jawaban untuk ${chat}` });
    }
    // what was acknowledged as added is there; `personOf` has seen that nothing is there twice
    for (const { chat, done } of known.people.values()) {
      const id = cases[people.indexOf(chat)]?.id ?? '';
      if (done === STEPS.length)
        expect((await world.open(other, id)).entries.map(({ text }) => text)).toContain(`tambahan ${chat}`);
    }
    await nothingHalf(world, cases.length);
  }, 1_800_000);
}

async function nothingHalf(world: World, cases: number): Promise<void> {
  const { database } = world;
  const submitted = (await all(world.office.audit()))
    .filter(({ event }) => event === 'submitted')
    .map((row) => row.case);
  expect([submitted.length, new Set(submitted).size]).toEqual([cases, cases]);
  const rows = await database.selectFrom('cases').select(['id', 'status']).execute();
  const ids = new Set(rows.map(({ id }) => id));
  const drafts = new Set(rows.filter(({ status }) => status === 'draft').map(({ id }) => id));
  for (const table of ['case_keys', 'entries', 'receipts', 'draft_slots', 'drafts', 'pending_receipts'] as const)
    for (const row of await database.selectFrom(table).select('case_id').execute()) expect(ids).toContain(row.case_id);
  const keys = await database.selectFrom('case_keys').selectAll().execute();
  expect(keys).toHaveLength(2 * ids.size);
  for (const table of ['drafts', 'draft_slots'] as const)
    for (const row of await database.selectFrom(table).select('case_id').execute())
      expect(drafts).toContain(row.case_id);
  const threads = await database.selectFrom('drafts').select('case_id').execute();
  expect(new Set(threads.map((row) => row.case_id))).toEqual(drafts);
}
