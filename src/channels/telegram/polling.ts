/** Long polling of our own: telegraf's confirms updates before they are handled, and ends at the first 409 or failing handler. */
import type { Update } from 'telegraf/types';
import { describeError, type Logger } from '../../operations/log.ts';
import type { BotApi } from './api.ts';
import { classify, failureLabel, MalformedAnswer } from './failure.ts';
import type { Handled } from './handler.ts';
import { pause, pauseAfter } from './pause.ts';
import type { Timing } from './timing.ts';
import { ALLOWED_UPDATES } from './updates.ts';
import { UpdateWindow } from './window.ts';

/** Updates handled at the same time. Telegram gives at most 100 unconfirmed ones at once, so more would not help. */
const MOST_RUNNING = 80;
/** Added to the poll's own timeout before a silent connection counts as dead, in milliseconds. */
const POLL_MARGIN = 10_000;
/** After this long without an update, in milliseconds, the offset is forgotten (see {@link UpdateWindow.forget}). */
const FORGET_AFTER = 24 * 60 * 60 * 1000;
/** How long the last confirmation at a stop may take, in milliseconds. */
const GOODBYE = 2_000;

export interface PollerOptions {
  readonly api: BotApi;
  readonly handle: (update: Update) => Promise<Handled>;
  readonly log: Logger;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
}

export class Poller {
  readonly #options: PollerOptions;
  readonly #window = new UpdateWindow();
  #wake: () => void = () => {};
  #breath = 0;
  #lastNews = Date.now();
  #polledAt = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Polls until the channel stops, or until Telegram refuses the token. Never rejects. */
  async run(): Promise<void> {
    const { log, timing, stopping } = this.#options;
    for (let failures = 0; !stopping.aborted; ) {
      try {
        const started = this.#take(await this.#poll());
        failures = 0;
        await this.#breathe(started);
      } catch (error) {
        if (stopping.aborted) return;
        const failure = classify(error);
        if (failure.kind === 'unauthorised') {
          log.error('Telegram refuses the token now: polling has ended; set TELEGRAM_BOT_TOKEN anew and restart');
          return;
        }
        failures++;
        const wait = pauseAfter(failure, failures, timing);
        const why = failureLabel(error) === '409' ? 'another process polls with the same token' : 'polling failed';
        log.warn({ error: describeError(error), failures, wait: Math.round(wait) }, `${why}, trying again`);
        await pause(wait, stopping).catch(() => {});
      }
    }
  }

  /** Confirms what has been handled. To be called after {@link run}, when nothing runs any more. */
  async confirm(): Promise<void> {
    const { offset } = this.#window;
    if (offset === undefined) return;
    const { api, log } = this.#options;
    await api
      .call('getUpdates', { offset, limit: 1, timeout: 0, allowed_updates: ALLOWED_UPDATES }, { timeout: GOODBYE })
      .catch((error) => log.warn({ error: describeError(error) }, 'the last updates could not be confirmed'));
  }

  async #poll(): Promise<readonly Update[]> {
    const { api, timing, stopping } = this.#options;
    if (Date.now() - this.#lastNews > FORGET_AFTER) this.#window.forget();
    const { offset } = this.#window;
    this.#polledAt = Date.now();
    const updates = await api.call(
      'getUpdates',
      {
        ...(offset === undefined ? {} : { offset }),
        limit: 100,
        timeout: timing.pollTimeout,
        allowed_updates: ALLOWED_UPDATES,
      },
      { timeout: timing.pollTimeout * 1000 + POLL_MARGIN, signal: stopping },
    );
    if (!Array.isArray(updates)) throw new MalformedAnswer();
    this.#window.confirmed(offset);
    // an honest server never gives what was confirmed; a poor imitation may
    return updates.filter((update) => Number.isSafeInteger(update?.update_id) && update.update_id >= (offset ?? 0));
  }

  /** Starts what is new, as far as there is room; the rest is given again. Returns how many were started. */
  #take(updates: readonly Update[]): number {
    const { handle, stopping } = this.#options;
    let started = 0;
    for (const update of updates) {
      if (stopping.aborted || this.#window.running >= MOST_RUNNING) break;
      const id = update.update_id;
      if (!this.#window.take(id)) continue;
      started++;
      void handle(update).then((handled) => this.#ended(id, handled));
    }
    if (started > 0) this.#lastNews = Date.now();
    return started;
  }

  #ended(id: number, handled: Handled): void {
    const wasFull = this.#window.running >= MOST_RUNNING;
    this.#window.end(id, handled === 'left' ? 'left' : 'finished');
    if (wasFull || this.#window.running === 0) this.#wake();
  }

  /**
   * While something is being handled Telegram answers at once with what it gave before. So wait until all is handled (then the next poll is a
   * long one) or for a short while (for other chats' news); with no room at all, until there is some.
   */
  async #breathe(started: number): Promise<void> {
    const { timing, stopping } = this.#options;
    if (stopping.aborted) return;
    if (this.#window.running === 0) {
      this.#breath = 0;
      // a server that does not hold the call open must not be asked a thousand times a second
      if (started === 0 && Date.now() - this.#polledAt < 1000 * timing.pollTimeout)
        await pause(timing.breath, stopping);
      return;
    }
    this.#breath = started > 0 ? timing.breath : Math.min(this.#breath * 2 || timing.breath, timing.slowestBreath);
    const full = this.#window.running >= MOST_RUNNING;
    await new Promise<void>((resolve) => {
      const timer = full ? undefined : setTimeout(resolve, this.#breath);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      stopping.addEventListener('abort', this.#wake, { once: true });
    });
    stopping.removeEventListener('abort', this.#wake);
  }
}
