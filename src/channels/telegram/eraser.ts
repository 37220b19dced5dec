import type { Metrics } from '../../operations/metrics.ts';
import type { BotApi } from './api.ts';
import type { Trace } from './translate.ts';

/** Telegram lets a bot delete what a person wrote for this long, in milliseconds: https://core.telegram.org/bots/api#deletemessage */
const ERASABLE = 48 * 60 * 60 * 1000;

/** Takes a person's own message out of the chat. Nothing waits for it and nothing fails with it: the person may have been quicker. */
export class Eraser {
  readonly #api: BotApi;
  readonly #metrics: Metrics;
  readonly #running = new Set<Promise<void>>();

  constructor(api: BotApi, metrics: Metrics) {
    this.#api = api;
    this.#metrics = metrics;
  }

  begin(trace: Trace): void {
    const running = this.#erase(trace).then((result) => this.#metrics.count('telegram_erased_total', { result }));
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
  }

  /** Resolves when nothing is being erased. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #erase({ chat, message, at }: Trace): Promise<'erased' | 'late' | 'failed'> {
    if (Date.now() - at > ERASABLE) return 'late';
    try {
      await this.#api.insist('deleteMessage', { chat_id: chat, message_id: message });
      return 'erased';
    } catch {
      return 'failed';
    }
  }
}
