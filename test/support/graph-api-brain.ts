import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { prepare } from '../../src/matching/train.ts';

/** A question that is understood without a trained matcher, and so the same on every machine. */
export const QUESTION = '/aturan medsos-like';

let brain: Brain | undefined;

/** The real rules with a ranker that knows their names only; ready at once. */
export function quickBrain(): Brain {
  if (brain) return brain;
  const knowledge = loadKnowledge();
  const names = [...knowledge.rules.values()].map(({ id, title }) => ({ text: title, label: id }));
  brain = { knowledge, matcher: new Matcher(knowledge, prepare(names, knowledge.vocabulary).quick) };
  return brain;
}
