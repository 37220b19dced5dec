/** Everything of the reports on a real database, with officers who have real keys and a clock that is set by hand. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Origin } from '../../src/conversation/origin.ts';
import type { Submitted } from '../../src/conversation/report-desk.ts';
import type { Inspector } from '../../src/reports/attach.ts';
import { ChatAnswers, type Tell, type Told } from '../../src/reports/chat-answers.ts';
import { Core } from '../../src/reports/core.ts';
import { dayOf } from '../../src/reports/days.ts';
import { Intake } from '../../src/reports/intake.ts';
import { makeKeyPairFast, nativeRecipient } from '../../src/reports/native-keys.ts';
import type { CaseRecord, NewEntry, Officer } from '../../src/reports/office.ts';
import { Retention } from '../../src/reports/retention.ts';
import { StoredOffice } from '../../src/reports/stored-office.ts';
import { WebIntake } from '../../src/reports/web-intake.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import type { Receipt } from '../../src/sealing/receipt.ts';
import {
  type Identity,
  openEntry,
  type RecipientText,
  type Sealed,
  sealEntry,
  unwrapCaseKey,
} from '../../src/sealing/seal.ts';
import type { Database } from '../../src/store/database.ts';
import { ServerKey } from '../../src/store/keys.ts';
import type { FreshDatabase } from '../support/databases.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** 10:00 in Indonesian western time. */
export const MORNING = Date.UTC(2026, 10, 21, 3);

export interface Colleague {
  readonly officer: Officer;
  readonly identity: Identity;
}

export interface Opened {
  readonly record: CaseRecord;
  readonly key: Identity;
  /** In the order of writing. */
  readonly entries: readonly Entry[];
}

export interface WorldOptions {
  readonly escrow?: RecipientText;
  readonly storageBytes?: number;
  readonly inspector?: Inspector;
  readonly retentionDays?: number;
  readonly openDays?: number;
  readonly key?: ServerKey;
}

/** Takes pictures for clean, sound after a warning, and nothing else. */
export const INSPECTOR: Inspector = {
  limit: 1_000_000,
  inspect: async (bytes) => {
    const kind = Buffer.from(bytes.subarray(0, 4)).toString();
    if (kind === 'pict') return { kind: 'clean', file: { name: 'foto.jpg', type: 'image/jpeg', bytes } };
    if (kind === 'soun') return { kind: 'warn', what: 'sound', file: { name: 'suara.ogg', type: 'audio/ogg', bytes } };
    return { kind: 'refused', why: 'type' };
  },
};

export class World {
  now = MORNING;
  readonly database: Database;
  readonly key: ServerKey;
  readonly core: Core;
  readonly intake: Intake;
  readonly web: WebIntake;
  readonly office: StoredOffice;
  readonly answers: ChatAnswers;
  readonly retention: Retention;
  /** What went into chats, and what becomes of the next. */
  readonly told: Array<{ channel: string; address: string; text: string }> = [];
  nextTold: Told | 'fails' = 'sent';
  #updates = 0;

  constructor(database: Database, options: WorldOptions = {}) {
    const now = () => this.now;
    this.database = database;
    this.key = options.key ?? new ServerKey(randomBytes(32));
    const { escrow, storageBytes = 1e9, inspector = INSPECTOR, retentionDays = 90, openDays = 730 } = options;
    this.core = new Core({ database, key: this.key, now, escrow, storageBytes });
    this.intake = new Intake(this.core, inspector);
    this.web = new WebIntake(this.core);
    this.office = new StoredOffice(database, this.key, now);
    const tell: Tell = async (channel, address, text) => {
      if (this.nextTold === 'fails') throw new Error('the platform is down');
      if (this.nextTold === 'sent') this.told.push({ channel, address, text });
      return this.nextTold;
    };
    this.answers = new ChatAnswers({ database, key: this.key, now, tell });
    this.retention = new Retention({ database, now, keeping: { retentionDays, openDays } });
  }

  get today(): string {
    return dayOf(this.now);
  }

  /** A message from a chat; each has an update of its own unless one is given. */
  from(address: string, update: string | undefined = `u${++this.#updates}`): Origin {
    const chat = this.key.pseudonym('telegram', address as never);
    return { channel: 'telegram', chat, address, update, private: true };
  }

  async hire(name = `Petugas ${randomUUID().slice(0, 4)}`): Promise<Colleague> {
    const { identity, recipient } = makeKeyPairFast();
    return { officer: await this.office.addOfficer({ name, unit: 'Bawaslu Kabupaten Contoh', recipient }), identity };
  }

  /** A whole tip over the chat. */
  async tip(address: string, what = 'kepala dinas membagikan sembako bergambar calon'): Promise<Receipt> {
    await this.intake.begin(this.from(address));
    await this.intake.write(this.from(address), 'what', what);
    return received(await this.intake.submit(this.from(address)));
  }

  /** Reads and opens a case. */
  async open({ officer, identity }: Colleague, id: string): Promise<Opened> {
    const record = await this.office.read(officer.id, id);
    if (record?.wrapped === undefined) throw new Error('this officer cannot read the case');
    const key = await unwrapCaseKey(id, record.wrapped, identity);
    const entries = await Promise.all(
      record.contents.map((row) => openEntry(row.sealed, key, { case: id, id: row.id })),
    );
    return { record, key, entries: entries.sort((a, b) => a.place - b.place) };
  }

  /** The only case that this officer sees, or the newest of several by its place in the list. */
  async openOnly(colleague: Colleague): Promise<Opened> {
    const [only, ...more] = await this.office.cases(colleague.officer.id);
    if (!only || more.length > 0) throw new Error(`${more.length + (only ? 1 : 0)} cases instead of one`);
    return this.open(colleague, only.id);
  }

  /** An entry by an officer, sealed to the case and, as an answer, to its reporters. */
  async entry({ record }: Opened, author: 'officer' | 'note', text: string): Promise<NewEntry> {
    const id = randomId();
    const to = author === 'officer' ? [record.recipient, ...record.reporters] : [record.recipient];
    const entry: Entry = { case: record.id, id, author, part: 'text', day: this.today, place: record.place, text };
    return { id, author, sealed: (await sealEntry(entry, to.map(nativeRecipient))) as Sealed };
  }

  async answer(colleague: Colleague, opened: Opened, text: string): Promise<void> {
    const { record } = opened;
    const entry = await this.entry(opened, 'officer', text);
    const changed = await this.office.write(colleague.officer.id, record.id, record.version, entry);
    if (!changed.ok) throw new Error(changed.why);
  }
}

export async function openWorld(fresh: FreshDatabase, options?: WorldOptions): Promise<World> {
  return new World(await fresh.open(), options);
}

export function received(submitted: Submitted): Receipt {
  if (submitted.kind !== 'receipt') throw new Error(`no receipt: ${submitted.kind}`);
  return submitted.receipt;
}

/** What is given one after another, as a list. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A file whose bytes begin with what it is, for {@link INSPECTOR}. */
export const file = (kind: string, size = 1000) => ({
  name: 'nama-orang.jpg',
  size,
  read: async () => Buffer.concat([Buffer.from(kind), Buffer.alloc(size - 4, 7)]),
});
