/** The methods of the fake Bot API, and what they change. */
import {
  type Article,
  type Button,
  checkCommands,
  checkMarkup,
  checkResults,
  checkText,
  type Payload,
  Refusal,
} from './bot-api-checks.ts';
import type { BotApiFiles } from './bot-api-files.ts';
import { type QueuedUpdate, UpdateQueue } from './bot-api-queue.ts';
import { type BotIdentity, chatOf, user } from './bot-api-updates.ts';
import { WebhookSender } from './bot-api-webhook.ts';

/** A message that the bot sent. */
export interface Sent {
  readonly id: number;
  readonly chat: number;
  /** Without marks, as a person sees it. */
  readonly text: string;
  /** As the bot wrote it. */
  readonly html: string;
  readonly rows: readonly Button[][];
  readonly payload: Payload;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A message can be deleted for so many seconds. */
const ERASABLE = 48 * 60 * 60;

export class BotApiMethods {
  readonly queue = new UpdateQueue();
  readonly webhook: WebhookSender;
  readonly sent = new Map<number, Sent[]>();
  /** What people wrote and nobody has deleted: when, in seconds since 1970, by id. */
  readonly written = new Map<number, Map<number, number>>();
  readonly unreachable = new Map<number, 'blocked' | 'gone'>();
  readonly inline = new Map<string, { readonly articles: readonly Article[]; readonly payload: Payload }>();
  menu: ReadonlyArray<{ readonly command: string; readonly description: string }> = [];
  /** False once the server is stopping. */
  open = true;
  readonly #queries = new Set<string>();
  readonly #files: BotApiFiles;
  readonly #changed: () => void;
  readonly bot: BotIdentity;
  #nextQuery = 1;
  #nextMessage = 1;

  constructor(bot: BotIdentity, webhookRetry: number, files: BotApiFiles, changed: () => void) {
    this.bot = bot;
    this.#files = files;
    this.#changed = changed;
    this.webhook = new WebhookSender(changed, webhookRetry);
  }

  /** A new id for a callback or inline query, good for one answer. */
  newQuery(): string {
    const query = `q${this.#nextQuery++}`;
    this.#queries.add(query);
    return query;
  }

  newMessage(): number {
    return this.#nextMessage++;
  }

  /** Somebody has written a message. */
  wrote(chat: number, id: number, date: number): void {
    const messages = this.written.get(chat);
    if (messages) messages.set(id, date);
    else this.written.set(chat, new Map([[id, date]]));
  }

  /** Queues an update, or posts it to the webhook. */
  async deliver(update: QueuedUpdate): Promise<void> {
    if (!this.queue.allows(update)) return;
    this.queue.push(update);
    if (!this.webhook.target) return;
    if (await this.webhook.deliver(update, () => this.open)) this.queue.remove(update.update_id);
    this.#changed();
  }

  /** Carries a call out. `onHangUp` gets what is to happen where the caller does not wait for the end. Throws {@link Refusal}. */
  async run(method: string, payload: Payload, onHangUp: (hangUp: () => void) => void): Promise<unknown> {
    switch (method) {
      case 'getMe':
        return {
          ...user(this.bot.id, true),
          first_name: 'Tanya Netral',
          username: this.bot.username,
          supports_inline_queries: true,
        };
      case 'getUpdates':
        return this.#getUpdates(payload, onHangUp);
      case 'setWebhook':
        return this.#setWebhook(payload);
      case 'deleteWebhook':
        this.webhook.set('', undefined);
        if (payload.drop_pending_updates === true) this.queue.clear();
        return true;
      case 'sendMessage':
        return this.#sendMessage(payload);
      case 'editMessageText':
        return this.#edit(payload);
      case 'deleteMessage':
        return this.#delete(payload);
      case 'getFile':
        return this.#files.get(payload.file_id);
      case 'sendChatAction':
        this.#reachable(Number(payload.chat_id));
        return true;
      case 'answerCallbackQuery':
        this.#useQuery(payload.callback_query_id);
        return true;
      case 'answerInlineQuery': {
        const articles = checkResults(payload.results);
        this.inline.set(this.#useQuery(payload.inline_query_id), { articles, payload });
        return true;
      }
      case 'setMyCommands':
        this.menu = checkCommands(payload.commands);
        return true;
      default:
        throw new Refusal(404, 'Not Found');
    }
  }

  async #getUpdates(payload: Payload, onHangUp: (hangUp: () => void) => void): Promise<unknown> {
    if (this.webhook.target)
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    this.queue.allow(payload.allowed_updates);
    const limit = Math.min(100, Math.max(1, Number(payload.limit ?? 100)));
    const wanted = { offset: Number(payload.offset ?? 0), limit, timeout: Math.min(50, Number(payload.timeout ?? 0)) };
    const taken = this.queue.take(wanted, onHangUp);
    // the offset has confirmed something, and a poll may be waiting now
    this.#changed();
    const updates = await taken;
    if (updates === 'conflict')
      throw new Refusal(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      );
    return updates;
  }

  #setWebhook(payload: Payload): true {
    const url = String(payload.url ?? '');
    if (url !== '' && !/^https:|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url))
      throw new Refusal(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
    this.queue.allow(payload.allowed_updates);
    const waiting = [...this.queue.pending];
    this.webhook.set(url, typeof payload.secret_token === 'string' ? payload.secret_token : undefined);
    this.queue.clear();
    for (const update of waiting) void this.deliver(update);
    return true;
  }

  #reachable(chat: number): void {
    const lost = this.unreachable.get(chat);
    if (lost === 'blocked') throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    if (lost === 'gone' || !Number.isSafeInteger(chat) || chat === 0)
      throw new Refusal(400, 'Bad Request: chat not found');
  }

  #useQuery(id: unknown): string {
    if (!this.#queries.delete(String(id)))
      throw new Refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
    return String(id);
  }

  #sendMessage(payload: Payload): unknown {
    const chat = Number(payload.chat_id);
    this.#reachable(chat);
    const text = checkText(payload.text, payload.parse_mode);
    const rows = checkMarkup(payload.reply_markup);
    const sent: Sent = {
      id: this.newMessage(),
      chat,
      text,
      html: String(payload.text),
      rows,
      payload,
      at: Date.now(),
    };
    const list = this.sent.get(chat);
    if (list) list.push(sent);
    else this.sent.set(chat, [sent]);
    return this.#asMessage(sent);
  }

  #edit(payload: Payload): unknown {
    const { list, index, sent } = this.#find(payload);
    const edited: Sent = {
      ...sent,
      text: checkText(payload.text, payload.parse_mode),
      html: String(payload.text),
      rows: checkMarkup(payload.reply_markup),
    };
    list[index] = edited;
    return this.#asMessage(edited);
  }

  #delete(payload: Payload): true {
    const chat = Number(payload.chat_id);
    const date = this.written.get(chat)?.get(Number(payload.message_id));
    if (date !== undefined) {
      // in groups it would take an administrator
      if (chat < 0 || Date.now() / 1000 - date > ERASABLE)
        throw new Refusal(400, "Bad Request: message can't be deleted");
      this.written.get(chat)?.delete(Number(payload.message_id));
      return true;
    }
    const { list, index } = this.#find(payload);
    list.splice(index, 1);
    return true;
  }

  #find(payload: Payload): { list: Sent[]; index: number; sent: Sent } {
    const list = this.sent.get(Number(payload.chat_id)) ?? [];
    const index = list.findIndex(({ id }) => id === payload.message_id);
    const sent = list[index];
    if (!sent) throw new Refusal(400, 'Bad Request: message to edit not found');
    return { list, index, sent };
  }

  #asMessage({ id, chat, text, at }: Sent): unknown {
    return {
      message_id: id,
      date: Math.floor(at / 1000),
      chat: chatOf(chat),
      from: { ...user(this.bot.id, true), username: this.bot.username },
      text,
    };
  }
}
