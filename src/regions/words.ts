/** The words of a name or of what somebody typed, in one spelling. */
import { ABBREVIATIONS, FORMER } from './abbreviations.ts';

export const KINDS = ['provinsi', 'kota', 'kabupaten'] as const;
export type Kind = (typeof KINDS)[number];

export const asKind = (word: string | undefined): Kind | undefined => KINDS.find((kind) => kind === word);

/** Words that tell no region from another. */
const EMPTY = new Set(['di', 'daerah', 'wilayah', 'istimewa', 'khusus', 'ibukota', 'administrasi', 'indonesia']);

/** Lower case without diacritics; abbreviations and former names replaced; without words that say nothing. */
export function wordsOf(text: string): string[] {
  const plain = split(text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  let known = plain.flatMap((word) => split(ABBREVIATIONS.get(word) ?? word)).join(' ');
  for (const [former, now] of FORMER) if (` ${known} `.includes(` ${former} `)) known = known.replace(former, now);
  return split(known).filter((word) => !EMPTY.has(word));
}

const split = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
