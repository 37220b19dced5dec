import { createHash } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import { isSecret, type Reply } from '../../conversation/message.ts';
import { chatAddress, type ServerKey } from '../../store/keys.ts';
import type { WhatsAppInbox } from '../../store/whatsapp-inbox.ts';
import { type Inbound, nameOf } from './inbound.ts';
import type { Outbox } from './outbox.ts';
import { render } from './render.ts';

export interface DeliveryOptions {
  readonly outbox: Outbox;
  readonly inbox: WhatsAppInbox;
  readonly key: ServerKey;
}

/**
 * Brings the answer to one message to its place. How far it has come is noted in the inbox, and the ids of its messages follow from the question's: after a
 * crash it goes on where it was, and what went out in the last moment before comes under the same id, which phones show once.
 *
 * A secret answer is another one each time (a second receipt for the same report), and its parts belong together: it is sent from the beginning, and the
 * ids follow from its texts, too.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #inbound: Inbound;
  readonly #row: string;
  #sent: number;
  /** The texts of the secret answer that is being sent. */
  #secret: string | undefined;

  /** @param row the message's row in the inbox, of whose answer `sent` messages are out */
  constructor(options: DeliveryOptions, inbound: Inbound, row: string, sent: number) {
    this.#options = options;
    this.#inbound = inbound;
    this.#row = row;
    this.#sent = sent;
  }

  /** Sends what has not been sent. Says `refused` where WhatsApp does not want it; rejects where sending failed. */
  async send(replies: readonly Reply[]): Promise<'sent' | 'refused'> {
    const { outbox, inbox } = this.#options;
    const { chat, group } = this.#inbound;
    const texts = render(replies);
    const secret = isSecret(replies);
    this.#secretIs(secret ? texts.join('\0') : undefined);
    for (const [i, text] of texts.entries()) {
      if (i < this.#sent) continue;
      const sent = await outbox.send({ id: this.#id(i), chat, group, content: this.#content(text), secret });
      if (sent.kind === 'refused') return 'refused';
      this.#sent = i + 1;
      await inbox.confirm(this.#row, this.#sent);
    }
    return 'sent';
  }

  /** Starts over where it is another one than before. */
  #secretIs(texts: string | undefined): void {
    if (texts === undefined || texts === this.#secret) return;
    this.#secret = texts;
    this.#sent = 0;
  }

  #id(part: number): string {
    const { key } = this.#options;
    const which = `${nameOf(this.#inbound)} ${part}${this.#secret === undefined ? '' : ` ${this.#secret}`}`;
    const name = key.pseudonym('whatsapp/reply', chatAddress(which));
    return messageId(Buffer.from(name));
  }

  #content(text: string): proto.IMessage {
    const { id, author, quote, expiration } = this.#inbound;
    const contextInfo = {
      ...(quote === undefined ? {} : { stanzaId: id, participant: author, quotedMessage: { conversation: quote } }),
      ...(expiration === undefined ? {} : { expiration }),
    };
    return { extendedTextMessage: { text, ...(Object.keys(contextInfo).length > 0 ? { contextInfo } : {}) } };
  }
}

/** An id in the form of WhatsApp Web's own, the same for the same seed. */
export const messageId = (seed: Uint8Array): string =>
  `3EB0${createHash('sha256').update(seed).digest('hex').slice(0, 18).toUpperCase()}`;
