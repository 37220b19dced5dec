/** Telegram's updates as what the conversation understands. The only file, with its two neighbours below, that knows their shape. */
import type { CallbackQuery, InlineQuery, Message as TelegramMessage, Update } from 'telegraf/types';
import type { Message } from '../../conversation/message.ts';
import { type Bot, heard } from './addressing.ts';
import type { Attachment } from './attachment.ts';
import { type Content, contentOf } from './content.ts';
import type { Place } from './place.ts';

/** What an update asks of us. */
export type Translated =
  | {
      readonly kind: 'said';
      readonly place: Place;
      readonly message: Message;
      /** Only of private chats: in groups nothing is reported. */
      readonly file: Attachment | undefined;
      readonly album: string | undefined;
      readonly trace: Trace;
    }
  | { readonly kind: 'pressed'; readonly query: string; readonly place: Place | undefined; readonly message: Message }
  | { readonly kind: 'inline'; readonly query: string; readonly words: string }
  | { readonly kind: 'ignored' };

/** The person's own message, as long as it stands in the chat. */
export interface Trace {
  readonly chat: number;
  readonly message: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const IGNORED: Translated = { kind: 'ignored' };

/** Translates an update. Throws only where it is not what the Bot API promises. */
export function translate(update: Update, bot: Bot): Translated {
  if ('message' in update) return fromMessage(update.message, bot, false);
  if ('edited_message' in update) return fromMessage(update.edited_message, bot, true);
  if ('callback_query' in update) return fromPress(update.callback_query);
  if ('inline_query' in update) return fromInline(update.inline_query);
  return IGNORED;
}

function fromMessage(message: TelegramMessage, bot: Bot, edited: boolean): Translated {
  const { from, chat } = message;
  if (!from || from.is_bot || chat.type === 'channel' || 'is_automatic_forward' in message) return IGNORED;
  // a card that somebody sent through our inline mode is our own text, not a question
  if ('via_bot' in message && message.via_bot?.id === bot.id) return IGNORED;
  const content = contentOf(message);
  if (content === undefined) return IGNORED;
  const words = content.kind === 'text' ? content.text : content.caption;
  // a moving live location is edited every few seconds
  if (edited && content.kind !== 'text' && words === '') return IGNORED;
  const group = chat.type !== 'private';
  const text = heard(message, words, group, bot);
  if (text === undefined) return IGNORED;
  return {
    kind: 'said',
    place: {
      chat: chat.id,
      person: from.id,
      group,
      quote: group ? message.message_id : undefined,
      thread: group && message.is_topic_message ? message.message_thread_id : undefined,
    },
    message: said(content, text, edited),
    file: content.kind === 'text' || group || edited ? undefined : content.file,
    album: 'media_group_id' in message ? message.media_group_id : undefined,
    trace: { chat: chat.id, message: message.message_id, at: message.date * 1000 },
  };
}

/** Where somebody edits words under a picture, the picture is the one they have sent before. */
function said(content: Content, text: string, edited: boolean): Message {
  if (edited) return { kind: 'edited', text };
  if (content.kind === 'text') return { kind: 'text', text };
  return { kind: 'unsupported', what: content.what, ...(text === '' ? {} : { caption: text }) };
}

/**
 * A pressed button is a typed text: what a forged one carries could have been typed as well. Messages older than 48 hours come without their
 * content, and buttons under inline results without any message; the first are answered, the second we never send.
 */
function fromPress({ id, from, message, ...rest }: CallbackQuery): Translated {
  const data = 'data' in rest && typeof rest.data === 'string' ? rest.data : '';
  const group = message !== undefined && message.chat.type !== 'private';
  const thread = message !== undefined && 'is_topic_message' in message && message.is_topic_message;
  const place: Place | undefined =
    message === undefined || from.is_bot
      ? undefined
      : {
          chat: message.chat.id,
          person: from.id,
          group,
          quote: group ? message.message_id : undefined,
          thread: group && thread ? message.message_thread_id : undefined,
        };
  return { kind: 'pressed', query: id, place, message: { kind: 'text', text: data } };
}

const fromInline = ({ id, query }: InlineQuery): Translated => ({ kind: 'inline', query: id, words: query });
