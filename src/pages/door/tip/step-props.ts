import type { Tip } from './tip.ts';

/** What every step gets. */
export interface StepProps {
  readonly tip: Tip;
  readonly change: (part: Partial<Tip>) => void;
  readonly next: () => void;
  /** What the button that goes on says. */
  readonly nextLabel: string;
}
