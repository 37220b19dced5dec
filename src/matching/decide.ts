import type { Verdict } from '../knowledge/schema.ts';

/**
 * When to answer, when to offer, when to say "I don't know". A wrong answer given with confidence is the worst that can happen; an
 * honest "unknown" costs little. All limits come from cross-validation by writer (`npm run eval -- --calibrate`).
 */
export interface Limits {
  /** Confidence from which a rule is answered at once. */
  readonly answer: number;
  /** Probability of all rules together from which rules are offered. */
  readonly offer: number;
  /** Confidence of the best rule from which rules are offered at all. */
  readonly offerBest: number;
  /** Probability of rules with the opposite verdict above which nothing is answered at once. */
  readonly opposite: number;
}

export const LIMITS: Limits = { answer: 0.5, offer: 0.4, offerBest: 0.05, opposite: 0.2 };

export interface Scored {
  readonly label: string;
  readonly probability: number;
}

export type Decision =
  | { readonly outcome: 'answer'; readonly rule: string; readonly confidence: number }
  | { readonly outcome: 'choose'; readonly confidence: number }
  | { readonly outcome: 'out'; readonly outClass: string; readonly confidence: number }
  | { readonly outcome: 'unknown'; readonly confidence: number };

const OPPOSITE: Partial<Record<Verdict, Verdict>> = { allowed: 'forbidden', forbidden: 'allowed' };

/**
 * @param rules the best rules, best first, with the share of probability each has among everything
 * @param outs the out-of-scope classes likewise
 * @param verdictOf the verdict of a rule
 */
export function decide(
  rules: readonly Scored[],
  outs: readonly Scored[],
  verdictOf: (rule: string) => Verdict | undefined,
  limits: Limits = LIMITS,
): Decision {
  const best = rules[0];
  const out = outs[0];
  const inside = rules.reduce((sum, { probability }) => sum + probability, 0);
  if (!best)
    return out
      ? { outcome: 'out', outClass: out.label, confidence: out.probability }
      : { outcome: 'unknown', confidence: 0 };
  const verdict = verdictOf(best.label);
  const against = verdict === undefined ? undefined : OPPOSITE[verdict];
  const harm =
    against === undefined
      ? 0
      : rules
          .slice(1, 8)
          .reduce((sum, { label, probability }) => (verdictOf(label) === against ? sum + probability : sum), 0);
  if (best.probability >= limits.answer && harm <= limits.opposite)
    return { outcome: 'answer', rule: best.label, confidence: best.probability };
  if (inside >= limits.offer && best.probability >= limits.offerBest)
    return { outcome: 'choose', confidence: best.probability };
  if (out && out.probability > best.probability)
    return { outcome: 'out', outClass: out.label, confidence: out.probability };
  return { outcome: 'unknown', confidence: best.probability };
}
