/** From Baileys into the inbox: every message that is to be answered is on disk before WhatsApp is told that it arrived. */
import type { WAMessage, WASocket } from '@whiskeysockets/baileys';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { WhatsAppInbox } from '../../store/whatsapp-inbox.ts';
import { Albums } from '../albums.ts';
import { accept } from './accept.ts';
import type { Me } from './addressing.ts';
import { type Inbound, nameOf } from './inbound.ts';
import { normaliseJid } from './jid.ts';
import type { Waiting } from './waiting.ts';

export interface IntakeOptions {
  readonly inbox: WhatsAppInbox;
  /** Called when there is something new in the inbox. */
  readonly onStored: () => void;
  readonly waiting: Waiting;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Messages of one chat that may wait; above it they are dropped, or one chat would fill the disk and take the lane for hours. */
export const CHAT_LIMIT = 250;
/** Names remembered, so that a message seen twice (before it is confirmed and when Baileys tells of it) is stored once. */
const REMEMBERED = 5_000;

export class Intake {
  readonly #options: IntakeOptions;
  readonly #albums = new Albums();
  readonly #seen = new Set<string>();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Takes one message. Resolves when it is on disk, or is not to be answered; rejects where storage failed. */
  async take(received: WAMessage, me: Me): Promise<void> {
    const { inbox, metrics, onStored, waiting } = this.#options;
    const accepted = accept(received, me, Date.now());
    if (accepted.kind === 'ignored') {
      metrics.count('whatsapp_ignored_total', { why: accepted.why });
      return;
    }
    const name = nameOf(accepted.inbound);
    if (this.#seen.has(name)) return;
    if (waiting.of(accepted.inbound.chat) >= CHAT_LIMIT) {
      metrics.count('whatsapp_ignored_total', { why: 'flood' });
      return;
    }
    this.#remember(name);
    const inbound = this.#inAlbum(accepted.inbound);
    try {
      const added = await inbox.store(name, JSON.stringify(inbound));
      metrics.count('whatsapp_received_total', { result: added ? 'stored' : 'duplicate' });
      if (!added) return;
      waiting.add(inbound.chat);
    } catch (error) {
      this.#seen.delete(name);
      throw error;
    }
    onStored();
  }

  /** Hears what Baileys tells of. Most of it is in the inbox by then; what came in no ciphertext (repeated by the phone) is not. */
  listen(socket: WASocket): void {
    const { log, metrics } = this.#options;
    socket.ev.on('messages.upsert', ({ messages }) => {
      for (const message of messages)
        this.take(message, meOf(socket)).catch((error: unknown) => {
          metrics.count('whatsapp_store_errors_total');
          log.error({ error: describeError(error) }, 'a message could not be stored');
        });
    });
  }

  /** Notes whether the person has sent a picture of the same album before. */
  #inAlbum(inbound: Inbound): Inbound {
    const { message, album } = inbound;
    if (message.kind !== 'unsupported' || !this.#albums.follows(album)) return inbound;
    return { ...inbound, message: { ...message, followsInAlbum: true } };
  }

  #remember(name: string): void {
    this.#seen.add(name);
    if (this.#seen.size > REMEMBERED)
      for (const oldest of [...this.#seen].slice(0, REMEMBERED / 2)) this.#seen.delete(oldest);
  }
}

/** Our own addresses, as far as the socket knows them. */
export function meOf(socket: Pick<WASocket, 'user'>): Me {
  return { lid: normaliseJid(socket.user?.lid), phone: normaliseJid(socket.user?.id) };
}
