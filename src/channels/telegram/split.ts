import { type Span, spans } from '../../conversation/message.ts';
import { toHtml } from './html.ts';

/** Telegram's limit for one message, in UTF-16 units. It counts without the tags; we count with them, which is never too much. */
export const MESSAGE_LIMIT = 4096;

/**
 * A reply's text as the HTML of one or more messages. Cut where a paragraph ends if that leaves a message at least half full, else where a line
 * ends, else between words; a tag never spans two messages.
 */
export function htmlMessages(text: string, limit: number = MESSAGE_LIMIT): string[] {
  const whole = toHtml(spans(text));
  if (whole.length <= limit) return whole.trim() === '' ? [] : [whole];
  const messages: string[] = [];
  let lines: string[] = [];
  let length = 0;
  const close = (count: number) => {
    messages.push(lines.slice(0, count).join('\n'));
    lines = lines.slice(count);
    length = lines.reduce((sum, line) => sum + line.length + 1, 0);
  };
  for (const line of linesOf(text).flatMap((runs) => fitting(runs, limit).map(toHtml))) {
    while (lines.length > 0 && length + line.length > limit) close(paragraphEnd(lines, length / 2));
    lines.push(line);
    length += line.length + 1;
  }
  close(lines.length);
  return messages.map((message) => message.trim()).filter((message) => message !== '');
}

/** How many of the lines come before the last empty one, if those are at least `least` long; else all of them. */
function paragraphEnd(lines: readonly string[], least: number): number {
  const empty = lines.lastIndexOf('');
  const before = lines.slice(0, Math.max(empty, 0)).reduce((sum, line) => sum + line.length + 1, 0);
  return empty > 0 && before >= least ? empty : lines.length;
}

/** The runs of each line; a bold run over several lines becomes one for each. */
function linesOf(text: string): Span[][] {
  const lines: Span[][] = [[]];
  for (const { text: run, bold } of spans(text))
    for (const [i, part] of run.split('\n').entries()) {
      if (i > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part, bold });
    }
  return lines;
}

/** The line itself, or its pieces where it alone is too long. */
function fitting(line: Span[], limit: number): Span[][] {
  if (toHtml(line).length <= limit) return [line];
  // a character may become five ("&amp;"), and a run's tags take seven
  const most = Math.floor((limit - 7) / 5);
  return line.flatMap(({ text, bold }) => words(text, most).map((piece) => [{ text: piece, bold }]));
}

function words(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const space = rest.lastIndexOf(' ', most);
    let end = space > most / 2 ? space : most;
    // never between the two halves of an emoji
    if (/[\uD800-\uDBFF]/.test(rest.charAt(end - 1))) end--;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}
