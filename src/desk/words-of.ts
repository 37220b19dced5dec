import type { Entry } from '../sealing/entry.ts';

/** The words of all entries with this part, in order; empty where it was skipped. */
export const wordsOf = (entries: ReadonlyArray<Pick<Entry, 'part' | 'text'>>, part: Entry['part']): string =>
  entries
    .filter((entry) => entry.part === part && entry.text.trim() !== '')
    .map(({ text }) => text)
    .join('\n');
