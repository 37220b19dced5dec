import { type Span, spans } from '../../conversation/message.ts';

/**
 * A `*` in a plain text would begin bold on WhatsApp, which knows no escapes; these look the same and do not. `_` and `~` only work in pairs around
 * words, and stay what they are elsewhere: inside an address, say.
 */
const STAR = '∗';
const GRAVE = 'ˋ';
const PAIRS = [
  [/(?<![\p{L}\p{N}_/])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/gu, 'ˍ$1ˍ'],
  [/(?<![\p{L}\p{N}~/])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/gu, '∼$1∼'],
] as const;

/** A reply's text with WhatsApp's marks: `*bold*`, line by line, since its bold ends with the line. */
export function toMarks(text: string): string {
  return spans(text).map(mark).join('');
}

/** The text without anything that WhatsApp would take for a mark. */
export function unmarked(text: string): string {
  const safe = text.replaceAll('*', STAR).replaceAll('`', GRAVE);
  return PAIRS.reduce((before, [pair, lookAlike]) => before.replace(pair, lookAlike), safe);
}

function mark({ text, bold }: Span): string {
  const safe = unmarked(text);
  if (!bold) return safe;
  // marks only work against a letter, not against a space
  return safe.replace(/^([^\S\n]*)(\S(?:.*\S)?)([^\S\n]*)$/gm, '$1*$2*$3');
}
