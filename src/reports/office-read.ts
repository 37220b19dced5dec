/** What officers read: rows as the desk sees them, and what reading leaves behind. */
import type { Id } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import { inOneChange } from '../store/reports/change.ts';
import {
  type CaseRow,
  type CaseView,
  caseViews,
  changeCase,
  entriesOf,
  lockCase,
  markRead,
  reportersOf,
  wrappedKey,
} from '../store/reports/office.ts';
import { isActive } from '../store/reports/officers.ts';
import { dayOf, secondOf } from './days.ts';
import type { CaseRecord, CaseSummary, Status } from './office.ts';

export const summary = (view: CaseView): CaseSummary => ({
  id: view.id,
  kind: view.kind,
  status: view.status as Status,
  day: view.day,
  changed: view.changed,
  closed: view.closed ?? undefined,
  version: view.version,
  entries: view.entries,
  unread: view.unread,
  holds: view.holds,
  readable: view.readable,
  follows: view.follows ?? undefined,
});

/**
 * The whole case. Without a key it is read by nobody: nothing is marked, and its sealed contents are not given out. `unread` is what
 * it was before.
 */
export function readCase(db: Database, now: number, officer: Id, id: Id): Promise<CaseRecord | undefined> {
  return inOneChange(db, async ({ trx, audit }): Promise<CaseRecord | undefined> => {
    if (!(await isActive(trx, officer)) || !(await lockCase(trx, id))) return undefined;
    const wrapped = await wrappedKey(trx, id, officer);
    const [before] = await caseViews(trx, officer, id);
    if (!before) return undefined;
    if (wrapped !== undefined) await markOpened(trx, before, dayOf(now));
    const [after = before] = await caseViews(trx, officer, id);
    const entries = wrapped === undefined ? [] : await entriesOf(trx, id);
    if (wrapped !== undefined) {
      await markRead(trx, id, reportersAmong(entries), officer);
      audit({ at: secondOf(now), actor: officer, event: 'opened', case: id });
    }
    return {
      ...summary(after),
      recipient: after.recipient as RecipientText,
      place: after.places,
      wrapped,
      reporters: (await reportersOf(trx, id)) as RecipientText[],
      contents: entries.map(({ case_id: _, ...entry }) => entry),
    };
  });
}

/** What the first look by somebody with a key changes: the reporter sees that it was opened. */
export async function markOpened(trx: Database, row: CaseRow, day: string): Promise<void> {
  if (row.opened !== null && row.status !== 'new') return;
  const status = row.status === 'new' ? 'reading' : row.status;
  await changeCase(trx, row.id, { status, opened: row.opened ?? day, changed: day, version: row.version + 1 });
}

export const reportersAmong = (entries: ReadonlyArray<{ readonly id: Id; readonly author: string }>): Id[] =>
  entries.filter(({ author }) => author === 'reporter').map(({ id }) => id);
