/** The Bot API through telegraf's client: a deadline for every call, retries where they help, and counts of what failed. */
import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import type { Metrics } from '../../operations/metrics.ts';
import { classify, failureLabel } from './failure.ts';
import { pause, pauseAfter } from './pause.ts';
import type { Timing } from './timing.ts';

type Method = keyof Methods;
type Answer<M extends Method> = ReturnType<Methods[M]>;

/** How often {@link BotApi.insist} tries. */
const TRIES = 4;

export interface BotApiOptions {
  readonly token: string;
  readonly apiRoot: string;
  readonly timing: Timing;
  readonly metrics: Metrics;
  /** Aborted when the channel stops: nothing is tried again from then on. */
  readonly stopping: AbortSignal;
}

export class BotApi {
  readonly #telegram: Telegram;
  readonly #options: BotApiOptions;
  #lastAnswer = 0;

  constructor(options: BotApiOptions) {
    this.#options = options;
    // telegraf resolves the method against the root: without the slash it would cut the last part of a path off
    const apiRoot = options.apiRoot.endsWith('/') ? options.apiRoot : `${options.apiRoot}/`;
    this.#telegram = new Telegram(options.token, { apiRoot, webhookReply: false });
  }

  /** True where Telegram has answered anything well after `time` (milliseconds since 1970). */
  answeredSince(time: number): boolean {
    return this.#lastAnswer >= time;
  }

  /** One try. Rejects with telegraf's or the network's error, which carries the payload and must not be logged as it is. */
  async call<M extends Method>(
    method: M,
    payload: Opts<M>,
    { timeout = this.#options.timing.callTimeout, signal }: { timeout?: number; signal?: AbortSignal } = {},
  ): Promise<Answer<M>> {
    const deadline = new AbortController();
    const abort = () => deadline.abort();
    const timer = setTimeout(abort, timeout);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      // telegraf's own type of a signal is older than Node's; at run time any AbortSignal will do
      const shim = deadline.signal as unknown as NonNullable<Parameters<Telegram['callApi']>[2]>['signal'] & object;
      const answer = await this.#telegram.callApi(method, payload, { signal: shim });
      this.#lastAnswer = Date.now();
      return answer;
    } catch (error) {
      if (!signal?.aborted) this.#options.metrics.count('telegram_api_errors_total', { kind: failureLabel(error) });
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Tries again after a hiccup, and after 429 when Telegram says so. Rejects as {@link call} does. */
  async insist<M extends Method>(method: M, payload: Opts<M>): Promise<Answer<M>> {
    const { timing, stopping } = this.#options;
    for (let failures = 1; ; failures++) {
      try {
        return await this.call(method, payload);
      } catch (error) {
        const failure = classify(error);
        if (failure.kind !== 'transient' || failures >= TRIES || stopping.aborted) throw error;
        if ((failure.retryAfter ?? 0) > timing.longestRetryAfter) throw error;
        await pause(pauseAfter(failure, failures, timing), stopping).catch(() => {
          throw error;
        });
      }
    }
  }
}
