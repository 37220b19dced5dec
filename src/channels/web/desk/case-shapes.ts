/** Cases as the page gets them: bytes as base64url. */
import { deletionDay, type Keeping } from '../../../reports/keeping.ts';
import type { SealedEntry } from '../../../reports/office.ts';
import type { CaseListing, ListedCase, OpenableRecord } from '../../../reports/office-list.ts';
import type { CaseDetail, CaseItem, CaseList, CaseTexts, EntryItem } from './contract.ts';

/** @param isUpdate the page has the rest already, and must know what is gone */
export const caseList = ({ cases, cursor, ids }: CaseListing, isUpdate: boolean, keeping: Keeping): CaseList => ({
  cases: cases.map(({ texts, ...listed }) => ({ ...itemOf(listed, keeping), first: texts.map(entryItem) })),
  cursor: String(cursor),
  ...(isUpdate ? { ids } : {}),
});

export const caseTexts = (texts: ReadonlyMap<string, readonly SealedEntry[]>): CaseTexts => ({
  cases: [...texts].map(([id, entries]) => ({ id, first: entries.map(entryItem) })),
});

export const caseDetail = (
  { contents, recipient, place, reporters, readers, history, ...listed }: OpenableRecord,
  keeping: Keeping,
) =>
  ({
    ...itemOf(listed, keeping),
    recipient,
    place,
    reporters,
    entries: contents.map(({ id, author, day, sealed, size, undoUntil }) => ({
      id,
      author,
      day,
      sealed: sealed && text(sealed),
      size,
      ...(undoUntil === undefined ? {} : { undoUntil }),
    })),
    readers,
    history,
  }) satisfies CaseDetail;

const itemOf = ({ wrapped, ...listed }: ListedCase, keeping: Keeping): Omit<CaseItem, 'first'> => ({
  ...listed,
  deletedOn: deletionDay(listed, keeping),
  wrapped: text(wrapped),
});

const entryItem = ({ id, author, day, sealed }: SealedEntry): EntryItem => ({ id, author, day, sealed: text(sealed) });

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
