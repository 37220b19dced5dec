/** Checks that need the trained matcher: do the rules' own tests find their rule, and only theirs? */
import { inRule } from '../knowledge/checks/at.ts';
import type { Knowledge } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/schema.ts';
import type { Matcher } from './matcher.ts';

/** Tests that another rule wins, or that find nothing; of every rule, or of the given ones. */
export function checkTests(knowledge: Knowledge, matcher: Matcher, only?: ReadonlySet<string>): Problem[] {
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    if (only && !only.has(rule.id)) continue;
    rule.tests.positive.forEach((text, i) => {
      const wrong = overmatch(matcher, text, rule);
      if (wrong) out.push(inRule(knowledge, rule.id, ['tests', 'positive', i], wrong));
    });
    rule.tests.negative.forEach(({ text, rule: wanted }, i) => {
      const match = matcher.match(text);
      if (match.outcome === 'answer' && match.rule === rule.id)
        out.push(
          inRule(knowledge, rule.id, ['tests', 'negative', i], {
            check: 'overmatch',
            message: `"${text}" is answered with this rule, and should find ${wanted}`,
            repair: `add utterances to ${wanted} that differ from this rule's, or make the test clearer`,
          }),
        );
    });
  }
  return out;
}

function overmatch(
  matcher: Matcher,
  text: string,
  rule: Rule,
): Pick<Problem, 'check' | 'message' | 'repair'> | undefined {
  const match = matcher.match(text);
  if (match.outcome === 'answer')
    return match.rule === rule.id
      ? undefined
      : {
          check: 'overmatch',
          message: `"${text}" is won by ${match.rule}`,
          repair: `add utterances like this test to ${rule.id}; if ${match.rule} already answers it, the test belongs there`,
        };
  if (match.outcome === 'choose' && match.candidates.some(({ rule: id }) => id === rule.id)) return undefined;
  const found =
    match.outcome === 'choose'
      ? match.candidates.map(({ rule: id }) => id).join(', ')
      : match.outcome === 'out'
        ? `out of scope (${match.outClass})`
        : 'nothing';
  return {
    check: 'undermatch',
    message: `"${text}" finds ${found}, not this rule`,
    repair: 'add utterances of this kind to the rule, or make the test clearer',
  };
}
