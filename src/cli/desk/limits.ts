/** The reporting limits of the rule base, without loading the rest of it. */
import type { ReportLimit } from '../../desk/deadlines.ts';
import { KNOWLEDGE_FOLDER } from '../../knowledge/knowledge.ts';
import { KnowledgeError, type Problem } from '../../knowledge/problem.ts';
import { authoritiesFile, regulationsFile } from '../../knowledge/shapes.ts';
import { readSource } from '../../knowledge/source.ts';

/** Throws `KnowledgeError`. */
export function reportLimits(folder: string = KNOWLEDGE_FOLDER): readonly ReportLimit[] {
  const problems: Problem[] = [];
  const authorities = readSource(folder, 'authorities.yaml', authoritiesFile, problems).value;
  const regulations = readSource(folder, 'regulations.yaml', regulationsFile, problems).value;
  if (authorities === undefined || regulations === undefined) throw new KnowledgeError(problems);
  const names = new Map(regulations.map(({ id, short }) => [id, short]));
  return authorities.deadlines.map(({ id, title, days, counted, citations }) => ({
    id,
    title,
    days,
    counted,
    source: citations
      .map((cited) =>
        'regulation' in cited ? `${names.get(cited.regulation) ?? cited.regulation} ${cited.at}` : cited.statement,
      )
      .join('; '),
  }));
}
