import type { Knowledge } from '../load.ts';
import type { Problem } from '../problem.ts';
import { inRule } from './at.ts';

/** Rules whose review is overdue, or whose dates contradict each other. */
export function reviewDates(knowledge: Knowledge, today: string): Problem[] {
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    const { reviewed_on, review_by } = rule.review;
    const say = (message: string, repair: string) =>
      out.push(inRule(knowledge, rule.id, ['review'], { check: 'review', message, repair }));
    if (review_by < today)
      say(
        `its review was due on ${review_by}`,
        'read the rule against the law again, then set reviewed_on to today and review_by to a later day',
      );
    if (review_by < reviewed_on) say('review_by is before reviewed_on', 'correct one of the dates');
    if (reviewed_on > today)
      say(`reviewed_on (${reviewed_on}) is in the future`, 'write the day on which it was reviewed');
    if (rule.valid_until !== undefined && rule.valid_until < today)
      say(`it was valid until ${rule.valid_until}`, 'remove the rule, or correct valid_until');
  }
  return out;
}
