import type { Message as TelegramMessage } from 'telegraf/types';
import type { UnsupportedKind } from '../../conversation/message.ts';
import { type Attachment, attachmentOf } from './attachment.ts';

/** What a message carries: a text, or something else, with the words under it. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'unsupported';
      readonly what: UnsupportedKind;
      /** Empty where there is none. */
      readonly caption: string;
      readonly file: Attachment | undefined;
    };

/**
 * Telegram's fields of things that people send, and what we call them. Earlier ones win: an animation is also a document, a venue also a
 * location. Everything that is not here is a service message (somebody joined, a message was pinned) or of a kind yet to come.
 */
const KINDS: ReadonlyArray<readonly [field: string, what: UnsupportedKind]> = [
  ['photo', 'photo'],
  ['video', 'video'],
  ['animation', 'video'],
  ['video_note', 'video'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['sticker', 'sticker'],
  ['document', 'document'],
  ['venue', 'location'],
  ['location', 'location'],
  ['contact', 'contact'],
  ['poll', 'poll'],
  ['dice', 'other'],
  ['story', 'other'],
  ['game', 'other'],
  ['invoice', 'other'],
  ['paid_media', 'other'],
  ['checklist', 'other'],
];

/** The content of a message; undefined for service messages. */
export function contentOf(message: TelegramMessage): Content | undefined {
  if ('text' in message && typeof message.text === 'string') return { kind: 'text', text: message.text };
  const found = KINDS.find(([field]) => field in message);
  const written = 'caption' in message && typeof message.caption === 'string' ? message.caption : '';
  const caption = written.trim() === '' ? '' : written;
  // words under something that is yet to come are read all the same
  if (!found) return caption === '' ? undefined : { kind: 'text', text: caption };
  return { kind: 'unsupported', what: found[1], caption, file: attachmentOf(message) };
}
