/** Sealed tips: what a tip costs the server, how many it takes a second, and how long a receipt takes to open. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Origin } from '../src/conversation/origin.ts';
import { SLOTS } from '../src/conversation/report-desk.ts';
import { Core } from '../src/reports/core.ts';
import { dayOf } from '../src/reports/days.ts';
import { Intake } from '../src/reports/intake.ts';
import { makeKeyPairFast, nativeRecipient } from '../src/reports/native-keys.ts';
import { sealEntryFast, wrapCaseKeyFast } from '../src/reports/native-seal.ts';
import { StoredOffice } from '../src/reports/stored-office.ts';
import { type SealedCase, WebIntake } from '../src/reports/web-intake.ts';
import { randomId } from '../src/sealing/id.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../src/sealing/receipt.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { ServerKey } from '../src/store/keys.ts';
import { startPostgres } from '../test/support/postgres.ts';

const OFFICERS = 3;
/** Rounds of so many tips; a machine that others use as well shows what it can in the best of them. */
const ROUNDS = 8;
const TIPS = 160;
/** People who tell at the same time. */
const AT_ONCE = 80;
const TEXT = 'Kepala dinas membagikan sembako bergambar calon bupati di balai desa, disaksikan perangkat desa. '.repeat(
  5,
);

export async function benchReports(): Promise<void> {
  console.log(`\nSealed tips; ${OFFICERS} officers; load average ${(loadavg()[0] as number).toFixed(1)}\n`);
  console.log('| | SQLite | PostgreSQL |\n|---|---|---|');
  const sqlite = await onSqlite();
  const postgres = await onPostgres();
  for (const [name, value] of sqlite) console.log(`| ${name} | ${value} | ${postgres.get(name)} |`);
}

async function onSqlite(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-bench-'));
  const database = await openDatabase({ folder });
  const figures = await measure(database);
  await database.destroy();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function onPostgres(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-bench-'));
  const { server, stop } = await startPostgres({ durable: true });
  if ('problem' in server) throw new Error(server.problem);
  const client = new Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  await client.query('create database bench');
  await client.end();
  const database = await openDatabase({ folder, url: `${server.url}/bench` });
  const figures = await measure(database);
  await database.destroy();
  await stop();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function measure(database: Database): Promise<Map<string, string>> {
  const key = new ServerKey(randomBytes(32));
  const core = new Core({ database, key, now: Date.now, escrow: undefined, storageBytes: 1e12 });
  const office = new StoredOffice(database, key);
  for (let i = 0; i < OFFICERS; i++)
    await office.addOfficer({ name: `Petugas ${i}`, unit: 'Contoh', recipient: makeKeyPairFast().recipient });
  const intake = new Intake(core, { limit: 0, inspect: async () => ({ kind: 'refused', why: 'type' }) });
  const figures = new Map<string, string>();

  // one after another: how long the server works for one person
  await tips(intake, 20, 1, 'warm');
  const alone = await tips(intake, 100, 1, 'alone');
  figures.set('chat: whole tip, server work, p50 / p95 (ms)', both(alone.whole));
  figures.set('chat: of it the submission, p50 / p95 (ms)', both(alone.submission));

  const chat = await rounds(async (round) => void (await tips(intake, TIPS, AT_ONCE, `many-${round}`)));
  figures.set('chat: whole tips a second, median / best round', chat);

  const web = new WebIntake(core);
  const sealed = await Promise.all(Array.from({ length: ROUNDS * TIPS }, () => sealedCase(core)));
  const browser = await rounds((round) =>
    inParallel(TIPS, AT_ONCE, async (i) => {
      const { kind } = await web.submitSealed(sealed[round * TIPS + i] as SealedCase);
      if (kind !== 'kept') throw new Error(kind);
    }),
  );
  figures.set('browser: sealed tips a second, median / best round', browser);

  const receipt = await withAnswers(office, alone.receipts[0] as Receipt, 3, database);
  const opening = async (one: Receipt) => {
    const times: number[] = [];
    for (let i = 0; i < 100; i++) times.push((await timed(() => intake.look(origin(`look-${i}`), one)))[1]);
    return both(times);
  };
  figures.set('receipt without news, p50 / p95 (ms)', await opening(alone.receipts[1] as Receipt));
  figures.set('receipt with 3 answers, p50 / p95 (ms)', await opening(receipt));
  return figures;
}

const origin = (chat: string): Origin => ({ channel: 'web', chat, address: chat, update: undefined, private: true });

async function tips(intake: Intake, count: number, atOnce: number, prefix: string) {
  const whole: number[] = [];
  const submission: number[] = [];
  const receipts: Receipt[] = [];
  await inParallel(count, atOnce, async (i) => {
    const from = origin(`${prefix}-${i}`);
    const [, told] = await timed(async () => {
      await intake.begin(from);
      for (const slot of SLOTS) await intake.write(from, slot, TEXT);
    });
    const [submitted, sent] = await timed(() => intake.submit(from));
    if (submitted.kind !== 'receipt') throw new Error(submitted.kind);
    whole.push(told + sent);
    submission.push(sent);
    receipts.push(submitted.receipt);
  });
  return { whole, submission, receipts };
}

async function sealedCase(core: Core): Promise<SealedCase> {
  const caseId = randomId();
  const { identity, recipient } = makeKeyPairFast();
  const to = nativeRecipient(recipient);
  const { lookupHash, recipient: reporterRecipient } = await receiptKeys(makeReceipt());
  const wrapped = await Promise.all(
    (await core.readers.active()).map(async (reader) => ({
      reader: reader.id,
      wrapped: await wrapCaseKeyFast(caseId, identity, core.readers.native(reader)),
    })),
  );
  const entries = await Promise.all(
    SLOTS.map(async (part, place) => {
      const id = randomId();
      const entry = { case: caseId, id, author: 'reporter', part, day: dayOf(Date.now()), place, text: TEXT } as const;
      return { id, sealed: await sealEntryFast(entry, [to]) };
    }),
  );
  return { caseId, recipient, wrapped, entries, lookupHash, reporterRecipient };
}

/** Officers answer: sealed as the desk does it, to the case and to the receipt. */
async function withAnswers(
  office: StoredOffice,
  receipt: Receipt,
  answers: number,
  database: Database,
): Promise<Receipt> {
  const { lookupHash } = await receiptKeys(receipt);
  const row = await database
    .selectFrom('receipts')
    .select('case_id')
    .where('lookup_hash', '=', lookupHash)
    .executeTakeFirstOrThrow();
  const [officer] = await office.officers();
  for (let i = 0; i < answers; i++) {
    const record = await office.read(officer?.id ?? '', row.case_id);
    if (!record) throw new Error('no such case');
    const id = randomId();
    const entry = {
      case: record.id,
      id,
      author: 'officer',
      part: 'text',
      day: '2026-11-21',
      place: record.place,
    } as const;
    const to = [record.recipient, ...record.reporters].map(nativeRecipient);
    const sealed = await sealEntryFast({ ...entry, text: TEXT }, to);
    await office.write(officer?.id ?? '', record.id, record.version, { id, author: 'officer', sealed });
  }
  return receipt;
}

async function inParallel(count: number, atOnce: number, work: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let i = next++; i < count; i = next++) await work(i);
    }),
  );
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const result = await work();
  return [result, performance.now() - started];
}

/** Tips a second over all rounds. */
async function rounds(work: (round: number) => Promise<void>): Promise<string> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [, took] = await timed(() => work(round));
    rates.push(TIPS / (took / 1000));
  }
  rates.sort((one, other) => one - other);
  return `${(rates[ROUNDS >> 1] as number).toFixed(0)} / ${(rates.at(-1) as number).toFixed(0)}`;
}

function both(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(sorted.length * part)] as number).toFixed(1);
  return `${at(0.5)} / ${at(0.95)}`;
}
