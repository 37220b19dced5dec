import type { MessageEntity, Message as TelegramMessage } from 'telegraf/types';

/** Who we are on Telegram. */
export interface Bot {
  readonly id: number;
  /** Without the @. */
  readonly username: string;
}

/** A deep link's payload that can be a rule: `t.me/bot?start=medsos-like`. */
const DEEP_LINK = /^\/start\s+([a-z0-9]+(?:-[a-z0-9]+)*)\s*$/;
/** A command and the bot it names. */
const COMMAND = /^\s*(\/\w+)(?:@(\w+))?/;

/**
 * What we are to hear of a message: its text without our name in it, or undefined where it is not meant for us. In a private chat everything is;
 * in a group a command with our name, a mention, or a reply to one of our messages.
 */
export function heard(message: TelegramMessage, text: string, group: boolean, bot: Bot): string | undefined {
  const named = COMMAND.exec(text)?.[2];
  const command = named !== undefined && same(named, bot.username);
  if (group && named !== undefined && !command) return undefined;
  const mention = withoutMentions(message, text, bot);
  if (group && !command && mention === undefined && !repliesToUs(message, bot)) return undefined;
  const rest = (mention ?? text).trim();
  // our name and nothing else is a call for help
  if (mention !== undefined && rest === '') return '/bantuan';
  const typed = command ? rest.replace(COMMAND, '$1') : rest;
  return typed.replace(DEEP_LINK, '/aturan $1');
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function repliesToUs(message: TelegramMessage, bot: Bot): boolean {
  return 'reply_to_message' in message && message.reply_to_message?.from?.id === bot.id;
}

/** The text with mentions of us taken out; undefined where there are none. */
function withoutMentions(message: TelegramMessage, text: string, bot: Bot): string | undefined {
  let rest = text;
  // mentions of a bot by its display name, from the last to the first so that the offsets stay right
  for (const { offset, length } of entitiesOf(message)
    .filter((entity) => entity.type === 'text_mention' && entity.user.id === bot.id)
    .sort((a, b) => b.offset - a.offset))
    rest = `${rest.slice(0, offset)} ${rest.slice(offset + length)}`;
  // user names are letters, digits and _, so nothing in them has to be escaped; "/cmd@name" and "mail@name" are no mentions
  rest = rest.replace(new RegExp(`(?<![\\w@/.])@${bot.username}(?!\\w)`, 'gi'), ' ');
  return rest === text ? undefined : rest.replace(/ {2,}/g, ' ').trim();
}

function entitiesOf(message: TelegramMessage): readonly MessageEntity[] {
  if ('text' in message) return message.entities ?? [];
  return ('caption_entities' in message && message.caption_entities) || [];
}
