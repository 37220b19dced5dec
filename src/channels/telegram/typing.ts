import type { BotApi } from './api.ts';
import type { Place } from './place.ts';

/** "Typing" lasts five seconds in Telegram's apps; saying it again within that time is a wasted call. */
const LASTS = 5_000;

/** Shows that an answer is on its way, where it takes long enough for the person to wonder. Never delays anything. */
export class Typing {
  readonly #api: BotApi;
  readonly #after: number;
  readonly #shown = new Set<number>();

  constructor(api: BotApi, after: number) {
    this.#api = api;
    this.#after = after;
  }

  /** Starts waiting; the function returned ends it. */
  soon({ chat, thread }: Place): () => void {
    const timer = setTimeout(() => {
      if (this.#shown.has(chat)) return;
      this.#shown.add(chat);
      setTimeout(() => this.#shown.delete(chat), LASTS).unref();
      const where = { chat_id: chat, ...(thread === undefined ? {} : { message_thread_id: thread }) };
      this.#api.call('sendChatAction', { ...where, action: 'typing' }).catch(() => {});
    }, this.#after);
    return () => clearTimeout(timer);
  }
}
