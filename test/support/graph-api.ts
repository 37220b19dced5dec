/**
 * A WhatsApp Cloud API for tests: real HTTP on 127.0.0.1 with the limits of the real one, faults on demand, and people who write to the bot through its
 * webhook.
 *
 *     const graph = await FakeGraphApi.start();
 *     // open the channel with graph.config, let it listen at some url
 *     graph.connect(url);
 *     await graph.sendText('6281200000001', 'boleh like postingan calon?');
 *     const [answer] = await graph.messages('6281200000001', 1);
 *     await graph.press('6281200000001', 'Bukan ini');
 *     await graph.stop();
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WhatsAppCloudConfig } from '../../src/channels/whatsapp-cloud/config.ts';
import { checkMessage, checkRecipient, type Payload, type Pressable, Refusal, type Seen } from './graph-api-checks.ts';
import { type Fault, Faults } from './graph-api-faults.ts';
import { Media, type MediaFault } from './graph-api-media.ts';
import { Watch } from './graph-api-watch.ts';
import { type PostOptions, Webhook } from './graph-api-webhook.ts';

export type { Payload, Pressable } from './graph-api-checks.ts';

/** A message of the bot that was taken. */
export interface Sent extends Seen {
  readonly id: string;
  readonly person: string;
  readonly payload: Payload;
  readonly at: number;
}

export interface Call {
  readonly payload: Payload;
  readonly at: number;
  readonly status: number;
}

/** How a person's message differs from an ordinary one. */
export interface PersonOptions extends PostOptions {
  /** WhatsApp's id of the message; the same twice is a duplicate. */
  readonly id?: string;
  /** Milliseconds since 1970. */
  readonly at?: number;
}

export interface FakeOptions {
  /** False sends no reports on the bot's messages. */
  readonly reports?: boolean;
  readonly port?: number;
}

const DAY = 24 * 60 * 60 * 1000;
/** How long a test waits for the bot, in milliseconds; it only ever takes that long where something is wrong. */
const PATIENCE = 8_000;

export class FakeGraphApi {
  readonly token = 'EAAtestTokenForTheFakeGraphApiServer0000';
  readonly phoneId = '106540352242922';
  readonly appSecret = '0123456789abcdef0123456789abcdef';
  readonly verifyToken = 'kata-verifikasi-0123456789';
  readonly faults = new Faults();
  /** Files that people send. */
  readonly media = new Media();
  readonly webhook = new Webhook(this);
  /** Everything that was called on the number's messages, in order. */
  readonly calls: Call[] = [];
  /** Payloads of "read" and "typing". */
  readonly marks: Payload[] = [];
  readonly #server: Server;
  readonly #reports: boolean;
  readonly #sent = new Map<string, Sent[]>();
  /** When a person wrote last: the window of 24 hours. */
  readonly #heard = new Map<string, number>();
  readonly #watch = new Watch();
  #next = 1;

  private constructor({ reports = true }: FakeOptions) {
    this.#reports = reports;
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(options: FakeOptions = {}): Promise<FakeGraphApi> {
    const fake = new FakeGraphApi(options);
    await new Promise<void>((resolve) => fake.#server.listen(options.port ?? 0, '127.0.0.1', resolve));
    return fake;
  }

  async stop(): Promise<void> {
    this.webhook.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What WHATSAPP_GRAPH_URL is to be. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v23.0`;
  }

  /** The settings of a bot that belongs to this server. */
  get config(): WhatsAppCloudConfig {
    const { token, phoneId, appSecret, verifyToken, url } = this;
    return { token, phoneId, appSecret, verifyToken, graphUrl: url };
  }

  /** Where the bot listens. */
  connect(bot: string): void {
    this.webhook.connect(bot);
  }

  // people: a number, or a user id ("ID.abc") of somebody who hides it

  /** Somebody writes. Resolves to the webhook's status. */
  sendText(person: string, body: string, options: PersonOptions = {}): Promise<number> {
    return this.send(person, { type: 'text', text: { body } }, options);
  }

  sendImage(person: string, caption?: string, options: PersonOptions = {}): Promise<number> {
    const image = { id: '1', mime_type: 'image/jpeg', sha256: 'x', ...(caption === undefined ? {} : { caption }) };
    return this.send(person, { type: 'image', image }, options);
  }

  /** Somebody sends a file of a kind ("image", "document", "audio", ...). */
  sendFile(person: string, type: string, bytes: Uint8Array, more: Payload = {}, fault?: MediaFault): Promise<number> {
    return this.send(person, { type, [type]: { id: this.media.add(bytes, fault), mime_type: 'x/x', ...more } });
  }

  /** Somebody sends anything: `{ type: 'sticker', sticker: {...} }`. */
  send(person: string, content: Payload, options: PersonOptions = {}): Promise<number> {
    return this.sendBatch([this.message(person, content, options)], options);
  }

  /** Several messages in one notification, in this order. */
  sendBatch(messages: readonly Payload[], options: PostOptions = {}): Promise<number> {
    return this.webhook.tell({ messages }, options);
  }

  /** A message as the webhook shows it; the person has then written. */
  message(person: string, content: Payload, { id = this.#id('IN'), at = Date.now() }: PersonOptions = {}): Payload {
    this.#heard.set(person, Math.max(at, this.#heard.get(person) ?? 0));
    const from = /^\d+$/.test(person) ? { from: person, from_user_id: `ID.${person}` } : { from_user_id: person };
    return { ...from, id, timestamp: String(Math.floor(at / 1000)), ...content };
  }

  /** Somebody presses the button, or chooses the row, with this title, description or id, under the newest message that has it. */
  press(person: string, choice: string, options: PersonOptions = {}): Promise<number> {
    const { id, title, description, in: where } = this.choice(person, choice);
    const pressed = { id, title, ...(where === 'list' && description !== undefined ? { description } : {}) };
    const interactive =
      where === 'button'
        ? { type: 'button_reply', button_reply: pressed }
        : { type: 'list_reply', list_reply: pressed };
    return this.send(person, { type: 'interactive', interactive }, options);
  }

  choice(person: string, wanted: string): Pressable {
    const found = [...this.sent(person)]
      .reverse()
      .flatMap(({ choices }) => choices)
      .find(({ id, title, description }) => [id, title, description].includes(wanted));
    if (!found) throw new Error(`no message to this person has the choice "${wanted}"`);
    return found;
  }

  /** WhatsApp reports on a message. */
  report(
    sent: Pick<Sent, 'id' | 'person' | 'payload'>,
    status = 'sent',
    errors: readonly number[] = [],
  ): Promise<number> {
    const token = sent.payload.biz_opaque_callback_data;
    return this.webhook.tell({
      statuses: [
        {
          id: sent.id,
          status,
          timestamp: String(Math.floor(Date.now() / 1000)),
          recipient_id: sent.person,
          ...(token === undefined ? {} : { biz_opaque_callback_data: token }),
          ...(errors.length === 0 ? {} : { errors: errors.map((code) => ({ code, title: 'x' })) }),
        },
      ],
    });
  }

  /** The next `times` calls meet this fault: those that send a message, unless `when` says otherwise. */
  fail(fault: Fault, times = 1, when?: (payload: Payload) => boolean): void {
    this.faults.plan(fault, times, when);
  }

  // what the bot did

  /** What a person got so far. */
  sent(person: string): readonly Sent[] {
    return this.#sent.get(person) ?? [];
  }

  get people(): readonly string[] {
    return [...this.#sent.keys()];
  }

  /** Waits until a person got at least `count` messages. */
  messages(person: string, count: number, patience = PATIENCE): Promise<readonly Sent[]> {
    const enough = () => (this.sent(person).length >= count ? this.sent(person) : undefined);
    return this.until(enough, `${count} messages`, patience);
  }

  /** Waits until `probe` gives something; it is asked whenever anything happens here. */
  until<T>(probe: () => T | undefined, what: string, patience = PATIENCE): Promise<T> {
    return this.#watch.until(probe, what, patience);
  }

  // the server

  #id(kind: string): string {
    return `wamid.${kind}${String(this.#next++).padStart(12, '0')}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const { pathname } = new URL(request.url ?? '/', 'http://fake');
    const body = Buffer.concat(chunks).toString('utf8');
    const payload: Payload = body === '' ? {} : JSON.parse(body);
    const posted = request.method === 'POST';
    try {
      if (request.headers.authorization !== `Bearer ${this.token}`)
        throw new Refusal(401, 190, 'Invalid OAuth access token');
      if (this.media.serve(request, new URL(this.url).origin, response)) return;
      if (pathname !== `/v23.0/${this.phoneId}${posted ? '/messages' : ''}`)
        throw new Refusal(400, 100, 'Unsupported request: the object does not exist');
      if (posted) await this.#take(payload, response);
      else this.#answer(response, 200, { id: this.phoneId }, payload);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuse(response, error, payload);
    }
    this.#watch.changed();
  }

  async #take(payload: Payload, response: ServerResponse): Promise<void> {
    const fault = this.faults.meet(payload);
    switch (fault?.kind) {
      case 'silence':
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'error':
        return this.#refuse(response, new Refusal(fault.status, fault.code, 'injected'), payload, fault.retryAfter);
      case 'garbage':
        response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body);
        return;
      case 'lost-answer':
        this.#accept(payload);
        response.socket?.resetAndDestroy();
        return;
      case 'delay': {
        const answer = this.#accept(payload);
        await sleep(fault.ms);
        return this.#answer(response, 200, answer, payload);
      }
      case undefined:
        return this.#answer(response, 200, this.#accept(payload), payload);
      default:
        fault satisfies never;
    }
  }

  /** Carries a call out. Throws {@link Refusal}. */
  #accept(payload: Payload): Payload {
    if (payload.status === 'read') {
      if (typeof payload.message_id !== 'string') throw new Refusal(400, 100, 'message_id is required');
      this.marks.push(payload);
      return { success: true };
    }
    const { person, lost } = checkRecipient(payload);
    const seen = checkMessage(payload);
    if (Date.now() - (this.#heard.get(person) ?? 0) > DAY && !lost)
      throw new Refusal(400, 131047, 'more than 24 hours have passed since the customer last replied');
    const sent = { ...seen, id: this.#id('OUT'), person, payload, at: Date.now() };
    if (!lost) {
      this.#sent.set(person, [...this.sent(person), sent]);
      if (this.#reports) void this.report(sent);
    }
    return { messaging_product: 'whatsapp', messages: [{ id: sent.id }] };
  }

  #refuse(response: ServerResponse, { status, code, message }: Refusal, payload: Payload, retryAfter?: string): void {
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    this.#answer(response, status, { error: { message, type: 'OAuthException', code, fbtrace_id: 'x' } }, payload);
  }

  #answer(response: ServerResponse, status: number, content: Payload, payload: Payload): void {
    if (payload.type !== undefined) this.calls.push({ payload, at: Date.now(), status });
    if (!response.destroyed)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  }
}
