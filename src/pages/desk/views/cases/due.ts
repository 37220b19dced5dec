/** Deadlines as the page shows them: computed when they are looked at, never stored. */
import type { CaseItem } from '../../../../channels/web/desk/contract.ts';
import { daysBetween } from '../../../../desk/days.ts';
import { type Deadline, deadlinesOf, nextDeadline, type ReportLimit } from '../../../../desk/deadlines.ts';
import { dayOf } from '../../../../reports/days.ts';

export const today = (): string => dayOf(Date.now());
export const ageOf = (day: string): number => daysBetween(day, today());

/** Of a question, and of a case that is done with, none. */
export function dueOf(
  { kind, status, day }: Pick<CaseItem, 'kind' | 'status' | 'day'>,
  limits: readonly ReportLimit[],
): (Deadline & { readonly left: number }) | undefined {
  if (kind !== 'tip' || status === 'closed' || status === 'handed-on') return undefined;
  const next = nextDeadline(deadlinesOf(day, limits), today());
  return next === undefined ? undefined : { ...next, left: ageOf(next.until) * -1 };
}
