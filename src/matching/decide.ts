import type { Verdict } from '../knowledge/schema.ts';

/**
 * When to answer, when to offer, when to say "I don't know". A wrong answer given with confidence is the worst that can happen; an
 * honest "unknown" costs little. All limits come from cross-validation by writer (`npm run eval`).
 */
export interface Limits {
  /** Confidence from which a rule is answered at once. */
  readonly answer: number;
  /** {@link inScope} from which rules are offered. */
  readonly offer: number;
  /** {@link inScope} below which nothing is answered at once, however sure the ranking is. */
  readonly answerScope: number;
  /** Probability of rules with the opposite verdict above which nothing is answered at once. */
  readonly opposite: number;
}

export const LIMITS: Limits = { answer: 0.38, offer: 0.45, answerScope: 0.65, opposite: 0.06 };

export interface Scored {
  readonly label: string;
  /** Share of the probability of everything, 0 to 1. */
  readonly probability: number;
  /** The support vector machine's own score: above 0 it takes the text for this label, below -1 it is far from it. */
  readonly margin: number;
}

/** What a text may mean: rules and out-of-scope classes, each best first. */
export interface Evidence {
  readonly rules: readonly Scored[];
  readonly outs: readonly Scored[];
}

export type Decision =
  | { readonly outcome: 'answer'; readonly rule: string; readonly confidence: number }
  | { readonly outcome: 'choose'; readonly confidence: number }
  | { readonly outcome: 'out'; readonly outClass: string; readonly confidence: number }
  | { readonly outcome: 'unknown'; readonly confidence: number };

const OPPOSITE: Partial<Record<Verdict, Verdict>> = { allowed: 'forbidden', forbidden: 'allowed' };

/** Weights of the logistic regression behind {@link inScope}, fitted on cross-validated texts (docs/matching.md). */
const SCOPE = { bias: -2.975, logOdds: 1.411, ruleMargin: -1.657, outMargin: -3.133, best: 0.582 };

const best = (list: readonly Scored[], key: 'probability' | 'margin'): number =>
  list.reduce((most, scored) => Math.max(most, scored[key]), key === 'margin' ? -3 : 0);
const sum = (list: readonly Scored[]): number => list.reduce((total, { probability }) => total + probability, 0);

/** The features of {@link inScope}: log-odds of all rules against all classes, best margins, log of the best rule's probability. */
export function scopeFeatures({ rules, outs }: Evidence): {
  logOdds: number;
  ruleMargin: number;
  outMargin: number;
  best: number;
} {
  return {
    logOdds: Math.log((sum(rules) + 1e-3) / (sum(outs) + 1e-3)),
    ruleMargin: best(rules, 'margin'),
    outMargin: best(outs, 'margin'),
    best: Math.log(best(rules, 'probability') + 1e-4),
  };
}

/**
 * Probability that a text asks something that one of the rules answers. It is not the ranking score: a text like nothing known ranks some rule
 * first too, but no margin is high.
 */
export function inScope(evidence: Evidence): number {
  const x = scopeFeatures(evidence);
  const z =
    SCOPE.bias +
    SCOPE.logOdds * x.logOdds +
    SCOPE.ruleMargin * x.ruleMargin +
    SCOPE.outMargin * x.outMargin +
    SCOPE.best * x.best;
  return 1 / (1 + Math.exp(-z));
}

/**
 * How often the first rule was right at a ranking probability, in cross-validation by writer: the averaged softmax is too modest in the
 * middle. Between the points it is interpolated.
 */
const RELIABILITY: ReadonlyArray<readonly [probability: number, right: number]> = [
  [0, 0],
  [0.06, 0.3],
  [0.15, 0.41],
  [0.25, 0.53],
  [0.35, 0.67],
  [0.45, 0.83],
  [0.55, 0.91],
  [0.65, 0.94],
  [0.75, 0.96],
  [0.85, 0.98],
  [0.96, 0.99],
  [1, 1],
];

/** The share of first rules that are right at this ranking probability: what is told as confidence. */
export function calibrated(probability: number): number {
  const next = Math.max(
    1,
    RELIABILITY.findIndex(([p]) => p >= probability),
  );
  const [p0, r0] = RELIABILITY[next - 1] as readonly [number, number];
  const [p1, r1] = RELIABILITY[next] as readonly [number, number];
  return r0 + ((r1 - r0) * (probability - p0)) / (p1 - p0);
}

/** Decides about one text. `verdictOf` gives the verdict of a rule. */
export function decide(
  evidence: Evidence,
  verdictOf: (rule: string) => Verdict | undefined,
  limits: Limits = LIMITS,
): Decision {
  const { rules, outs } = evidence;
  const first = rules[0];
  const out = outs[0];
  if (!first)
    return out
      ? { outcome: 'out', outClass: out.label, confidence: out.probability }
      : { outcome: 'unknown', confidence: 0 };
  const scope = inScope(evidence);
  if (
    first.probability >= limits.answer &&
    scope >= limits.answerScope &&
    oppositeOf(rules, verdictOf) <= limits.opposite
  )
    return { outcome: 'answer', rule: first.label, confidence: calibrated(first.probability) };
  if (scope >= limits.offer) return { outcome: 'choose', confidence: calibrated(first.probability) };
  if (out && out.probability > first.probability)
    return { outcome: 'out', outClass: out.label, confidence: out.probability };
  return { outcome: 'unknown', confidence: first.probability };
}

/** Rules after the first that are looked at for an opposite verdict: the rest have next to no probability. */
const RUNNERS_UP = 8;

/** Probability of the runners-up that say the opposite of the first. */
function oppositeOf(rules: readonly Scored[], verdictOf: (rule: string) => Verdict | undefined): number {
  const verdict = verdictOf(rules[0]?.label ?? '');
  const against = verdict === undefined ? undefined : OPPOSITE[verdict];
  if (against === undefined) return 0;
  return sum(rules.slice(1, RUNNERS_UP).filter(({ label }) => verdictOf(label) === against));
}
