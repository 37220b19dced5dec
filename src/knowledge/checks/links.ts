import type { Knowledge } from '../load.ts';
import { didYouMean } from '../nearest.ts';
import type { Problem } from '../problem.ts';
import { inRule } from './at.ts';

/** Ids that lead nowhere: related rules, rules named in tests, suggestions, topics, authorities. */
export function links(knowledge: Knowledge): Problem[] {
  const out: Problem[] = [];
  const { rules } = knowledge;
  const topics = new Set(knowledge.topics.map(({ id }) => id));
  for (const rule of rules.values()) {
    if (!topics.has(rule.topic))
      out.push(
        inRule(knowledge, rule.id, [], {
          check: 'dead-link',
          message: `its file's topic "${rule.topic}" is not in topics.yaml`,
          repair: didYouMean(rule.topic, topics, `use one of: ${[...topics].join(', ')}`),
        }),
      );
    rule.related.forEach((id, i) => {
      if (!rules.has(id)) out.push(inRule(knowledge, rule.id, ['related', i], dead(id, rules.keys())));
    });
    rule.tests.negative.forEach((test, i) => {
      if (!rules.has(test.rule))
        out.push(inRule(knowledge, rule.id, ['tests', 'negative', i, 'rule'], dead(test.rule, rules.keys())));
    });
  }
  for (const { id, suggest } of knowledge.outOfScope.values()) {
    for (const rule of suggest) {
      if (!rules.has(rule))
        out.push({
          file: 'out-of-scope.yaml',
          line: 0,
          column: 0,
          ...dead(rule, rules.keys()),
          message: `${id}: there is no rule "${rule}"`,
        });
    }
  }
  const authorities = new Set(knowledge.authorities.authorities.map(({ id }) => id));
  for (const { id, authority } of knowledge.authorities.channels) {
    if (!authorities.has(authority))
      out.push({
        file: 'authorities.yaml',
        line: 0,
        column: 0,
        check: 'dead-link',
        message: `${id}: there is no authority "${authority}"`,
        repair: didYouMean(authority, authorities, `use one of: ${[...authorities].join(', ')}`),
      });
  }
  return out;
}

function dead(id: string, all: Iterable<string>): Pick<Problem, 'check' | 'message' | 'repair'> {
  return {
    check: 'dead-link',
    message: `there is no rule "${id}"`,
    repair: didYouMean(id, all, 'use the id of an existing rule'),
  };
}
