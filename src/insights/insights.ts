/**
 * What people ask, for those who keep the rule base: counts by day, and the questions that the bot did not know. Nothing here knows a
 * chat. What is heard stays in memory for up to a minute, the questions sealed, and is then written at once and in no order, so that
 * neither the rows nor the times at which they are written say which chat they came from.
 */
import { setInterval as every } from 'node:timers';
import type { Recipient } from 'age-encryption';
import type { Heard } from '../conversation/heard.ts';
import { addDays, dayOf } from '../reports/days.ts';
import { nativeRecipient } from '../reports/native-keys.ts';
import { sealFast } from '../reports/native-seal.ts';
import { randomId } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/keys.ts';
import { pad } from '../sealing/padding.ts';
import type { Database } from '../store/database.ts';
import {
  addInsights,
  curatorKeys,
  type DailyCount,
  deleteOldInsights,
  deleteUnknown,
  type UnknownRow,
  unknownQuestions,
} from '../store/insights/insights.ts';
import type { CountKind } from '../store/insights/tables.ts';
import { tidy } from '../store/reports/retention.ts';
import { type Charts, charts } from './charts.ts';
import { scrub } from './scrub.ts';

/** How often what was heard is written, in milliseconds. */
const WRITE_EVERY = 60_000;
/** Most questions that are kept. Above it new ones are not: a flood must not wash out what curators have not read yet. */
export const MOST_UNKNOWN = 2_000;
/** Questions that may wait for the next writing. */
const MOST_WAITING = 200;
/** Days that questions, and counts, are kept. */
export const UNKNOWN_DAYS = 90;
export const COUNT_DAYS = 3 * 366;
/** Questions in one answer to the page: some 6 kB each. */
const PAGE = 200;

export interface InsightsDependencies {
  readonly database: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told what could not be stored; the next writing tries again. Never holds a text. */
  readonly onError: (error: unknown) => void;
}

export interface UnknownPage {
  readonly questions: readonly UnknownRow[];
  /** Ask again with this as `after`; undefined at the end. */
  readonly next: string | undefined;
}

export class Insights {
  readonly #deps: InsightsDependencies;
  #counts = new Map<string, DailyCount>();
  #questions: UnknownRow[] = [];
  readonly #sealing = new Set<Promise<void>>();
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: InsightsDependencies) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = every(() => void this.write().catch(this.#deps.onError), WRITE_EVERY);
  }

  /** Writes what was heard so far. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.write().catch(this.#deps.onError);
  }

  /** Counts what became of the questions of one message, and seals what the bot did not know. Never throws. */
  heard(list: readonly Heard[]): void {
    const day = dayOf(this.#deps.now());
    for (const heard of list) {
      switch (heard.kind) {
        case 'answered':
        case 'chosen':
          if (heard.kind === 'answered') this.#count(day, 'outcome', 'answered');
          this.#count(day, 'topic', heard.topic);
          this.#count(day, 'verdict', heard.verdict);
          break;
        case 'offered':
        case 'out-of-scope':
          this.#count(day, 'outcome', heard.kind);
          break;
        case 'unknown':
          this.#count(day, 'outcome', 'unknown');
          if (heard.text !== undefined) this.#keep(day, heard.text);
          break;
        default:
          heard satisfies never;
      }
    }
  }

  #count(day: string, kind: CountKind, key: string): void {
    const place = `${day} ${kind} ${key}`;
    const count = (this.#counts.get(place)?.count ?? 0) + 1;
    this.#counts.set(place, { day, kind, key, count });
  }

  #keep(day: string, written: string): void {
    const text = scrub(written);
    if (text === undefined || this.#questions.length + this.#sealing.size >= MOST_WAITING) return;
    const sealing = this.#seal(text)
      .then((sealed) => void (sealed && this.#questions.push({ id: randomId(), day, sealed })))
      .catch(this.#deps.onError)
      .finally(() => this.#sealing.delete(sealing));
    this.#sealing.add(sealing);
  }

  /** Undefined where there is no curator: then nobody could read it, and it is not kept. */
  async #seal(text: string): Promise<Uint8Array | undefined> {
    const curators = await curatorKeys(this.#deps.database);
    if (curators.length === 0) return undefined;
    const to = curators.map((key): Recipient => nativeRecipient(key as RecipientText));
    return sealFast(pad(new TextEncoder().encode(text)), to);
  }

  /** Writes what was heard; what cannot be written waits for the next time. */
  write(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    await Promise.all(this.#sealing);
    if (this.#counts.size === 0 && this.#questions.length === 0) return;
    const counts = this.#counts;
    const questions = this.#questions;
    this.#counts = new Map();
    this.#questions = [];
    try {
      await addInsights(this.#deps.database, [...counts.values()], questions, MOST_UNKNOWN);
    } catch (error) {
      this.#putBack(counts, questions);
      throw error;
    }
  }

  #putBack(counts: ReadonlyMap<string, DailyCount>, questions: readonly UnknownRow[]): void {
    for (const [place, row] of counts)
      this.#counts.set(place, { ...row, count: row.count + (this.#counts.get(place)?.count ?? 0) });
    this.#questions.unshift(...questions);
  }

  /** Some of the unknown questions, sealed, in the order of their random ids. */
  async unknown(after: string): Promise<UnknownPage> {
    const questions = await unknownQuestions(this.#deps.database, after, PAGE);
    return { questions, next: questions.length < PAGE ? undefined : questions.at(-1)?.id };
  }

  /** Deletes questions that a curator has dealt with; the retention's next run takes them off the disk, too. */
  async done(ids: readonly string[]): Promise<void> {
    await deleteUnknown(this.#deps.database, ids);
  }

  /** Counts between two days, both of them included, `YYYY-MM-DD`. */
  charts(from: string, until: string): Promise<Charts> {
    return charts(this.#deps.database, from, until, dayOf(this.#deps.now()));
  }

  /** Deletes what is old. Called by the retention, every ten minutes. */
  async clean(): Promise<void> {
    const { database, now } = this.#deps;
    const today = dayOf(now());
    const gone = await deleteOldInsights(database, addDays(today, -UNKNOWN_DAYS), addDays(today, -COUNT_DAYS));
    if (gone > 0) await tidy(database, { anew: true });
  }
}
