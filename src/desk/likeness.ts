/** Which texts are near-identical: the same tip sent again and again, with a word changed here and there. */

/** Share of common shingles from which two texts count as the same (Jaccard). One changed name in a short tip stays below. */
const ALIKE = 0.9;
/** So that a product that comes out a hair above its whole number does not count as the next one. */
const HAIR = 1e-9;
/** Characters of a shingle (Broder 1997). */
const SHINGLE = 5;

export interface Group<T> {
  readonly first: T;
  /** What is alike to the first, in the order given. */
  readonly others: readonly T[];
}

/**
 * Each item joins the first earlier one that it is alike to; only heads are compared, so that likeness does not wander. Texts that are
 * alike share one of their few rarest shingles, so that each is compared with hardly any other (prefix filter, Chaudhuri 2006).
 */
export function foldAlike<T>(items: readonly T[], textOf: (item: T) => string): Group<T>[] {
  const all = items.map((item) => ({ item, shingles: shinglesOf(textOf(item)) }));
  const commonness = new Map<string, number>();
  for (const { shingles } of all)
    for (const shingle of shingles) commonness.set(shingle, (commonness.get(shingle) ?? 0) + 1);
  const groups: Array<{ first: T; others: T[]; shingles: ReadonlySet<string> }> = [];
  const byRare = new Map<string, number[]>();
  for (const { item, shingles } of all) {
    const rare = rarest(shingles, commonness);
    const near = [...new Set(rare.flatMap((shingle) => byRare.get(shingle) ?? []))].sort((a, b) => a - b);
    const found = near.find((at) => alike((groups[at] as { shingles: ReadonlySet<string> }).shingles, shingles));
    if (found !== undefined) groups[found]?.others.push(item);
    else {
      groups.push({ first: item, others: [], shingles });
      for (const shingle of rare) {
        const heads = byRare.get(shingle);
        if (heads) heads.push(groups.length - 1);
        else byRare.set(shingle, [groups.length - 1]);
      }
    }
  }
  return groups.map(({ first, others }) => ({ first, others }));
}

/** Those that are alike to one text, in the order given. */
export function alikeTo<T>(text: string, items: readonly T[], textOf: (item: T) => string): T[] {
  const shingles = shinglesOf(text);
  return shingles.size === 0 ? [] : items.filter((item) => alike(shingles, shinglesOf(textOf(item))));
}

/** Of two alike texts, in one order for all: if they shared none of these, they could not share enough of the rest. */
function rarest(shingles: ReadonlySet<string>, commonness: ReadonlyMap<string, number>): string[] {
  return [...shingles]
    .map((shingle) => ({ shingle, count: commonness.get(shingle) ?? 0 }))
    .sort((a, b) => a.count - b.count || (a.shingle < b.shingle ? -1 : 1))
    .slice(0, shingles.size - Math.ceil(ALIKE * shingles.size - HAIR) + 1)
    .map(({ shingle }) => shingle);
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
  let missing = 0;
  // of n and m shingles, so many in one and not in the other are the end of it
  const most = small.size - (ALIKE * (small.size + large.size)) / (1 + ALIKE) + HAIR;
  for (const shingle of small) if (!large.has(shingle) && ++missing > most) return false;
  const common = small.size - missing;
  return common / (small.size + large.size - common) >= ALIKE;
}
