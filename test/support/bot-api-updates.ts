/** What people do in Telegram, as the Bot API would report it. */

export interface SendOptions {
  /** The sender; in private chats the chat itself. */
  readonly from?: number;
  readonly fromBot?: boolean;
  /** Message that it replies to; its author is the bot if `replyToBot`. */
  readonly replyTo?: number;
  readonly replyToBot?: boolean;
  readonly updateId?: number;
  /** Seconds since 1970. */
  readonly date?: number;
  /** Report it as an edit of this message. */
  readonly editOf?: number;
  /** Forum topic. */
  readonly thread?: number;
  readonly channel?: boolean;
  /** Further fields of the message, such as `via_bot`. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface BotIdentity {
  readonly id: number;
  readonly username: string;
}

export const user = (id: number, bot = false) => ({ id, is_bot: bot, first_name: `Orang ${id}`, language_code: 'id' });

export function chatOf(id: number, channel = false) {
  if (channel) return { id, type: 'channel', title: `Kanal ${id}` };
  return id < 0 ? { id, type: 'supergroup', title: `Grup ${id}` } : { id, type: 'private', first_name: `Orang ${id}` };
}

/** Commands and mentions, as Telegram marks them. */
export function entitiesIn(text: string): Array<{ type: string; offset: number; length: number }> {
  return [...text.matchAll(/(?<![\w/])\/\w{1,64}(?:@\w{3,32})?|(?<![\w@/])@\w{3,32}/g)].map((match) => ({
    type: match[0].startsWith('/') ? 'bot_command' : 'mention',
    offset: match.index,
    length: match[0].length,
  }));
}

/** A message with `content` (`{ text }`, `{ photo: ... }`, ...) in it. */
export function message(
  bot: BotIdentity,
  id: number,
  chat: number,
  content: Readonly<Record<string, unknown>>,
  options: SendOptions,
): Record<string, unknown> {
  const text = typeof content.text === 'string' ? content.text : undefined;
  const caption = typeof content.caption === 'string' ? content.caption : undefined;
  const marks = entitiesIn(text ?? caption ?? '');
  const date = options.date ?? Math.floor(Date.now() / 1000);
  const author = options.replyToBot ? { ...user(bot.id, true), username: bot.username } : user(1);
  const reply = options.replyTo !== undefined || options.replyToBot;
  return {
    message_id: options.editOf ?? id,
    date,
    chat: chatOf(chat, options.channel),
    ...(options.channel ? {} : { from: user(options.from ?? Math.abs(chat), options.fromBot) }),
    ...(options.editOf === undefined ? {} : { edit_date: date }),
    ...(options.thread === undefined ? {} : { message_thread_id: options.thread, is_topic_message: true }),
    ...(marks.length === 0 ? {} : { [text === undefined ? 'caption_entities' : 'entities']: marks }),
    ...(reply
      ? { reply_to_message: { message_id: options.replyTo ?? 1, date, chat: chatOf(chat), from: author, text: 'x' } }
      : {}),
    ...content,
    ...options.extra,
  };
}
