import { type Span, spans } from '../../conversation/message.ts';

/** A `*` in a plain text would begin bold on WhatsApp, which knows no escapes; this looks the same and does not. */
const STAR = '∗';

/** A reply's text with WhatsApp's marks: `*bold*`, line by line, since its bold ends with the line. */
export function toMarks(text: string): string {
  return spans(text).map(mark).join('');
}

function mark({ text, bold }: Span): string {
  const safe = text.replaceAll('*', STAR);
  if (!bold) return safe;
  // marks only work against a letter, not against a space
  return safe.replace(/^([^\S\n]*)(\S(?:.*\S)?)([^\S\n]*)$/gm, '$1*$2*$3');
}
