import type { InlineKeyboardButton } from 'telegraf/types';
import { type Choice, plain } from '../../conversation/message.ts';

const LABEL_LIMIT = 40;
/** Labels up to this length fit beside each other on a narrow phone. */
const SHORT_LABEL = 18;
/** Telegram's limit for callback data, in bytes of UTF-8. */
const DATA_LIMIT = 64;

/** True where a choice can be a button; the others are numbered lines. */
export function fitsButton({ label, send }: Choice): boolean {
  const bytes = Buffer.byteLength(send);
  return bytes >= 1 && bytes <= DATA_LIMIT && plain(label).trim() !== '';
}

/** Choices as rows of buttons: two short ones side by side, long ones alone. */
export function keyboard(choices: readonly Choice[]): InlineKeyboardButton[][] {
  const rows: InlineKeyboardButton[][] = [];
  let open: InlineKeyboardButton[] | undefined;
  for (const choice of choices.filter(fitsButton)) {
    const text = shortened(plain(choice.label).trim());
    const button = { text, callback_data: choice.send };
    if ([...text].length > SHORT_LABEL) {
      rows.push([button]);
      open = undefined;
    } else if (open) {
      open.push(button);
      open = undefined;
    } else {
      open = [button];
      rows.push(open);
    }
  }
  return rows;
}

/** At most forty characters, counted as code points so that no emoji is cut in two. */
function shortened(label: string): string {
  const characters = [...label];
  if (characters.length <= LABEL_LIMIT) return label;
  return `${characters
    .slice(0, LABEL_LIMIT - 1)
    .join('')
    .trimEnd()}…`;
}
