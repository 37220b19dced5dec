/** Longest message, in UTF-16 units. WhatsApp takes far more, but folds it away behind "read more". */
export const MESSAGE_LIMIT = 4_000;

/** The text in parts of at most `limit`: cut where a paragraph ends if that leaves a part at least half full, else after a line, else between words. */
export function split(text: string, limit: number = MESSAGE_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = cut(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function cut(text: string, limit: number): number {
  for (const end of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(end, limit);
    if (at >= limit / 2) return at;
  }
  // never between the two halves of an emoji
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}
