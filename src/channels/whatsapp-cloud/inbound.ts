import type { Message } from '../../conversation/message.ts';
import type { Attachment } from './attachment.ts';

/** A message that is to be answered, as it stands (sealed) in the inbox. Plain JSON. */
export interface Inbound {
  /** WhatsApp's id of the message ("wamid..."). */
  readonly id: string;
  /** Who wrote it: the digits of a number, or the id that WhatsApp gives instead where the person hides the number. */
  readonly person: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Without its file, which {@link Inbound.file} describes. */
  readonly message: Message;
  readonly file: Attachment | undefined;
}

/** WhatsApp lets us answer for this long after a person's message, in milliseconds. */
export const WINDOW = 24 * 60 * 60 * 1000;

/** Opens what {@link JSON.stringify} made of an {@link Inbound}; undefined where it is something else. */
export function parseInbound(text: string): Inbound | undefined {
  try {
    const inbound = JSON.parse(text) as Inbound | null;
    return typeof inbound?.id === 'string' && typeof inbound.person === 'string' && typeof inbound.message === 'object'
      ? inbound
      : undefined;
  } catch {
    return undefined;
  }
}

/** How a message is addressed: an id in the field of numbers would be taken, answered 200 and never delivered. */
export const addressed = (person: string): { readonly to: string } | { readonly recipient: string } =>
  /^\d+$/.test(person) ? { to: person } : { recipient: person };
