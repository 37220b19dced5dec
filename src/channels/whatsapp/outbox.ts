/** One lane for the whole account: messages go out one after another, at a person's pace, each confirmed before the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { rest } from './backoff.ts';
import type { Baileys } from './baileys.ts';
import { type Connection, NoConnection } from './connection.ts';
import type { Copies } from './copies.ts';
import type { Groups } from './groups.ts';
import type { Timing } from './timing.ts';

/** A message to be sent. The same `id` means the same message: phones show it once, however often it is sent. */
export interface Outgoing {
  readonly id: string;
  readonly chat: string;
  readonly group: boolean;
  readonly content: proto.IMessage;
  /** No copy of it may reach the disk. */
  readonly secret: boolean;
  /** It is not to wait for a connection: {@link Unconfirmed} is thrown where there is none. */
  readonly now?: true;
}

/** What became of it. A refusal is final: trying again would count against the account. */
export type Sent = { readonly kind: 'sent' } | { readonly kind: 'refused'; readonly code: string };

export interface OutboxOptions {
  readonly baileys: Baileys;
  readonly connection: Connection;
  readonly groups: Groups;
  readonly copies: Copies;
  readonly paceMs: number;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
}

/** How often a message is sent that nobody confirms. Lost connections are not counted. */
const MOST_TRIES = 4;
/** Pause before asking for another socket, in milliseconds. */
const CLOSING = 50;
/** Unconfirmed messages in a row after which the socket is taken for dead. */
const MOST_UNCONFIRMED = 2;
/** Error codes that are counted under their own name. */
const CODES = ['400', '404', '405', '420', '429', '463', '475', '479', '500', '503'];
const TOO_FAST = '429';

/** Thrown where WhatsApp neither confirmed nor refused a message. */
export class Unconfirmed extends Error {
  override name = 'Unconfirmed';
}

export class Outbox {
  readonly #options: OutboxOptions;
  #tail: Promise<unknown> = Promise.resolve();
  #unconfirmed = 0;
  #lockedUntil = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Sends after everything before it. Rejects with {@link NoConnection} at a stop, with {@link Unconfirmed}, or where storage failed. */
  send(message: Outgoing): Promise<Sent> {
    const mine = this.#tail.then(() => this.#send(message));
    this.#tail = mine.catch(() => {});
    return mine;
  }

  /** WhatsApp forbids us to write until then (milliseconds since 1970); 0 lifts it. */
  lock(until: number): void {
    this.#lockedUntil = until;
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  async #send(message: Outgoing): Promise<Sent> {
    const { baileys, connection, copies, stopping } = this.#options;
    for (let tries = 1; ; ) {
      if (message.now && !connection.isOpen) throw new Unconfirmed('no connection');
      const socket = await connection.ready();
      if (Date.now() < this.#lockedUntil) return this.#refused('locked');
      await this.#type(socket, message.chat);
      if (stopping.aborted) throw new NoConnection('stopping');
      // kept first: a phone that cannot read it asks at any time, even after a crash
      await copies.save(message.id, baileys.proto.Message.encode(message.content).finish(), message.secret);
      const code = await this.#deliver(socket, message);
      if (code === 'lost' && !message.now) continue;
      if (code === 'lost') throw new Unconfirmed('the connection was lost');
      if (code !== 'unconfirmed') return code === undefined ? { kind: 'sent' } : await this.#refused(code);
      if (++tries > MOST_TRIES) throw new Unconfirmed(`no confirmation after ${MOST_TRIES} tries`);
    }
  }

  /** Undefined where it was confirmed, else WhatsApp's code, or that there was none. */
  async #deliver(socket: WASocket, { id, chat, group, content }: Outgoing): Promise<string | undefined> {
    const { connection, groups, timing, metrics, stopping } = this.#options;
    try {
      if (group) await groups.prepare(socket, chat);
      const acknowledged = socket.waitForMessage<{ attrs?: Record<string, string> }>(id, timing.ackTimeout);
      // it also rejects when the message could not be written, and then nobody waits for it
      Promise.resolve(acknowledged).catch(() => {});
      connection.sent();
      await socket.relayMessage(chat, content, { messageId: id });
      const answer = await acknowledged;
      if (answer) {
        this.#unconfirmed = 0;
        const code = answer.attrs?.error;
        if (code === undefined) metrics.count('whatsapp_sent_total');
        return code;
      }
    } catch (error) {
      if (stopping.aborted) throw new NoConnection('stopping');
      metrics.count('whatsapp_send_errors_total');
      if (isClosed(socket)) {
        // the connection notices in a moment, too
        await rest(CLOSING, stopping);
        return 'lost';
      }
      if (error instanceof TypeError || error instanceof RangeError) throw error;
    }
    metrics.count('whatsapp_unconfirmed_total');
    if (++this.#unconfirmed >= MOST_UNCONFIRMED) {
      this.#unconfirmed = 0;
      connection.restart('no-ack');
    }
    return 'unconfirmed';
  }

  async #refused(code: string): Promise<Sent> {
    const { log, metrics, paceMs, timing, stopping } = this.#options;
    const label = code === 'locked' || CODES.includes(code) ? code : 'other';
    metrics.count('whatsapp_refused_total', { code: label });
    log.warn({ code: label }, 'WhatsApp refused a message; it is not sent again');
    if (code === TOO_FAST) await rest(paceMs * timing.hastePaces, stopping);
    return { kind: 'refused', code: label };
  }

  /** Shows "typing" for as long as the pace asks for. */
  async #type(socket: WASocket, chat: string): Promise<void> {
    const { paceMs, stopping } = this.#options;
    await Promise.race([
      socket.sendPresenceUpdate('composing', chat).catch(() => {}),
      sleep(1_000, undefined, { ref: false }),
    ]);
    if (paceMs > 0) await rest(paceMs * (0.5 + Math.random()), stopping);
  }
}

const isClosed = (socket: WASocket): boolean => !socket.ws.isOpen;
