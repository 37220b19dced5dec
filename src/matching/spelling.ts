import Fuse from 'fuse.js';

/** Typos are repaired only in words at least this long: shorter ones have too many neighbours. */
export const MIN_REPAIR = 4;
/** Share of letter pairs, 0 to 1, that a word must have in common with what it could be. */
const MIN_OVERLAP = 0.4;
/** How many of the words that share most letter pairs are looked at closely. */
const CANDIDATES = 12;

/** Letters wrong, missing, too many or swapped that a word of this length may have. */
const tolerance = (length: number): number => (length < 8 ? 1 : 2);

/** A closed list of correctly spelt words, and which of them a misspelt word most likely is. */
export class Spelling {
  readonly #words: readonly string[];
  readonly #byPair = new Map<number, Int32Array>();
  readonly #shared: Uint8Array;
  readonly #remembered = new Map<string, string | null>();

  constructor(words: Iterable<string>) {
    this.#words = [...new Set(words)].filter((word) => word.length >= MIN_REPAIR).sort();
    this.#shared = new Uint8Array(this.#words.length);
    const lists = new Map<number, number[]>();
    this.#words.forEach((word, index) => {
      for (const pair of new Set(letterPairs(word))) {
        const list = lists.get(pair);
        if (list) list.push(index);
        else lists.set(pair, [index]);
      }
    });
    for (const [pair, list] of lists) this.#byPair.set(pair, Int32Array.from(list));
  }

  /** The listed word that `word` most likely is, or null where none is near enough. */
  repair(word: string): string | null {
    const remembered = this.#remembered.get(word);
    if (remembered !== undefined) return remembered;
    const found = this.#nearest(word);
    if (this.#remembered.size > 20_000) this.#remembered.clear();
    this.#remembered.set(word, found);
    return found;
  }

  #nearest(word: string): string | null {
    if (word.length < MIN_REPAIR) return null;
    const allowed = tolerance(word.length);
    const near = this.#similar(word).filter((candidate) => distance(word, candidate, allowed) <= allowed);
    if (near.length < 2) return near[0] ?? null;
    // several are as few letters away: Fuse weighs where in the word they differ
    return new Fuse(near, { threshold: 1, ignoreLocation: true }).search(word)[0]?.item ?? null;
  }

  /** The words that share most letter pairs with this one, best first. */
  #similar(word: string): string[] {
    const touched: number[] = [];
    const pairs = new Set(letterPairs(word));
    for (const pair of pairs) {
      for (const index of this.#byPair.get(pair) ?? []) {
        if (this.#shared[index] === 0) touched.push(index);
        this.#shared[index] = (this.#shared[index] as number) + 1;
      }
    }
    const scored: Array<{ index: number; overlap: number }> = [];
    for (const index of touched) {
      const length = (this.#words[index] as string).length;
      const overlap = (2 * (this.#shared[index] as number)) / (length + 1 + pairs.size);
      this.#shared[index] = 0;
      if (overlap >= MIN_OVERLAP && Math.abs(length - word.length) <= 2) scored.push({ index, overlap });
    }
    scored.sort((a, b) => b.overlap - a.overlap || a.index - b.index);
    return scored.slice(0, CANDIDATES).map(({ index }) => this.#words[index] as string);
  }
}

/** Neighbouring letters as numbers, with the word's edges. */
function letterPairs(word: string): number[] {
  const out: number[] = [];
  let previous = 0;
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i) & 0xff;
    out.push((previous << 8) | code);
    previous = code;
  }
  out.push(previous << 8);
  return out;
}

/**
 * Letters to change, add, remove or swap with a neighbour to come from one word to the other (optimal string alignment; Damerau 1964). Gives
 * up above `most` and returns `most + 1`.
 */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
