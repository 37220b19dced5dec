/** Reading a receipt as people write it: from paper, by voice, with a phone that corrects. */
import { type NearWord, nearWords } from './near-words.ts';
import { asReceipt, isWord, LENGTH, type Receipt } from './receipt-words.ts';

export type ReadReceipt =
  | { readonly kind: 'receipt'; readonly receipt: Receipt }
  /** One or more words were near misses and have been mended; `repairs` says which (places from 1). */
  | { readonly kind: 'repaired'; readonly receipt: Receipt; readonly repairs: readonly Repair[] }
  /** A word that is not in the list and has no single near miss that fits; up to three that are like it. */
  | { readonly kind: 'unknown-word'; readonly place: number; readonly word: string; readonly near: readonly string[] }
  | { readonly kind: 'count'; readonly found: number }
  /** All words are in the list, but they do not belong together. */
  | { readonly kind: 'checksum' };

export interface Repair {
  readonly place: number;
  readonly from: string;
  readonly to: string;
}

/** Characters that are read: ten words with numbers between them need 120. */
const MOST_READ = 2_000;
/** Unknown words that are mended: a text with more is no mistyped receipt. */
const MOST_MENDED = 4;
/** Letters from which on a word may have two typos: shorter ones have too many neighbours. */
const LONG = 6;
/** Readings that are tried. Each one that is not meant passes the checksum by a chance of 1 in 2,048. */
const MOST_TRIED = 64;
/** Letters of an unknown word that are said back. */
const MOST_SAID = 30;

/** Never throws. A receipt is also found between other words; mistyped words are mended only where there are just ten. */
export function readReceipt(text: string): ReadReceipt {
  const words = wordsOf(text.slice(0, MOST_READ));
  const receipt = findReceipt(words);
  if (receipt !== undefined) return { kind: 'receipt', receipt };
  if (words.length !== LENGTH) return { kind: 'count', found: words.length };
  const unknown = words.flatMap((word, at) => (isWord(word) ? [] : [{ word, at }]));
  if (unknown.length === 0) return { kind: 'checksum' };
  const looked = unknown
    .slice(0, unknown.length > MOST_MENDED ? 1 : MOST_MENDED)
    .map(({ word, at }) => lookAt(word, at));
  // one typo in a word is far likelier than two
  const mended = looked.length < unknown.length ? undefined : (mend(words, looked, 1) ?? mend(words, looked, 2));
  return mended ?? nameUnknown(looked);
}

/** A text of so many words, of which so many stand in the list, is a receipt with a mistake in it rather than a sentence. */
const LIKE = { least: LENGTH - 1, most: LENGTH + 1, known: LENGTH - 2 };

/** True where a text is most likely a receipt, also one that cannot be mended. Of 30,468 questions none is. */
export function looksLikeReceipt(text: string): boolean {
  const words = wordsOf(text.slice(0, MOST_READ));
  const known = words.filter(isWord).length;
  return words.length >= LIKE.least && words.length <= LIKE.most && known >= LIKE.known;
}

/** True where a text holds a whole valid receipt somewhere: it would give itself away. */
export const holdsReceipt = (text: string): boolean => findReceipt(wordsOf(text)) !== undefined;

/** The words of a text, without case, accents, numbers, and signs. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

/** The first ten words on end that are a receipt. */
function findReceipt(words: readonly string[]): Receipt | undefined {
  let known = 0;
  for (const [at, word] of words.entries()) {
    known = isWord(word) ? known + 1 : 0;
    const receipt = known < LENGTH ? undefined : asReceipt(words.slice(at + 1 - LENGTH, at + 1));
    if (receipt !== undefined) return receipt;
  }
  return undefined;
}

interface Unknown {
  readonly word: string;
  /** Place from 0. */
  readonly at: number;
  readonly near: readonly NearWord[];
  /** Those of `near` that are near enough to be taken for it. */
  readonly meant: readonly NearWord[];
}

function lookAt(word: string, at: number): Unknown {
  const near = nearWords(word);
  return { word, at, near, meant: near.filter(({ typos }) => typos === 1 || word.length >= LONG) };
}

/** The reading that passes the checksum, where there is just one. */
function mend(words: readonly string[], unknown: readonly Unknown[], typos: number): ReadReceipt | undefined {
  let readings: string[][] = [[...words]];
  for (const { at, meant } of unknown) {
    const candidates = meant.filter((candidate) => candidate.typos <= typos);
    if (readings.length * candidates.length > MOST_TRIED) return undefined;
    readings = readings.flatMap((reading) =>
      candidates.map(({ word }) => reading.map((old, place) => (place === at ? word : old))),
    );
  }
  const [receipt, ...others] = readings.map(asReceipt).filter((found) => found !== undefined);
  if (receipt === undefined || others.length > 0) return undefined;
  const right = receipt.split(' ');
  const repairs = unknown.map(({ word, at }) => ({ place: at + 1, from: word, to: right[at] as string }));
  return { kind: 'repaired', receipt, repairs };
}

/** Names the first word that stands for nothing, or else the first that is not in the list. */
function nameUnknown(unknown: readonly Unknown[]): ReadReceipt {
  const { word, at, near } = unknown.find(({ meant }) => meant.length === 0) ?? (unknown[0] as Unknown);
  return {
    kind: 'unknown-word',
    place: at + 1,
    word: [...word].slice(0, MOST_SAID).join(''),
    near: near.slice(0, 3).map((candidate) => candidate.word),
  };
}
