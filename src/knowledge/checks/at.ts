import type { Knowledge } from '../load.ts';
import type { Problem } from '../problem.ts';

/** A problem inside a rule, with the line of the value at `path` within it. */
export function inRule(
  knowledge: Knowledge,
  rule: string,
  path: ReadonlyArray<string | number>,
  problem: Pick<Problem, 'check' | 'message' | 'repair'>,
): Problem {
  const place = knowledge.places.get(rule);
  const position = place?.source.at([...place.path, ...path]) ?? { line: 0, column: 0 };
  return { file: place?.source.file ?? 'rules', ...position, ...problem, message: `${rule}: ${problem.message}` };
}
