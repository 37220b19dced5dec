/** One update from beginning to end: translate, answer, and try again where that failed. */
import type { Update } from 'telegraf/types';
import { type Message, reply } from '../../conversation/message.ts';
import { say } from '../../conversation/services.ts';
import type { Dialogue } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { Albums } from '../albums.ts';
import type { Bot } from './addressing.ts';
import type { BotApi } from './api.ts';
import { fileAt } from './attachment.ts';
import { Eraser } from './eraser.ts';
import { classify } from './failure.ts';
import { Floods } from './floods.ts';
import { answerInline, type InlineServices } from './inline.ts';
import { pause, pauseAfter } from './pause.ts';
import { addressOf, type Place } from './place.ts';
import { Delivery } from './send.ts';
import type { Timing } from './timing.ts';
import { type Trace, type Translated, translate } from './translate.ts';
import { Typing } from './typing.ts';

/** What became of an update. All but `left` may be confirmed; that one is to be delivered again after a restart. */
export type Handled = 'answered' | 'duplicate' | 'dropped' | 'inline' | 'ignored' | 'gone' | 'gave-up' | 'left';

/** Failures after which an update is given up. Those at times when Telegram answers nobody are not counted. */
const MOST_FAILURES = 4;
/** How long a reply waits for the button's spinner to be stopped, in milliseconds. */
const SPINNER_PATIENCE = 1_000;

export interface HandlerOptions {
  readonly api: BotApi;
  readonly bot: Bot;
  readonly dialogue: Dialogue;
  readonly services: () => InlineServices;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
}

export class UpdateHandler {
  readonly #options: HandlerOptions;
  readonly #running = new Map<number, Promise<Handled>>();
  readonly #albums = new Albums();
  readonly #floods = new Floods();
  readonly #typing: Typing;
  readonly #eraser: Eraser;

  constructor(options: HandlerOptions) {
    this.#options = options;
    this.#eraser = new Eraser(options.api, options.metrics);
    this.#typing = new Typing(options.api, options.timing.typingAfter);
  }

  /** Handles an update; one that is being handled already is not begun again. Never rejects. */
  handle(update: Update): Promise<Handled> {
    const id = update.update_id;
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const handled = this.#handle(update).then((result) => {
      this.#running.delete(id);
      this.#options.metrics.count('telegram_updates_total', { result });
      return result;
    });
    this.#running.set(id, handled);
    return handled;
  }

  /** Resolves when nothing is being handled any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#running.values());
    await this.#eraser.idle();
  }

  // no `await` before the dialogue is reached: updates of one chat must enter its lane in their order
  async #handle(update: Update): Promise<Handled> {
    try {
      const translated = translate(update, this.#options.bot);
      const handled = await this.#persevere(this.#attempt(update.update_id, translated));
      if (handled === 'gave-up') await this.#apologise(translated);
      return handled;
    } catch (error) {
      this.#options.log.error({ error: describeError(error) }, 'an update could not be read');
      return 'gave-up';
    }
  }

  /** What is to be done about an update, as something that can be tried again. */
  #attempt(id: number, translated: Translated): () => Promise<Handled> {
    const { api, services, log } = this.#options;
    switch (translated.kind) {
      case 'ignored':
        return async () => 'ignored';
      case 'inline':
        return async () => {
          // nobody waits for an inline answer for longer than the few tries of the call itself
          await answerInline(api, translated.query, translated.words, services()).catch((error) =>
            log.warn({ error: describeError(error) }, 'an inline query was not answered'),
          );
          return 'inline';
        };
      case 'said':
        return this.#conversation(id, translated.place, this.#whole(translated), { erase: translated.trace });
      case 'pressed': {
        const spinner = this.#stopSpinner(translated.query);
        if (translated.place === undefined) return async () => 'ignored';
        return this.#conversation(id, translated.place, translated.message, { after: spinner });
      }
      default:
        return translated satisfies never;
    }
  }

  /** The message with its file, which is not fetched yet, and whether the album has been spoken of. */
  #whole({ message, file, album }: Extract<Translated, { kind: 'said' }>): Message {
    if (message.kind !== 'unsupported') return message;
    return {
      ...message,
      ...(file === undefined ? {} : { file: fileAt(this.#options.api, file) }),
      ...(this.#albums.follows(album) ? { followsInAlbum: true } : {}),
    };
  }

  #conversation(
    id: number,
    place: Place,
    message: Message,
    { after, erase }: { readonly after?: Promise<void>; readonly erase?: Trace },
  ): () => Promise<Handled> {
    const { api, bot, dialogue } = this.#options;
    const delivery = new Delivery(api, place);
    const chat = addressOf(place);
    const incoming = { channel: 'telegram', chat, private: !place.group, update: `${bot.id}:${id}`, message } as const;
    if (this.#floods.goesOn(chat, Date.now())) return async () => 'dropped';
    return async () => {
      const stopTyping = this.#typing.soon(place);
      let gone = false;
      try {
        const outcome = await dialogue.receive(incoming, async (replies, wishes) => {
          await after;
          gone = (await delivery.send(replies)) === 'gone';
          if (wishes.erase && erase && !place.group) this.#eraser.begin(erase);
        });
        if (outcome === 'dropped') this.#floods.begin(chat, Date.now());
        return gone ? 'gone' : outcome;
      } finally {
        stopTyping();
      }
    };
  }

  /** Says once that there is no answer, so that nobody waits for it; where that fails too, nothing is left to try. */
  async #apologise(translated: Translated): Promise<void> {
    const { api, services } = this.#options;
    const place = 'place' in translated ? translated.place : undefined;
    if (place === undefined) return;
    try {
      const text = say(services(), 'failed');
      await new Delivery(api, place).send([reply(text)], 'once');
    } catch (error) {
      this.#options.log.warn({ error: describeError(error) }, 'nor could that be said');
    }
  }

  /** Ends the spinner on a pressed button. Resolves in any case, after a while: an answer must not wait for it. */
  #stopSpinner(query: string): Promise<void> {
    const answered = this.#options.api.call('answerCallbackQuery', { callback_query_id: query }).then(
      () => {},
      // too old, or the network: the spinner ends by itself
      () => {},
    );
    const { promise: patience, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, SPINNER_PATIENCE);
    return Promise.race([answered.finally(() => clearTimeout(timer)), patience]);
  }

  async #persevere(attempt: () => Promise<Handled>): Promise<Handled> {
    const { api, log, metrics, timing, stopping } = this.#options;
    for (let tries = 1, counted = 0; ; tries++) {
      const begun = Date.now();
      try {
        return await attempt();
      } catch (error) {
        if (stopping.aborted) return 'left';
        const failure = classify(error);
        // a whole outage of Telegram, or of the way there, is no reason to give a question up
        if (failure.kind === 'internal' || api.answeredSince(begun)) counted++;
        const hopeless = failure.kind === 'refused' || failure.kind === 'gone';
        if (hopeless || counted >= MOST_FAILURES) {
          log.error({ error: describeError(error), failure: failure.kind, tries }, 'an update was given up');
          return 'gave-up';
        }
        metrics.count('telegram_retries_total', { failure: failure.kind });
        log.warn({ error: describeError(error), failure: failure.kind, tries }, 'an update failed, trying again');
        try {
          await pause(pauseAfter(failure, tries, timing), stopping);
        } catch {
          return 'left';
        }
      }
    }
  }
}
