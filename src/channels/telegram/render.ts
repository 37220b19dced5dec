/** Replies as Telegram messages: HTML, and buttons under the last part. */
import type { InlineKeyboardButton } from 'telegraf/types';
import { plain, type Reply } from '../../conversation/message.ts';
import { fitsButton, keyboard } from './keyboard.ts';
import { htmlMessages } from './split.ts';

/** One message to send. */
export interface Outgoing {
  readonly html: string;
  readonly keyboard: readonly InlineKeyboardButton[][];
}

/** Messages for the replies of one turn, in order. */
export function render(replies: readonly Reply[]): Outgoing[] {
  const outgoing: Outgoing[] = [];
  // the conversation counts the choices of all replies of a turn as one list
  let number = 1;
  for (const { text, choices } of replies) {
    const typedOnly = choices.flatMap((choice, i) =>
      fitsButton(choice) ? [] : [`${number + i}. ${plain(choice.label)}`],
    );
    number += choices.length;
    const messages = htmlMessages([text, ...(typedOnly.length > 0 ? ['', ...typedOnly] : [])].join('\n'));
    messages.forEach((html, i) => {
      outgoing.push({ html, keyboard: i === messages.length - 1 ? keyboard(choices) : [] });
    });
  }
  return outgoing;
}
