/** What went wrong at the desk, for an officer: said in Indonesian, with what to do. */

/** Exit statuses of `npm run desk`; `--help` lists them. */
export const EXIT = {
  failed: 1,
  usage: 2,
  locked: 3,
  missing: 4,
  stale: 5,
} as const;
export type ExitKind = keyof typeof EXIT;

export class DeskError extends Error {
  override name = 'DeskError';
  readonly kind: ExitKind;
  /** @param message in Indonesian, with the repair; never with a text of a report */
  constructor(kind: ExitKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
