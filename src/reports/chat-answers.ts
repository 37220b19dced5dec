/** Officers' answers to escalated questions, on their way back into the chats. What was sent is deleted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Origin } from '../conversation/origin.ts';
import type { Id } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import { answersFor, type ChatAnswerRow, claimAnswer, deleteAnswers, dueAnswers } from '../store/reports/questions.ts';
import { openAddress, openAnswer } from './sealed-address.ts';

/** `later`: not now, or only when the person writes again. `unreachable`: never (blocked, left, no such chat). Throwing is `later`. */
export type Told = 'sent' | 'later' | 'unreachable';
export type Tell = (channel: string, address: string, text: string) => Promise<Told>;

export interface ChatAnswersDependencies {
  readonly database: Database;
  readonly key: ServerKey;
  readonly now: () => number;
  readonly tell: Tell;
  /** Told what went wrong with the database; nothing of an answer is in it. */
  readonly onError?: (error: unknown) => void;
}

/** Answers that waited for the person. */
export interface TakenAnswers {
  readonly texts: readonly string[];
  /** They are out: everything of them is deleted. Not called, they come again with the next message. */
  delivered(): Promise<void>;
}

/** Pause between two looks for what is due, in milliseconds: the desk in the terminal is another process, and cannot wake this one. */
const EVERY = 5_000;
/** Answers that are tried in one look. */
const AT_ONCE = 20;
const MINUTE = 60_000;
/** Pauses after each try; the last one is repeated until the answer expires. */
const PAUSES = [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE] as const;

export class ChatAnswers {
  readonly #deps: ChatAnswersDependencies;
  /** Being sent by this process: not to be sent a second way meanwhile. */
  readonly #sending = new Set<Id>();
  #stopping: AbortController | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(deps: ChatAnswersDependencies) {
    this.#deps = deps;
  }

  start(): void {
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#running = this.#run(stopping.signal);
  }

  /** Resolves when nothing is being sent any more. */
  async stop(): Promise<void> {
    this.#stopping?.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.deliverDue();
      } catch (error) {
        this.#deps.onError?.(error);
      }
      await sleep(EVERY, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Tries what is due, once. */
  async deliverDue(): Promise<void> {
    const { database, now } = this.#deps;
    for (const row of await dueAnswers(database, now(), AT_ONCE)) {
      if (this.#sending.has(row.id)) continue;
      const pause = PAUSES[Math.min(row.attempts, PAUSES.length - 1)] as number;
      this.#sending.add(row.id);
      try {
        if (await claimAnswer(database, row, now() + pause)) await this.#deliver(row);
      } finally {
        this.#sending.delete(row.id);
      }
    }
  }

  async #deliver(row: ChatAnswerRow): Promise<void> {
    const { database, key, tell } = this.#deps;
    const address = openAddress(key, row.id, row.address);
    const text = openAnswer(key, row.id, row.text);
    // sealed with a server key that is no more: it can go nowhere
    const told = address === undefined || text === undefined ? 'unreachable' : await tried(tell, row, address, text);
    if (told !== 'later') await deleteAnswers(database, [row.id]);
  }

  /** What waits for this chat, to be put before the replies to what it has just written. */
  async takeAnswers(origin: Origin): Promise<TakenAnswers> {
    const { database, key, now } = this.#deps;
    const rows = (await answersFor(database, origin.chat, now())).filter(({ id }) => !this.#sending.has(id));
    const ids = rows.map(({ id }) => id);
    const texts = rows.map((row) => openAnswer(key, row.id, row.text)).filter((text) => text !== undefined);
    for (const id of ids) this.#sending.add(id);
    // whoever took them and failed does not keep them from being tried again
    const release = setTimeout(() => ids.forEach((id) => void this.#sending.delete(id)), MINUTE).unref();
    const delivered = async () => {
      await deleteAnswers(database, ids);
      clearTimeout(release);
      for (const id of ids) this.#sending.delete(id);
    };
    return { texts, delivered };
  }
}

async function tried(tell: Tell, { channel }: ChatAnswerRow, address: string, text: string): Promise<Told> {
  try {
    return await tell(channel, address, text);
  } catch {
    return 'later';
  }
}
