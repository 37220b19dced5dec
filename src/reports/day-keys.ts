/**
 * Names of chats and updates that hold for a day: keyed with a random key that is destroyed after the next day. From then on nobody,
 * not even with the server's key, can tell which chat a name stood for.
 */
import { randomBytes } from 'node:crypto';
import { base64url } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import { addDayKey, readDayKey, replaceDayKey } from '../store/reports/day-keys.ts';
import { addDays, dayOf } from './days.ts';
import { hmac } from './hmac.ts';

/** What is named: the same text for two purposes has two names. */
export type Purpose = 'chat' | 'part' | 'done' | 'limit';

export class DayKey {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  name(purpose: Purpose, text: string): string {
    return base64url(hmac(this.#key, Buffer.from(`${purpose}\u0000${text}`)));
  }
}

export class DayKeys {
  readonly #db: Database;
  readonly #server: ServerKey;
  readonly #now: () => number;
  readonly #cached = new Map<string, Promise<DayKey | undefined>>();

  constructor(db: Database, server: ServerKey, now: () => number) {
    this.#db = db;
    this.#server = server;
    this.#now = now;
  }

  /** Today's, made where there is none yet. Not to be called within a transaction. */
  async today(): Promise<DayKey> {
    return (await this.#get(dayOf(this.#now()), true)) as DayKey;
  }

  /** Today's, then yesterday's where there was one. */
  async recent(): Promise<readonly DayKey[]> {
    const today = await this.today();
    const yesterday = await this.#get(addDays(dayOf(this.#now()), -1), false);
    return yesterday ? [today, yesterday] : [today];
  }

  #get(day: string, make: boolean): Promise<DayKey | undefined> {
    this.#forgetOld();
    const cached = this.#cached.get(day);
    if (cached !== undefined) return cached;
    const reading = this.#read(day, make);
    this.#cached.set(day, reading);
    reading.catch(() => this.#cached.delete(day));
    return reading;
  }

  async #read(day: string, make: boolean): Promise<DayKey | undefined> {
    const stored = await this.#open(day);
    if (stored || !make) return stored;
    const wrapped = this.#server.seal(randomBytes(32).toString('base64url'), owner(day));
    await addDayKey(this.#db, day, wrapped);
    const added = await this.#open(day);
    if (added) return added;
    await replaceDayKey(this.#db, day, wrapped);
    return this.#open(day);
  }

  async #open(day: string): Promise<DayKey | undefined> {
    const wrapped = await readDayKey(this.#db, day);
    const key = wrapped && this.#server.open(wrapped, owner(day));
    return key === undefined ? undefined : new DayKey(Buffer.from(key, 'base64url'));
  }

  #forgetOld(): void {
    const oldest = addDays(dayOf(this.#now()), -1);
    for (const day of this.#cached.keys()) if (day < oldest) this.#cached.delete(day);
  }
}

const owner = (day: string): string => `day-key/${day}`;
