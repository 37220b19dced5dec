/** The figures of a cross-validation. Shares are 0 to 1. */
import { OUT } from '../knowledge/load.ts';
import type { Verdict } from '../knowledge/schema.ts';
import { calibrated, type Decision, decide, type Limits, type Scored } from '../matching/decide.ts';
import type { Judged } from './cross-validate.ts';

export interface Outcome extends Judged {
  readonly decision: Decision;
  readonly top: readonly string[];
}

/** Decides about each judged text with the given limits. */
export function outcomes(
  judged: readonly Judged[],
  verdictOf: (rule: string) => Verdict | undefined,
  limits: Limits,
): Outcome[] {
  return judged.map((entry) => {
    const { rules, outs } = partition(entry.scores);
    return {
      ...entry,
      decision: decide({ rules, outs }, verdictOf, limits),
      top: rules.slice(0, 3).map(({ label }) => label),
    };
  });
}

function partition(scores: readonly Scored[]): { rules: Scored[]; outs: Scored[] } {
  const rules = scores.filter(({ label }) => !label.startsWith(OUT));
  const outs = scores
    .filter(({ label }) => label.startsWith(OUT))
    .map(({ label, ...rest }) => ({ label: label.slice(OUT.length), ...rest }));
  return { rules, outs };
}

export interface Figures {
  readonly inside: number;
  readonly outside: number;
  /** First rule right, whatever the decision. */
  readonly first: number;
  /** Right among the first three, whatever the decision. */
  readonly three: number;
  /** Answered at once with the right rule. */
  readonly direct: number;
  /** Right rule answered, or among the three offered. */
  readonly helped: number;
  /** Right among those answered at once. */
  readonly precision: number;
  /** Answered at once with the opposite verdict. */
  readonly harmful: number;
  /** Out-of-scope texts neither answered nor offered a rule. */
  readonly rejected: number;
  /** Out-of-scope texts answered with a rule. */
  readonly falseAnswers: number;
}

export function figures(list: readonly Outcome[], verdictOf: (rule: string) => Verdict | undefined): Figures {
  const inside = list.filter(({ label }) => !label.startsWith(OUT));
  const outside = list.filter(({ label }) => label.startsWith(OUT));
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const answered = inside.filter(({ decision }) => decision.outcome === 'answer');
  const right = answered.filter(({ decision, label }) => decision.outcome === 'answer' && decision.rule === label);
  const offered = inside.filter(
    ({ decision, top, label }) =>
      (decision.outcome === 'answer' || decision.outcome === 'choose') && top.includes(label),
  );
  return {
    inside: inside.length,
    outside: outside.length,
    first: share(inside.filter(({ top, label }) => top[0] === label).length, inside.length),
    three: share(inside.filter(({ top, label }) => top.includes(label)).length, inside.length),
    direct: share(right.length, inside.length),
    helped: share(offered.length, inside.length),
    precision: share(right.length, answered.length),
    harmful: answered.filter((entry) => isOpposite(entry, verdictOf)).length,
    rejected: share(
      outside.filter(({ decision }) => decision.outcome === 'out' || decision.outcome === 'unknown').length,
      outside.length,
    ),
    falseAnswers: outside.filter(({ decision }) => decision.outcome === 'answer').length,
  };
}

/** True where the answer says "boleh" and the right rule "tidak boleh", or the other way round. */
export function isOpposite({ decision, label }: Outcome, verdictOf: (rule: string) => Verdict | undefined): boolean {
  if (decision.outcome !== 'answer') return false;
  const said = verdictOf(decision.rule);
  const right = verdictOf(label);
  return (said === 'allowed' && right === 'forbidden') || (said === 'forbidden' && right === 'allowed');
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
}

/** How often a confidence is right, in ten steps: the reliability table. */
export function reliability(list: readonly Outcome[]): Bin[] {
  return Array.from({ length: 10 }, (_, i) => {
    const [from, to] = [i / 10, (i + 1) / 10];
    const inBin = list.flatMap((entry) => {
      const best = entry.scores.find(({ label }) => !label.startsWith(OUT));
      return best && calibrated(best.probability) >= from && (calibrated(best.probability) < to || i === 9)
        ? [{ p: calibrated(best.probability), ok: best.label === entry.label }]
        : [];
    });
    const mean = (values: number[]) => (values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);
    return {
      from,
      to,
      count: inBin.length,
      confidence: mean(inBin.map(({ p }) => p)),
      right: mean(inBin.map(({ ok }) => (ok ? 1 : 0))),
    };
  });
}

export interface Confusion {
  readonly right: string;
  readonly said: string;
  readonly count: number;
  readonly opposite: boolean;
  readonly example: string;
}

/** Which rules are taken for which, opposite verdicts first, then by how often. */
export function confusions(list: readonly Outcome[], verdictOf: (rule: string) => Verdict | undefined): Confusion[] {
  const found = new Map<string, Confusion>();
  for (const entry of list) {
    const said = entry.top[0];
    if (entry.label.startsWith(OUT) || said === undefined || said === entry.label) continue;
    const key = `${entry.label} ${said}`;
    const opposite = isOpposite({ ...entry, decision: { outcome: 'answer', rule: said, confidence: 1 } }, verdictOf);
    const before = found.get(key);
    found.set(key, {
      right: entry.label,
      said,
      count: (before?.count ?? 0) + 1,
      opposite,
      example: before?.example ?? entry.text,
    });
  }
  return [...found.values()].sort(
    (a, b) => Number(b.opposite) - Number(a.opposite) || b.count - a.count || (a.right < b.right ? -1 : 1),
  );
}
