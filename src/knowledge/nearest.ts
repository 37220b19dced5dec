/** Which of a closed list a misspelt word most likely is. */

/** Share of letter pairs, 0 to 1, from which two words count as meant the same. */
const ALIKE = 0.5;
const MOST = 3;

/** The entries that are most like the word, best first; none where none is like it. */
export function nearest(word: string, list: Iterable<string>): string[] {
  const pairs = letterPairs(word);
  return [...list]
    .map((entry) => ({ entry, share: shared(pairs, letterPairs(entry)) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

/** `did you mean a, b?`, or the other advice where nothing is near. */
export function didYouMean(word: string, list: Iterable<string>, otherwise: string): string {
  const near = nearest(word, list);
  return near.length > 0 ? `did you mean ${near.join(', ')}?` : otherwise;
}

/** Neighbouring letters, with the word's edges. */
const letterPairs = (word: string): ReadonlySet<string> => {
  const edged = ` ${word.toLowerCase()} `;
  return new Set(Array.from({ length: edged.length - 1 }, (_, i) => edged.slice(i, i + 2)));
};

/** Dice's coefficient (1945). */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both++;
  return (2 * both) / (a.size + b.size);
}
