/** How choices are shown: as buttons, as a list, or as numbered lines to be typed. */
import { type Choice, plain } from '../../conversation/message.ts';
import { titles } from './titles.ts';

/** WhatsApp's limits. */
const MOST_BUTTONS = 3;
const MOST_ROWS = 10;
const BUTTON_TITLE = 20;
const ROW_TITLE = 24;
const ROW_DESCRIPTION = 72;
const ID = 200;
/** A button's label may lose this share of its characters; what remains is still understood. A list shows the whole label beside it. */
const MOST_LOST = 0.2;

export interface Button {
  readonly id: string;
  readonly title: string;
}

export interface Row extends Button {
  /** The whole label, where the title had to be cut. */
  readonly description?: string;
}

export type Form =
  | { readonly kind: 'none' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'list'; readonly rows: readonly Row[] }
  | { readonly kind: 'numbered'; readonly labels: readonly string[] };

/** The best form for these choices. Whatever it is, a typed number or label does the same. */
export function formOf(choices: readonly Choice[]): Form {
  if (choices.length === 0) return { kind: 'none' };
  const labels = choices.map(({ label }) => plain(label).replace(/\s+/g, ' ').trim());
  const ids = choices.map(({ send }) => send);
  const pressable = ids.every((id) => id.trim() !== '' && id.length <= ID) && new Set(ids).size === ids.length;
  if (
    !pressable ||
    choices.length > MOST_ROWS ||
    labels.some((label) => label === '' || label.length > ROW_DESCRIPTION)
  )
    return { kind: 'numbered', labels };
  const short = choices.length <= MOST_BUTTONS ? buttonTitles(labels) : undefined;
  if (short) return { kind: 'buttons', buttons: ids.map((id, i) => ({ id, title: short[i] ?? '' })) };
  const rows = titles(labels, ROW_TITLE).map((title, i) => {
    const [id = '', label = ''] = [ids[i], labels[i]];
    return { id, title, ...(title === label ? {} : { description: label }) };
  });
  return { kind: 'list', rows };
}

/** Titles for buttons, or undefined where one of them would lose its meaning. */
function buttonTitles(labels: readonly string[]): string[] | undefined {
  const short = titles(labels, BUTTON_TITLE);
  return short.every((title, i) => keepsMeaning(title, labels[i] ?? '')) ? short : undefined;
}

function keepsMeaning(title: string, label: string): boolean {
  if (title === label) return true;
  // the same label twice is told apart by its number alone
  return title.endsWith('…') && title.length - 1 >= label.length * (1 - MOST_LOST);
}
