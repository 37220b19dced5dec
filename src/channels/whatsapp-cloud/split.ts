/** Cutting texts that are over WhatsApp's limits. Lengths are UTF-16 units, which is never fewer than what Meta counts. */

/** Where to cut, best first. */
const ENDS = ['\n\n', '\n', ' '] as const;

/**
 * A text with WhatsApp's marks in parts of at most `limit`, the last of them of at most `lastLimit`: cut where a paragraph ends, else after a line, else
 * between words. Bold that is cut in two is closed and opened again.
 */
export function split(text: string, limit: number, lastLimit: number = limit): string[] {
  const whole = text.trim();
  if (whole.length <= lastLimit) return whole === '' ? [] : [whole];
  const { head, tail } = halves(whole, tailStart(whole, lastLimit - 1));
  return [...forward(head, limit), tail];
}

/** Parts filled from the first to the last. */
function forward(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const { head, tail } = halves(rest, headEnd(rest, limit - 1));
    parts.push(head);
    rest = tail;
  }
  return rest === '' ? parts : [...parts, rest];
}

/** A cut that leaves a first part at least half full, if there is a good one. */
function headEnd(text: string, limit: number): number {
  for (const end of ENDS) {
    const at = text.lastIndexOf(end, limit);
    if (at >= limit / 2) return at;
  }
  return whole(text, limit);
}

/** A cut that leaves as much as fits for the last part; where paragraphs are long, a line or a word is better than next to nothing. */
function tailStart(text: string, limit: number): number {
  const earliest = text.length - limit;
  for (const end of ENDS) {
    const at = text.indexOf(end, earliest);
    if (at !== -1 && at <= text.length - Math.min(limit / 4, 100)) return at;
  }
  return whole(text, earliest + 1);
}

/** Never between the two halves of an emoji. */
const whole = (text: string, at: number): number => (/[\uD800-\uDBFF]/.test(text.charAt(at - 1)) ? at - 1 : at);

/** Both sides of a cut. The one character kept free on each side is for a bold mark. */
function halves(text: string, at: number): { head: string; tail: string } {
  const head = text.slice(0, at).trimEnd();
  const tail = text.slice(at).trimStart();
  // every other `*` was replaced, and bold ends with the line
  const open = (head.slice(head.lastIndexOf('\n') + 1).match(/\*/g)?.length ?? 0) % 2 === 1;
  if (!open) return { head, tail };
  return head.endsWith('*')
    ? { head: head.slice(0, -1).trimEnd(), tail: `*${tail}` }
    : { head: `${head}*`, tail: `*${tail}` };
}
