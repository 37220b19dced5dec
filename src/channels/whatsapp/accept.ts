/** Which messages are answered, and what is kept of them. Pure: no network, no storage. */
import type { proto, WAMessage } from '@whiskeysockets/baileys';
import type { Message } from '../../conversation/message.ts';
import { heardInGroup, type Me } from './addressing.ts';
import { albumOf, type Content, contentOf, wordsOf } from './content.ts';
import type { Inbound } from './inbound.ts';
import { kindOf, normaliseJid } from './jid.ts';

/** Why a message is not answered; fixed words, for metrics. */
export type Ignored =
  | 'own'
  | 'stub'
  | 'old'
  | 'broadcast'
  | 'channel'
  | 'other-place'
  | 'service'
  | 'not-addressed'
  | 'malformed';

export type Accepted =
  | { readonly kind: 'accepted'; readonly inbound: Inbound }
  | { readonly kind: 'ignored'; readonly why: Ignored };

/** A message that waited longer than this is not answered any more, in milliseconds: nobody expects it. */
export const AGE_LIMIT = 24 * 60 * 60 * 1000;

const ignored = (why: Ignored): Accepted => ({ kind: 'ignored', why });

/** Sorts a message as Baileys gives it, whether it came at once (`notify`) or waited while we were away (`append`). */
export function accept(received: WAMessage, me: Me, now: number): Accepted {
  const { key } = received;
  const chat = normaliseJid(key?.remoteJid);
  if (!chat || !key?.id) return ignored('malformed');
  if (key.fromMe) return ignored('own');
  const kind = kindOf(chat);
  if (kind === 'broadcast' || received.broadcast) return ignored('broadcast');
  if (kind === 'channel') return ignored('channel');
  if (kind === 'other') return ignored('other-place');
  // 0 is "unknown" and what protobuf gives where there is none
  if (received.messageStubType) return ignored('stub');
  const at = Number(String(received.messageTimestamp ?? 0)) * 1000;
  if (!(at > now - AGE_LIMIT)) return ignored('old');
  const group = kind === 'group';
  const author = group ? normaliseJid(key.participant) : chat;
  if (!author) return ignored('malformed');
  const content = readable(received);
  if (!content) return ignored('service');
  const message = group ? heard(content, me) : content.message;
  if (!message) return ignored('not-addressed');
  const addresses = [author, normaliseJid(group ? key.participantAlt : key.remoteJidAlt)];
  const { context, file } = content;
  return {
    kind: 'accepted',
    inbound: {
      id: key.id,
      chat,
      group,
      lid: addresses.find((jid) => jid && kindOf(jid) === 'lid'),
      phone: addresses.find((jid) => jid && kindOf(jid) === 'phone'),
      author,
      at,
      message,
      // in groups nothing is reported, so nobody reads files of there
      file: group ? undefined : file,
      quote: group ? wordsOf(content.message) : undefined,
      expiration: expirationOf(context),
      album: received.message ? albumOf(received.message) : undefined,
    },
  };
}

function readable({ key, message }: WAMessage): Content | undefined {
  if (message) return contentOf(message);
  // the phone keeps a view-once message to itself; linked devices only learn that there is one
  return key.isViewOnce
    ? { message: { kind: 'unsupported', what: 'photo' }, context: undefined, file: undefined }
    : undefined;
}

function heard({ message, context }: Content, me: Me): Message | undefined {
  const text = heardInGroup(wordsOf(message), context, me);
  if (text === undefined) return undefined;
  if (message.kind !== 'unsupported') return { ...message, text };
  return message.caption === undefined ? message : { ...message, caption: text };
}

function expirationOf(context: proto.IContextInfo | undefined): number | undefined {
  const seconds = Number(context?.expiration ?? 0);
  return seconds > 0 ? seconds : undefined;
}
