/**
 * A Bot API server for tests: real HTTP on 127.0.0.1, the methods that the bot uses, the refusals of the real one that matter, faults on demand, and
 * people who write to the bot.
 *
 *     const telegram = await FakeBotApi.start();
 *     // point the bot at telegram.url with telegram.token
 *     telegram.sendText(7, 'boleh like postingan calon?');
 *     const [answer] = await telegram.messages(7, 1);
 *     telegram.press(7, 'Bukan ini');
 *     await telegram.stop();
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Article, type Payload, Refusal } from './bot-api-checks.ts';
import { type Fault, Faults } from './bot-api-faults.ts';
import { BotApiFiles, type FakeFile } from './bot-api-files.ts';
import { BotApiMethods, type Sent } from './bot-api-methods.ts';
import { chatOf, message, type SendOptions, user } from './bot-api-updates.ts';

export type { Article, Button } from './bot-api-checks.ts';
export type { Fault } from './bot-api-faults.ts';
export type { FakeFile } from './bot-api-files.ts';
export type { Sent } from './bot-api-methods.ts';

export interface Call {
  readonly method: string;
  readonly payload: Payload;
  readonly at: number;
}

export interface FakeOptions {
  readonly token?: string;
  readonly username?: string;
  readonly port?: number;
  /** Keep every call for {@link FakeBotApi.calls}; false saves memory in long benchmarks. */
  readonly record?: boolean;
  /** False answers getUpdates at once even where nothing waits, as poorer imitations do. */
  readonly holdPolls?: boolean;
  /** First pause before a failed webhook delivery is tried again, in milliseconds. */
  readonly webhookRetry?: number;
}

/** How long a test waits for the bot, in milliseconds; it only ever takes that long where something is wrong. */
const PATIENCE = 8_000;

export class FakeBotApi {
  readonly token: string;
  readonly bot: { readonly id: number; readonly username: string };
  readonly faults = new Faults();
  readonly #files = new BotApiFiles();
  readonly #world: BotApiMethods;
  readonly #server: Server;
  readonly #record: boolean;
  readonly #holdPolls: boolean;
  readonly #calls: Call[] = [];
  readonly #counts = new Map<string, number>();
  readonly #watchers = new Set<() => void>();
  #nextUpdate = 500_001;

  private constructor({ token, username, record, holdPolls, webhookRetry }: FakeOptions) {
    this.token = token ?? '123456789:AAtestTokenForTheFakeBotApiServer00';
    this.bot = { id: Number(this.token.split(':')[0]), username: username ?? 'TanyaNetralBot' };
    this.#record = record ?? true;
    this.#holdPolls = holdPolls ?? true;
    this.#world = new BotApiMethods(this.bot, webhookRetry ?? 50, this.#files, () => this.#changed());
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  static async start(options: FakeOptions = {}): Promise<FakeBotApi> {
    const fake = new FakeBotApi(options);
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.#world.open = false;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What TELEGRAM_API_ROOT is to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  // people

  /** Somebody writes in a chat (negative ids are groups). Returns the update's id. */
  sendText(chat: number, text: string, options: SendOptions = {}): number {
    return this.send(chat, { text }, options);
  }

  /** Somebody sends anything: `{ sticker: {...} }`, `{ new_chat_members: [...] }`. Returns the update's id. */
  send(chat: number, content: Readonly<Record<string, unknown>>, options: SendOptions = {}): number {
    const id = this.#world.newMessage();
    const sent = message(this.bot, id, chat, content, options);
    if (options.editOf === undefined) this.#world.wrote(chat, id, Number(sent.date));
    const kind = `${options.editOf === undefined ? '' : 'edited_'}${options.channel ? 'channel_post' : 'message'}`;
    return this.update({ [kind]: sent }, options.updateId);
  }

  sendPhoto(chat: number, caption?: string, options: SendOptions = {}): number {
    const photo = [{ file_id: 'f', file_unique_id: 'u', width: 90, height: 90 }];
    return this.send(chat, { photo, ...(caption === undefined ? {} : { caption }) }, options);
  }

  /** Puts a file at Telegram, to be sent: `send(7, { document: { ...addFile(bytes), file_name: 'a.pdf' } })`. */
  addFile(bytes: Uint8Array, size?: number): FakeFile {
    return this.#files.add(bytes, size);
  }

  /** Somebody presses the button with this label or data, under the newest message that has it. Returns the query's id. */
  press(chat: number, button: string, from: number = Math.abs(chat)): string {
    const sent = [...this.sent(chat)].reverse();
    for (const { id, rows } of sent) {
      const found = rows.flat().find(({ text, data }) => text === button || data === button);
      if (found) return this.pressData(chat, found.data, { from, message: id });
    }
    throw new Error(`no message in chat ${chat} has the button "${button}"`);
  }

  /** A callback with any data, or none, as a forger would send it. Returns the query's id. */
  pressData(chat: number, data: string | undefined, { from = Math.abs(chat), message: id = 1 } = {}): string {
    const query = this.#world.newQuery();
    const under = { message_id: id, date: Math.floor(Date.now() / 1000), chat: chatOf(chat), text: 'x' };
    const callback = { id: query, from: user(from), chat_instance: '1', message: under };
    this.update({ callback_query: data === undefined ? callback : { ...callback, data } });
    return query;
  }

  /** Somebody types `@bot words`. Returns the query's id. */
  inlineQuery(words: string, from = 7): string {
    const query = this.#world.newQuery();
    this.update({ inline_query: { id: query, from: user(from), query: words, offset: '' } });
    return query;
  }

  /** Any update. Returns its id. */
  update(content: Readonly<Record<string, unknown>>, id: number = this.#nextUpdate++): number {
    void this.#world.deliver({ update_id: id, ...content });
    return id;
  }

  /** From now on the bot cannot write to this chat: 403, or 400 "chat not found". */
  lose(chat: number, how: 'blocked' | 'gone'): void {
    this.#world.unreachable.set(chat, how);
  }

  /** The next `times` calls of `method` ('*' for any) meet this fault. */
  fail(method: string, fault: Fault, times = 1, when?: (payload: Payload) => boolean): void {
    this.faults.plan(method, fault, times, when);
  }

  // what the bot did

  /** What setMyCommands was given last. */
  get menu(): BotApiMethods['menu'] {
    return this.#world.menu;
  }

  /** The webhook that the bot has set, and what became of each post to it. */
  get webhook(): BotApiMethods['webhook'] {
    return this.#world.webhook;
  }

  /** True while the bot waits in getUpdates. */
  get polled(): boolean {
    return this.#world.queue.polled;
  }

  /** Messages that the bot sent to a chat so far. */
  sent(chat: number): readonly Sent[] {
    return this.#world.sent.get(chat) ?? [];
  }

  /** Ids of what a person wrote in a chat and nobody has deleted. */
  written(chat: number): readonly number[] {
    return [...(this.#world.written.get(chat)?.keys() ?? [])];
  }

  /** Waits until the bot has sent at least `count` messages to a chat. */
  messages(chat: number, count: number, patience = PATIENCE): Promise<readonly Sent[]> {
    return this.until(
      () => (this.sent(chat).length >= count ? this.sent(chat) : undefined),
      `${count} messages`,
      patience,
    );
  }

  /** The answer to an inline query. */
  inlineAnswer(query: string): Promise<{ readonly articles: readonly Article[]; readonly payload: Payload }> {
    return this.until(() => this.#world.inline.get(query), 'an inline answer');
  }

  /** Calls of a method, in order, the failed ones too. */
  calls(method: string): readonly Call[] {
    return this.#calls.filter((call) => call.method === method);
  }

  /** How often a method was called. */
  count(method: string): number {
    return this.#counts.get(method) ?? 0;
  }

  /** Ids of updates that the bot has not confirmed. */
  get pending(): readonly number[] {
    return this.#world.queue.pending.map(({ update_id }) => update_id);
  }

  /** Waits until the bot has confirmed everything. */
  async settled(patience = PATIENCE): Promise<void> {
    await this.until(() => this.#world.queue.pending.length === 0 || undefined, 'every update confirmed', patience);
  }

  /** Waits until `probe` gives something; it is asked whenever anything happens here. */
  until<T>(probe: () => T | undefined, what: string, patience = PATIENCE): Promise<T> {
    const at = probe();
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`waited ${patience} ms in vain for ${what}`));
      }, patience);
      const look = () => {
        const found = probe();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve(found);
      };
      this.#watchers.add(look);
    });
  }

  // the server

  #changed(): void {
    for (const look of this.#watchers) look();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const url = new URL(request.url ?? '/', 'http://fake');
    const [, owner, path] = /\/file\/bot([^/]+)\/(.+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    if (owner === this.token && path !== undefined) {
      this.#counts.set('file', this.count('file') + 1);
      return this.#files.serve(path, this.faults.meet('file', { path }), response);
    }
    const [, token, method = ''] = /\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (token !== this.token)
      return answer(response, /^\d+:[\w-]+$/.test(token ?? '') ? 401 : 404, {
        description: token === undefined ? 'Not Found' : 'Unauthorized',
      });
    const body = Buffer.concat(chunks).toString('utf8');
    const payload: Payload = { ...Object.fromEntries(url.searchParams), ...(body === '' ? {} : JSON.parse(body)) };
    this.#counts.set(method, this.count(method) + 1);
    if (this.#record) this.#calls.push({ method, payload, at: Date.now() });
    const fault = this.faults.meet(method, payload);
    try {
      await this.#answer(method, payload, fault, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answer(response, error.code, { description: error.message });
    }
    this.#changed();
  }

  async #answer(method: string, payload: Payload, fault: Fault | undefined, response: ServerResponse): Promise<void> {
    switch (fault?.kind) {
      case 'silence':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'garbage':
        response.writeHead(fault.status ?? 200, { 'content-type': 'application/json' }).end(fault.body);
        return;
      case 'error': {
        const { code, description = `fault ${code}`, retryAfter } = fault;
        return answer(response, code, {
          description,
          ...(retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }),
        });
      }
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        break;
      case 'lost-answer':
        await this.#run(method, payload, response);
        response.socket?.resetAndDestroy();
        return;
      case undefined:
        break;
      default:
        fault satisfies never;
    }
    answer(response, 200, { result: await this.#run(method, payload, response) });
  }

  #run(method: string, payload: Payload, response: ServerResponse): Promise<unknown> {
    const asked = this.#holdPolls ? payload : { ...payload, timeout: 0 };
    return this.#world.run(method, asked, (hangUp) => response.once('close', hangUp));
  }
}

function answer(response: ServerResponse, code: number, content: Readonly<Record<string, unknown>>): void {
  if (response.destroyed) return;
  const ok = code === 200;
  const body = JSON.stringify(ok ? { ok, ...content } : { ok, error_code: code, ...content });
  response.writeHead(code, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}
