/**
 * Tells officers that something is new: nothing of what, of whom or of when. A notice goes out 5 to 30 minutes after what it is about,
 * by chance, and never one for each report, so that it does not tell who sat at a telephone at that time.
 */
import { randomInt } from 'node:crypto';
import { setInterval } from 'node:timers';
import { codeOf } from '../store/code-of.ts';
import type { Database } from '../store/database.ts';
import type { Change } from '../store/reports/change.ts';
import {
  claimNotice,
  dueNotices,
  keepNotices,
  noticeDone,
  planNotices,
  type WaitingNotice,
} from '../store/reports/notices.ts';
import { dayOf } from './days.ts';

/** All that a notice says. */
export const NOTICE_TEXT = 'Ada yang baru di meja petugas.';

const MINUTE = 60_000;
/** Between these, in milliseconds, after something came in. */
export const DELAY = { least: 5 * MINUTE, most: 30 * MINUTE };
/** Pauses after the first, second, ... failure; the last one again and again. */
const PAUSES = [1, 5, 15, 60, 6 * 60].map((minutes) => minutes * MINUTE);
const LOOK_EVERY = 30_000;

/** A way of telling. */
export interface NoticeSender {
  readonly id: 'telegram' | 'mail';
  /** Resolves once it was taken. Throws {@link NoticeError}. */
  send(text: string): Promise<SentNotice>;
}

/** `partly`: some of several addresses were refused, which does not change by trying again. */
export type SentNotice = 'sent' | 'partly';

/** Why a notice did not go out: a code, never an address, a token or an answer of the other side. */
export class NoticeError extends Error {
  override name = 'NoticeError';
  readonly code: string;
  constructor(code: string) {
    super(`a notice did not go out (${code})`);
    this.code = code;
  }
}

/** For the log and the metrics. */
export type NoticeEvent =
  | { readonly kind: SentNotice; readonly way: NoticeSender['id'] }
  | { readonly kind: 'failed'; readonly way: NoticeSender['id']; readonly code: string; readonly attempts: number };

export interface NoticesDependencies {
  readonly database: Database;
  readonly senders: readonly NoticeSender[];
  readonly now: () => number;
  readonly onEvent: (event: NoticeEvent) => void;
  /** Told of failures of the database. */
  readonly onError: (error: unknown) => void;
}

export class Notices {
  readonly #deps: NoticesDependencies;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(deps: NoticesDependencies) {
    this.#deps = deps;
  }

  /** Part of the change that brings something new: `CoreDependencies.notice`. */
  readonly plan = async ({ trx }: Pick<Change, 'trx'>): Promise<void> => {
    const { senders, now } = this.#deps;
    const at = now();
    const dueAt = at + randomInt(DELAY.least, DELAY.most + 1);
    await planNotices(
      trx,
      senders.map(({ id }) => id),
      dueAt,
      dayOf(at),
    );
  };

  start(): void {
    const { database, senders, onError } = this.#deps;
    void keepNotices(
      database,
      senders.map(({ id }) => id),
    ).catch(onError);
    if (senders.length > 0) this.#timer = setInterval(() => void this.deliverDue().catch(onError), LOOK_EVERY);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running?.catch(() => {});
  }

  /** Sends what is due, once. A call while one runs waits for that one. */
  async deliverDue(): Promise<void> {
    this.#running ??= this.#deliver().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #deliver(): Promise<void> {
    const { database, senders, now } = this.#deps;
    const due = await dueNotices(database, now());
    await Promise.all(
      senders.map((sender) => {
        const waiting = due.find(({ id }) => id === sender.id);
        return waiting && this.#send(sender, waiting);
      }),
    );
  }

  async #send(sender: NoticeSender, waiting: WaitingNotice): Promise<void> {
    const { database, now, onEvent } = this.#deps;
    const attempts = waiting.attempts + 1;
    const pause = PAUSES[Math.min(attempts, PAUSES.length) - 1] as number;
    if (!(await claimNotice(database, waiting, now() + pause))) return;
    let kind: SentNotice;
    try {
      kind = await sender.send(NOTICE_TEXT);
    } catch (error) {
      const code = error instanceof NoticeError ? error.code : codeOf(error);
      onEvent({ kind: 'failed', way: sender.id, code, attempts });
      return;
    }
    await noticeDone(database, sender.id, attempts);
    onEvent({ kind, way: sender.id });
  }
}
