/** Taking back what was written a moment ago, before anybody but officers has seen it. */
import type { Id } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import type { CaseRow } from '../store/reports/office.ts';
import { takeBackAnswer } from '../store/reports/questions.ts';
import { inheritStatus, insertRevocable, takeBackEntry } from '../store/reports/revocable.ts';
import type { Act } from './case-change.ts';
import type { NewEntry, Refusal } from './office.ts';

/** @param row the case before the entry was written @param until milliseconds since 1970 */
export const letTakeBack = (
  trx: Database,
  row: CaseRow,
  { id, author }: NewEntry,
  { officer, until }: { readonly officer: Id; readonly until: number },
): Promise<void> =>
  insertRevocable(trx, {
    case_id: row.id,
    entry_id: id,
    officer,
    visible_at: until,
    status_before: author === 'note' ? null : row.status,
  });

export async function takeBack(
  trx: Database,
  row: CaseRow,
  { entry, officer, now }: { readonly entry: Id; readonly officer: Id; readonly now: number },
): Promise<Act | Refusal> {
  const taken = await takeBackEntry(trx, { case: row.id, entry, officer, now });
  if (taken === undefined) return 'wrong-state';
  const event = 'taken-back';
  const before = taken.status_before;
  if (before === null) return { changes: {}, event };
  if (row.kind === 'question') {
    if (!(await takeBackAnswer(trx, row.id, now))) return 'wrong-state';
    return { changes: { status: before, closed: null }, event };
  }
  const othersWait = await inheritStatus(trx, row.id, before, now);
  // what somebody has set meanwhile stays
  const status = row.status === 'asking' && !othersWait ? before : row.status;
  return { changes: { status }, event };
}
