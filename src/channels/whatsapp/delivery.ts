import { createHash } from 'node:crypto';
import type { proto } from '@whiskeysockets/baileys';
import type { Reply } from '../../conversation/message.ts';
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
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #inbound: Inbound;
  readonly #row: string;
  #sent: number;

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
    for (const [i, text] of render(replies).entries()) {
      if (i < this.#sent) continue;
      const outgoing = { id: this.#id(i), chat, group, content: this.#content(text) };
      if ((await outbox.send(outgoing)).kind === 'refused') return 'refused';
      this.#sent = i + 1;
      await inbox.confirm(this.#row, this.#sent);
    }
    return 'sent';
  }

  /** In the form of WhatsApp Web's own ids. */
  #id(part: number): string {
    const name = this.#options.key.pseudonym('whatsapp/reply', chatAddress(`${nameOf(this.#inbound)} ${part}`));
    return `3EB0${createHash('sha256').update(name).digest('hex').slice(0, 18).toUpperCase()}`;
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
