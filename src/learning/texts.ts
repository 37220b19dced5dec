import { type Knowledge, readUtterances } from '../knowledge/load.ts';
import { KnowledgeError } from '../knowledge/problem.ts';
import type { LabelledText } from '../matching/train.ts';

/** The texts that a model learns from: the utterances, and every rule's title and aliases. */
export function trainingTexts(knowledge: Knowledge): LabelledText[] {
  const { utterances, problems } = readUtterances(knowledge.folder);
  if (problems.length > 0) throw new KnowledgeError(problems);
  const known = utterances.filter(
    ({ label }) => knowledge.rules.has(label) || knowledge.outOfScope.has(label.replace(/^out:/, '')),
  );
  const titles = [...knowledge.rules.values()].flatMap(({ id, title, aliases }) =>
    [title, ...aliases].map((text) => ({ text, label: id })),
  );
  return [...known.map(({ text, label }) => ({ text, label })), ...titles];
}
