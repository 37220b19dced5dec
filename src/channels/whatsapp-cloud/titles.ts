/** Labels on buttons and rows, within WhatsApp's limits. Lengths are UTF-16 units, which is never fewer than what Meta counts. */

const characters = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** At most `limit` long: the rest becomes an ellipsis, and no emoji or accent is cut in two. */
export function cut(label: string, limit: number): string {
  if (label.length <= limit) return label;
  let kept = '';
  for (const { segment } of characters.segment(label)) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/** Titles cut to `limit`, all different: WhatsApp refuses two that are the same. */
export function titles(labels: readonly string[], limit: number): string[] {
  const taken = new Set<string>();
  return labels.map((label) => {
    let title = cut(label, limit);
    for (let count = 2; taken.has(title); count++) title = `${cut(label, limit - ` (${count})`.length)} (${count})`;
    taken.add(title);
    return title;
  });
}
