import type { Knowledge } from '../load.ts';
import type { Problem } from '../problem.ts';
import type { Rule } from '../schema.ts';
import { inRule } from './at.ts';

const OPPOSITE: Readonly<Record<string, string>> = { allowed: 'forbidden', forbidden: 'allowed' };

/** Two rules that answer to the same words with opposite verdicts: a person who searches would get either. */
export function aliasConflicts(knowledge: Knowledge): Problem[] {
  const out: Problem[] = [];
  const byName = new Map<string, Rule[]>();
  for (const rule of knowledge.rules.values()) {
    for (const name of new Set([rule.title, ...rule.aliases].map((text) => text.toLowerCase().trim()))) {
      byName.set(name, [...(byName.get(name) ?? []), rule]);
    }
  }
  for (const [name, rules] of byName) {
    for (let i = 1; i < rules.length; i++) {
      const rule = rules[i] as Rule;
      const other = rules.slice(0, i).find(({ verdict }) => OPPOSITE[verdict] === rule.verdict);
      if (other)
        out.push(
          inRule(knowledge, rule.id, ['aliases'], {
            check: 'contradiction',
            message: `"${name}" also names ${other.id}, which says the opposite (${other.verdict}, here ${rule.verdict})`,
            repair: 'make the title or alias say what is different, or correct one verdict',
          }),
        );
    }
  }
  return out;
}
