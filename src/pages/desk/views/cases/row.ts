/** One line of the list: what the server tells of a case, and what was opened of it here. */
import type { CaseItem, EntryItem } from '../../../../channels/web/desk/contract.ts';
import { wordsOf } from '../../../../desk/words-of.ts';
import { nickname } from '../../../../sealing/receipt.ts';
import type { OpenedCase } from './open-case.ts';
import { regionOf } from './region.ts';

/** What a reporter wrote first, in clear. In this page's memory only, and gone when it is locked. */
export interface Texts {
  /** Beginning of what happened, on one line. */
  readonly title: string;
  /** The region that was chosen; the first line of where it happened, where none was. */
  readonly region: string;
  /** Where it happened, plain. */
  readonly where: string;
  /** Everything that can be searched, plain. */
  readonly all: string;
}

export interface Row {
  readonly item: Omit<CaseItem, 'first'>;
  readonly name: string;
  /** Undefined until it is opened. */
  readonly texts: Texts | undefined;
  /** It does not open with this officer's key, or not all of it. */
  readonly damaged: boolean;
  /** What is to be opened; undefined until it has come. */
  readonly sealed: readonly EntryItem[] | undefined;
}

const TITLE = 120;

export function rowOf({ first: _, ...item }: CaseItem, before: Row | undefined): Row {
  // what a reporter wrote is only ever added to; that is read in the case itself
  if (before !== undefined) return { ...before, item };
  return { item, name: nickname(item.id), texts: undefined, damaged: false, sealed: undefined };
}

export function openedRow(row: Row, { entries, damaged }: OpenedCase): Row {
  const what = wordsOf(entries, 'what') || wordsOf(entries, 'text');
  const where = wordsOf(entries, 'where');
  const all = entries.map(({ text }) => text).join(' ');
  return {
    ...row,
    sealed: [],
    damaged: damaged.length > 0,
    texts: {
      title: short(what.replace(/\s+/g, ' ').trim()),
      region: regionOf(where),
      where: plain(where),
      all: plain(`${row.name} ${all}`),
    },
  };
}

/** A case that opens with no key of ours. */
export const lockedRow = (row: Row): Row => ({
  ...row,
  sealed: [],
  damaged: true,
  texts: { title: '', region: '', where: '', all: plain(row.name) },
});

/** As it is compared: small letters, no accents, words with one blank between. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function short(text: string): string {
  const letters = [...text];
  return letters.length <= TITLE ? text : `${letters.slice(0, TITLE).join('')}...`;
}
