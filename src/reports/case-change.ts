/** A change of one case by an officer: may they, is it the version they saw, and what the audit chain says of it. */
import type { Id } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import { type Change, inOneChange } from '../store/reports/change.ts';
import { type CaseChange, type CaseRow, changeCase, lockCase, wrappedKey } from '../store/reports/office.ts';
import { isActive } from '../store/reports/officers.ts';
import { dayOf, secondOf } from './days.ts';
import type { Changed, Refusal } from './office.ts';

export interface Who {
  readonly officer: Id;
  readonly case: Id;
  /** The version that the officer saw; undefined where the change does not depend on it. */
  readonly version?: number;
  /** Officers without a key may want a case kept, but change nothing in it. */
  readonly needsKey: boolean;
}

/** What is to be changed, and how the audit chain calls it. `changes` undefined: nothing of the case itself. */
export interface Act {
  readonly changes?: Omit<CaseChange, 'version' | 'changed'>;
  readonly event: string;
  readonly detail?: string;
}

export interface Now {
  readonly day: string;
  readonly second: string;
}

export type OfficerWork = (row: CaseRow, change: Change, now: Now) => Promise<Act | Refusal>;

/** Longest reason in the audit chain, in UTF-16 units. */
const REASON = 500;

export function changeOneCase(
  db: Database,
  now: number,
  { officer, case: id, version, needsKey }: Who,
  work: OfficerWork,
): Promise<Changed> {
  const times: Now = { day: dayOf(now), second: secondOf(now) };
  return inOneChange(db, async (change): Promise<Changed> => {
    const { trx } = change;
    if (!(await isActive(trx, officer))) return { ok: false, why: 'forbidden' };
    const row = await lockCase(trx, id);
    if (!row) return { ok: false, why: 'unknown' };
    if (needsKey && (await wrappedKey(trx, id, officer)) === undefined) return { ok: false, why: 'forbidden' };
    if (version !== undefined && version !== row.version) return { ok: false, why: 'stale' };
    const act = await work(row, change, times);
    // thrown, so that nothing of what was begun is kept
    if (typeof act === 'string') throw new Refused(act);
    const after = act.changes === undefined ? row.version : row.version + 1;
    if (act.changes) await changeCase(trx, id, { ...act.changes, version: after, changed: times.day });
    change.audit({
      at: times.second,
      actor: officer,
      event: act.event,
      case: id,
      detail: (act.detail ?? '').slice(0, REASON),
    });
    return { ok: true, version: after };
  }).catch((error: unknown): Changed => {
    if (error instanceof Refused) return { ok: false, why: error.why };
    throw error;
  });
}

class Refused extends Error {
  override name = 'Refused';
  readonly why: Refusal;
  constructor(why: Refusal) {
    super(`refused: ${why}`);
    this.why = why;
  }
}
