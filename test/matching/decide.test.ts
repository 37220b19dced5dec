/** When the bot answers, when it asks back, and when it says that it does not know. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/knowledge/schema.ts';
import { calibrated, decide, inScope, type Limits, type Scored } from '../../src/matching/decide.ts';

const VERDICTS: Readonly<Record<string, Verdict>> = {
  like: 'forbidden',
  komentar: 'forbidden',
  'like-unggahan-kpu': 'allowed',
  jadwal: 'info',
};
const verdictOf = (rule: string) => VERDICTS[rule];
const LIMITS: Limits = { answer: 0.4, offer: 0.5, answerScope: 0.5, opposite: 0.1 };
/** `margin` follows the probability: likely labels lie above the boundary. */
const scored = (entries: Readonly<Record<string, number>>): Scored[] =>
  Object.entries(entries).map(([label, probability]) => ({ label, probability, margin: 2 * probability - 1 }));
const about = (rules: Readonly<Record<string, number>>, outs: Readonly<Record<string, number>> = {}) =>
  decide({ rules: scored(rules), outs: scored(outs) }, verdictOf, LIMITS);

describe('outcomes', () => {
  test('one rule that is likely is answered', () => {
    expect(about({ like: 0.9, komentar: 0.05 }, { cuaca: 0.05 })).toEqual({
      outcome: 'answer',
      rule: 'like',
      confidence: calibrated(0.9),
    });
  });

  test('the confidence that is told rises with the probability, from 0 to 1', () => {
    expect([calibrated(0), calibrated(0.45), calibrated(1)]).toEqual([0, 0.83, 1]);
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        if (a < b) expect(calibrated(a)).toBeLessThanOrEqual(calibrated(b));
      }),
    );
  });

  test('several rules of which none is likely enough are offered', () => {
    expect(about({ like: 0.35, komentar: 0.3, jadwal: 0.25 }, { cuaca: 0.1 })).toMatchObject({ outcome: 'choose' });
  });

  test('another subject is told as such', () => {
    expect(about({ like: 0.05, jadwal: 0.02 }, { cuaca: 0.9 })).toEqual({
      outcome: 'out',
      outClass: 'cuaca',
      confidence: 0.9,
    });
  });

  test('a rule that is first among little is not known', () => {
    expect(about({ like: 0.3, komentar: 0.05 }, { cuaca: 0.25, resep: 0.2, bola: 0.2 })).toMatchObject({
      outcome: 'unknown',
    });
  });

  test('nothing at all is not known', () => {
    expect(about({})).toEqual({ outcome: 'unknown', confidence: 0 });
    expect(about({ like: 0, jadwal: 0 }, { cuaca: 0 })).toMatchObject({ outcome: expect.not.stringMatching('answer') });
  });
});

describe('opposite verdicts', () => {
  test('a ban is not answered at once where a permission is likely too', () => {
    expect(about({ like: 0.7, 'like-unggahan-kpu': 0.25 })).toMatchObject({ outcome: 'choose' });
    expect(about({ 'like-unggahan-kpu': 0.7, like: 0.25 })).toMatchObject({ outcome: 'choose' });
  });

  test('several unlikely opposites count together', () => {
    expect(about({ 'like-unggahan-kpu': 0.8, like: 0.08, komentar: 0.08 })).toMatchObject({ outcome: 'choose' });
  });

  test('a rule of the same verdict, or one that neither allows nor forbids, is no reason to ask back', () => {
    expect(about({ like: 0.7, komentar: 0.25 })).toMatchObject({ outcome: 'answer' });
    expect(about({ like: 0.7, jadwal: 0.25 })).toMatchObject({ outcome: 'answer' });
    expect(about({ jadwal: 0.7, like: 0.25 })).toMatchObject({ outcome: 'answer' });
  });
});

test('scope: the more probability lies on rules, the surer a question is one of ours', () => {
  const scope = (p: number) => inScope({ rules: scored({ like: p }), outs: scored({ cuaca: 1 - p }) });
  const steps = [0, 0.2, 0.5, 0.8, 1].map(scope);
  expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  expect(steps.every((value) => value > 0 && value < 1)).toBe(true);
});

test('whatever the scores: an answer is the first rule, likely, and has no likely opposite', () => {
  const probability = fc.double({ min: 0, max: 1, noNaN: true });
  const margin = fc.double({ min: -3, max: 3, noNaN: true });
  const list = (labels: readonly string[]) =>
    fc
      .array(fc.record({ label: fc.constantFrom(...labels), probability, margin }), { maxLength: 6 })
      .map((entries) => entries.sort((a, b) => b.probability - a.probability));
  fc.assert(
    fc.property(list(Object.keys(VERDICTS)), list(['cuaca', 'resep']), (rules, outs) => {
      const decision = decide({ rules, outs }, verdictOf, LIMITS);
      if (decision.outcome !== 'answer') return;
      expect(decision.rule).toBe(rules[0]?.label);
      expect(decision.confidence).toBeGreaterThanOrEqual(LIMITS.answer);
      const against = { allowed: 'forbidden', forbidden: 'allowed' }[verdictOf(decision.rule) as string];
      const harm = rules.slice(1).filter(({ label }) => verdictOf(label) === against && against !== undefined);
      expect(harm.reduce((sum, entry) => sum + entry.probability, 0)).toBeLessThanOrEqual(LIMITS.opposite);
    }),
    { numRuns: 500 },
  );
});
