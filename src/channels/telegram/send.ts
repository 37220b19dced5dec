import type { Reply } from '../../conversation/message.ts';
import type { BotApi } from './api.ts';
import { classify } from './failure.ts';
import type { Place } from './place.ts';
import { type Outgoing, render } from './render.ts';

/**
 * Brings the answer to one update to its place. Kept for as long as the update is tried again, so that a message that has gone out is not sent twice
 * where a later one failed.
 */
export class Delivery {
  readonly #api: BotApi;
  readonly #place: Place;
  readonly #sent: string[] = [];

  constructor(api: BotApi, place: Place) {
    this.#api = api;
    this.#place = place;
  }

  /** Sends what has not been sent yet. Says `gone` where nobody can be reached there any more; rejects where sending failed. */
  async send(replies: readonly Reply[], tries: 'often' | 'once' = 'often'): Promise<'sent' | 'gone'> {
    for (const [i, message] of render(replies).entries()) {
      if (this.#sent[i] === message.html) continue;
      try {
        await this.#api[tries === 'often' ? 'insist' : 'call']('sendMessage', this.#payload(message));
      } catch (error) {
        if (classify(error).kind === 'gone') return 'gone';
        throw error;
      }
      this.#sent[i] = message.html;
    }
    return 'sent';
  }

  #payload({ html, keyboard }: Outgoing) {
    const { chat, quote, thread } = this.#place;
    return {
      chat_id: chat,
      text: html,
      parse_mode: 'HTML' as const,
      link_preview_options: { is_disabled: true },
      ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard.map((row) => [...row]) } } : {}),
      ...(thread === undefined ? {} : { message_thread_id: thread }),
      ...(quote === undefined ? {} : { reply_parameters: { message_id: quote, allow_sending_without_reply: true } }),
    };
  }
}
