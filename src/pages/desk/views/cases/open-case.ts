/** From sealed rows to what they say, through the worker. */
import type { EntryItem } from '../../../../channels/web/desk/contract.ts';
import type { Opened, OpenedEntry } from '../../keys/calls.ts';
import { keys } from '../../keys/keys.ts';

/** A row that does not open, or whose inside tells another author than its outside. */
export type Damaged = Pick<EntryItem, 'id' | 'author' | 'day'>;

type SealedRow = Damaged & { readonly sealed: string };

export interface OpenedCase {
  /** In the order of writing. */
  readonly entries: readonly OpenedEntry[];
  readonly damaged: readonly Damaged[];
}

/** Throws `WorkerError` where the case itself does not open. */
export async function openEntries(caseId: string, wrapped: string, rows: readonly SealedRow[]): Promise<OpenedCase> {
  return sortOut(rows, await keys.call('open', caseId, wrapped, rows.map(itemOf)));
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

/** The same for several cases at once; undefined for one that does not open. */
export async function openMany(
  cases: ReadonlyArray<{ readonly id: string; readonly wrapped: string; readonly rows: readonly SealedRow[] }>,
): Promise<ReadonlyArray<OpenedCase | undefined>> {
  const asked = cases.map(({ id, wrapped, rows }) => ({ id, wrapped, entries: rows.map(itemOf) }));
  const opened = await keys.call('openMany', asked);
  return cases.map(({ rows }, index) => {
    const found = opened[index];
    return found === undefined ? undefined : sortOut(rows, found);
  });
}

const itemOf = ({ id, sealed }: SealedRow) => ({ id, sealed });
