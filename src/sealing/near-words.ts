/** Which words of the list a mistyped word may be. */
import { WORDS } from './words.ts';

const MOST = 2;

export interface NearWord {
  readonly word: string;
  /** 1 or 2. A letter repeated by a held key counts as one, however often. */
  readonly typos: number;
}

/** The words up to two typos away: those with fewest first, of these the ones with the same first letter, which is seldom mistyped. */
export function nearWords(typed: string): NearWord[] {
  const single = withoutRepeats(typed);
  const letters = lettersOf(typed);
  const near: NearWord[] = [];
  for (const [at, word] of WORDS.entries()) {
    const others = LETTERS[at] as number;
    // a typo brings in one letter at most and takes one away
    if (bits(letters & ~others) > MOST || bits(others & ~letters) > MOST) continue;
    const typos = single === SINGLE[at] ? 1 : typosBetween(typed, word, MOST);
    if (typos <= MOST) near.push({ word, typos });
  }
  const begins = ({ word }: NearWord): number => (word[0] === typed[0] ? 0 : 1);
  return near.sort((a, b) => a.typos - b.typos || begins(a) - begins(b));
}

const withoutRepeats = (word: string): string => word.replace(/(.)\1+/g, '$1');
const SINGLE = WORDS.map(withoutRepeats);

/** A bit for each letter that a word has. */
const lettersOf = (word: string): number => {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
};
const LETTERS = WORDS.map(lettersOf);

function bits(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/**
 * Letters to change, add, remove or swap with a neighbour to come from one word to the other (optimal string alignment; Damerau
 * 1964), or `most + 1` where it is more than `most`.
 */
export function typosBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const changed = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, changed);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] as number, most + 1);
}
