/**
 * The checks that need more than one file at a time. Each is a file under checks/ and a pure function from the rule base to problems. What the
 * matcher has to be trained for (overmatching tests) is in matching/check-tests.ts.
 */
import { aliasConflicts } from './checks/alias-conflicts.ts';
import { citations } from './checks/citations.ts';
import { links } from './checks/links.ts';
import { presentAuthority } from './checks/present-authority.ts';
import { reviewDates } from './checks/review-dates.ts';
import type { Knowledge } from './load.ts';
import type { Problem } from './problem.ts';

export interface CheckOptions {
  /** Today, `2026-11-21`; reviews older than this are refused. Undefined leaves dates unchecked, as at run time. */
  readonly today?: string;
}

/** Every problem of a rule base that was read without errors. */
export function checkKnowledge(knowledge: Knowledge, options: CheckOptions = {}): Problem[] {
  return [
    ...links(knowledge),
    ...citations(knowledge),
    ...aliasConflicts(knowledge),
    ...presentAuthority(knowledge),
    ...(options.today === undefined ? [] : reviewDates(knowledge, options.today)),
  ];
}
