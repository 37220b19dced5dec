/** The reporting limits of the rule base, without loading the rest of it. */
import type { ReportLimit } from '../../desk/deadlines.ts';
import { KNOWLEDGE_FOLDER } from '../../knowledge/knowledge.ts';
import { KnowledgeError, type Problem } from '../../knowledge/problem.ts';
import { reportLimitsOf } from '../../knowledge/report-limits.ts';
import { authoritiesFile, regulationsFile } from '../../knowledge/shapes.ts';
import { readSource } from '../../knowledge/source.ts';

/** Throws `KnowledgeError`. */
export function reportLimits(folder: string = KNOWLEDGE_FOLDER): readonly ReportLimit[] {
  const problems: Problem[] = [];
  const authorities = readSource(folder, 'authorities.yaml', authoritiesFile, problems).value;
  const regulations = readSource(folder, 'regulations.yaml', regulationsFile, problems).value;
  if (authorities === undefined || regulations === undefined) throw new KnowledgeError(problems);
  return reportLimitsOf(authorities.deadlines, new Map(regulations.map((regulation) => [regulation.id, regulation])));
}
