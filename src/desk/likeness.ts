/** Which texts are near-identical: the same tip sent again and again, with a word changed here and there. */

/** Share of common shingles from which two texts count as the same (Jaccard). One changed name in a short tip stays below. */
const ALIKE = 0.9;
/** Characters of a shingle (Broder 1997). */
const SHINGLE = 5;

export interface Group<T> {
  readonly first: T;
  /** What is alike to the first, in the order given. */
  readonly others: readonly T[];
}

/** Each item joins the first earlier one that it is alike to; only heads are compared, so that likeness does not wander. */
export function foldAlike<T>(items: readonly T[], textOf: (item: T) => string): Group<T>[] {
  const groups: Array<{ first: T; others: T[]; shingles: ReadonlySet<string> }> = [];
  for (const item of items) {
    const shingles = shinglesOf(textOf(item));
    const group = shingles.size === 0 ? undefined : groups.find((known) => alike(known.shingles, shingles));
    if (group) group.others.push(item);
    else groups.push({ first: item, others: [], shingles });
  }
  return groups.map(({ first, others }) => ({ first, others }));
}

function shinglesOf(text: string): Set<string> {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (bare.length <= SHINGLE) return new Set(bare === '' ? [] : [bare]);
  return new Set(Array.from({ length: bare.length - SHINGLE + 1 }, (_, i) => bare.slice(i, i + SHINGLE)));
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < ALIKE * large.size) return false;
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return common / (small.size + large.size - common) >= ALIKE;
}
