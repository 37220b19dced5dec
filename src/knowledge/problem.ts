/** Something wrong in a file of the rule base: where it is, what it is, and what the curator does about it. */
export interface Problem {
  /** Path relative to the knowledge folder. */
  readonly file: string;
  /** 1-based; 0 where the problem has no one place. */
  readonly line: number;
  readonly column: number;
  /** Stable name of the check, such as `dead-link`. */
  readonly check: string;
  readonly message: string;
  readonly repair: string;
}

const placeOf = ({ file, line, column }: Problem): string => (line > 0 ? `${file}:${line}:${column}` : file);

/** `rules/medsos.yaml:12:5  dead-link: ...` and below it `repair: ...`. */
export function formatProblem(problem: Problem): string {
  return `${placeOf(problem)}  ${problem.check}: ${problem.message}\n    repair: ${problem.repair}`;
}

/** The same on one line, for a log. */
export function problemLine(problem: Problem): string {
  return `${placeOf(problem)}  ${problem.check}: ${problem.message} (repair: ${problem.repair})`;
}

/** Thrown where the rule base cannot be used; carries every problem, not only the first. */
export class KnowledgeError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(`the rule base has ${problems.length} problem(s):\n${problems.map(formatProblem).join('\n')}`);
    this.name = 'KnowledgeError';
    this.problems = problems;
  }
}
