import type { Message } from '../../conversation/message.ts';
import type { Attachment } from './attachment.ts';

/** A message that is to be answered, as it stands (sealed) in the inbox. Plain JSON. */
export interface Inbound {
  readonly id: string;
  /** Where the answer goes: a person's LID or number, or a group. */
  readonly chat: string;
  readonly group: boolean;
  /** The author's addresses, as far as WhatsApp showed them. */
  readonly lid: string | undefined;
  readonly phone: string | undefined;
  /** The author as WhatsApp names them in this chat. */
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Without its file, which {@link Inbound.file} describes. */
  readonly message: Message;
  readonly file: Attachment | undefined;
  /** What the answer quotes: in groups, so that everybody sees who is answered. */
  readonly quote: string | undefined;
  /** The chat forgets after so many seconds; our answer has to say so too. */
  readonly expiration: number | undefined;
  readonly album: string | undefined;
}

/** One message of one author in one chat, for recognising it when it comes again. */
export const nameOf = ({ chat, author, id }: Inbound): string => `${chat} ${author} ${id}`;

/** Opens what {@link JSON.stringify} made of an {@link Inbound}; undefined where it is something else. */
export function parseInbound(text: string): Inbound | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const inbound = value as Inbound;
    return typeof inbound?.id === 'string' && typeof inbound.chat === 'string' && typeof inbound.message === 'object'
      ? inbound
      : undefined;
  } catch {
    return undefined;
  }
}
