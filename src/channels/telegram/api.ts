/** The Bot API through telegraf's client: a deadline for every call, retries where they help, and counts of what failed. */
import { Telegram } from 'telegraf';
import type { Telegram as Methods, Opts } from 'telegraf/types';
import { FileUnavailable } from '../../conversation/message.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { bytesWithin } from '../files.ts';
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
  /** With a slash at the end. */
  readonly #root: string;
  #lastAnswer = 0;

  constructor(options: BotApiOptions) {
    this.#options = options;
    // telegraf resolves the method against the root: without the slash it would cut the last part of a path off
    this.#root = options.apiRoot.endsWith('/') ? options.apiRoot : `${options.apiRoot}/`;
    this.#telegram = new Telegram(options.token, { apiRoot: this.#root, webhookReply: false });
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

  /**
   * One try to fetch a file that getFile named. Throws `FileUnavailable` where it has more than `limit` bytes or is not there. The address holds the token,
   * so nothing of any other error is passed on.
   */
  async download(path: string, limit: number): Promise<Uint8Array> {
    const { token, timing, metrics } = this.#options;
    // a server of one's own may name a place on its disk, which is not ours to read
    if (path.split('/').some((part) => part === '..' || part === '')) throw new FileUnavailable('unavailable');
    const place = `${this.#root}file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
    try {
      const response = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(timing.fileTimeout) });
      if (response.status === 404) throw new FileUnavailable('unavailable');
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      return await bytesWithin(response, limit);
    } catch (error) {
      if (error instanceof FileUnavailable) throw error;
      metrics.count('telegram_api_errors_total', { kind: 'file' });
      throw new Error('the file was not fetched');
    }
  }
}
