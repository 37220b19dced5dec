/** A draft as YAML, as it stands at the end of `knowledge/rules/<topic>.yaml`. */
import { type Draft, linesOf } from './draft.ts';
import { positionsOf } from './draft-problems.ts';

/** JSON's quoted texts are YAML's: nothing in them can be misread. */
const quoted = (text: string): string => JSON.stringify(text.trim());

/** @param today `YYYY-MM-DD`, the day of the review */
export function ruleLines(draft: Draft, today: string): string[] {
  const { verdict, basis, certainty } = draft;
  const list = (key: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`    ${key}:`, ...items.map((entry) => `      - ${entry}`)];
  const positions = positionsOf(draft.positions).map(
    ([who = '', when = '', says = '']) => `{ who: ${quoted(who)}, when: ${quoted(when)}, says: ${quoted(says)} }`,
  );
  const optional = (key: string, text: string): string[] => (text.trim() === '' ? [] : [`    ${key}: ${quoted(text)}`]);
  return [
    `  - id: ${draft.id}`,
    `    title: ${quoted(draft.title)}`,
    `    verdict: ${verdict}`,
    `    basis: ${basis}`,
    `    certainty: ${certainty}`,
    `    answer: ${quoted(draft.answer)}`,
    ...optional('detail', draft.detail),
    ...list('instead', linesOf(draft.instead).map(quoted)),
    ...list('conditions', linesOf(draft.conditions).map(quoted)),
    ...list('positions', positions),
    ...optional('safe_advice', draft.safeAdvice),
    ...list(
      'citations',
      draft.citations.map(({ regulation, at }) => `{ regulation: ${regulation}, at: ${quoted(at)} }`),
    ),
    ...list('aliases', linesOf(draft.aliases).map(quoted)),
    `    related: [${draft.related.join(', ')}]`,
    '    tests:',
    '      positive:',
    ...linesOf(draft.positive).map((text) => `        - ${quoted(text)}`),
    '      negative:',
    ...linesOf(draft.negative).map((text) => `        - { text: ${quoted(text)}, rule: ${draft.negativeRule} }`),
    `    review: { reviewed_on: ${today}, review_by: ${draft.reviewBy}, reviewer: ${quoted(draft.reviewer)} }`,
  ];
}
