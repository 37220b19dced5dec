/** From sealed rows to what they say, through the worker. */
import type { EntryItem } from '../../../../channels/web/desk/contract.ts';
import type { Opened, OpenedEntry } from '../../keys/calls.ts';
import { keys } from '../../keys/keys.ts';

/** A row that does not open, or whose inside tells another author than its outside. */
export type Damaged = Pick<EntryItem, 'id' | 'author' | 'day'>;

export interface OpenedCase {
  /** In the order of writing. */
  readonly entries: readonly OpenedEntry[];
  readonly damaged: readonly Damaged[];
}

/** Throws `WorkerError` where the case itself does not open. */
export async function openEntries(
  caseId: string,
  wrapped: string,
  rows: ReadonlyArray<Damaged & { readonly sealed: string }>,
): Promise<OpenedCase> {
  const items = rows.map(({ id, sealed }) => ({ id, sealed }));
  return sortOut(rows, await keys.call('open', caseId, wrapped, items));
}

/** @param opened one for each row */
export function sortOut(rows: readonly Damaged[], opened: readonly Opened[]): OpenedCase {
  const entries: OpenedEntry[] = [];
  const damaged: Damaged[] = [];
  rows.forEach((row, index) => {
    const one = opened[index];
    if (one?.ok && one.entry.author === row.author) entries.push(one.entry);
    else damaged.push({ id: row.id, author: row.author, day: row.day });
  });
  entries.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return { entries, damaged };
}
