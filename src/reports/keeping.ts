/** How long cases are kept, and on which day one goes. Nothing of Node: the desk in the browser counts with it, too. */
import { addDays } from './days.ts';
import type { CaseSummary } from './office.ts';

export interface Keeping {
  /** Days that a closed case is kept. */
  readonly retentionDays: number;
  /** Days that an open case is kept after its last change by anybody. */
  readonly openDays: number;
}

/** From so many officers on who want it kept, a case is. */
export const HOLDS = 2;
/** Days before a case is deleted from which on the desk says so. */
const SAID_BEFORE = 30;

/** Day on which the case is deleted, `YYYY-MM-DD`, where nobody touches it until then; undefined while it is held. */
export function deletionDay(
  { closed, changed, holds }: Pick<CaseSummary, 'closed' | 'changed' | 'holds'>,
  { retentionDays, openDays }: Keeping,
): string | undefined {
  if (holds >= HOLDS) return undefined;
  // the whole of its last day is its own
  return closed === undefined ? addDays(changed, openDays + 1) : addDays(closed, retentionDays + 1);
}

/** True where it is time to say so. @param day of the deletion @param today `YYYY-MM-DD` */
export const leavesSoon = (day: string | undefined, today: string): day is string =>
  day !== undefined && day <= addDays(today, SAID_BEFORE);
