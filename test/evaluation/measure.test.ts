/** The figures of an evaluation, on outcomes made by hand. */
import { describe, expect, test } from 'vitest';
import { confusions, figures, isOpposite, type Outcome, reliability } from '../../src/evaluation/measure.ts';
import { reportHtml, reportText, summarise } from '../../src/evaluation/report.ts';
import type { Rule, Verdict } from '../../src/knowledge/schema.ts';
import { calibrated } from '../../src/matching/decide.ts';
import { smallBrain } from '../support/small-brain.ts';

const VERDICTS: Readonly<Record<string, Verdict>> = {
  like: 'forbidden',
  komentar: 'forbidden',
  kpu: 'allowed',
  jadwal: 'info',
};
const verdictOf = (rule: string) => VERDICTS[rule];

/** `label` was asked, `top` was ranked first to third, and `said` was done. */
function outcome(
  label: string,
  top: readonly string[],
  said: 'answer' | 'choose' | 'out' | 'unknown',
  p = 0.9,
): Outcome {
  const decision =
    said === 'answer'
      ? { outcome: said, rule: top[0] as string, confidence: p }
      : said === 'out'
        ? { outcome: said, outClass: 'cuaca', confidence: p }
        : { outcome: said, confidence: p };
  const scores = top.map((id, i) => ({ label: id, probability: i === 0 ? p : (1 - p) / 2, margin: 0 }));
  return { text: `${label} ${top[0]}`, label, writer: 'a', scores, decision, top };
}

const LIST: readonly Outcome[] = [
  outcome('like', ['like', 'komentar', 'kpu'], 'answer', 0.95),
  outcome('like', ['kpu', 'like', 'jadwal'], 'answer', 0.55), // the opposite of what is right
  outcome('like', ['komentar', 'like', 'kpu'], 'choose', 0.45),
  outcome('kpu', ['kpu', 'like', 'jadwal'], 'unknown', 0.25),
  outcome('jadwal', ['like', 'komentar', 'kpu'], 'choose', 0.35),
  outcome('out:cuaca', ['like', 'kpu', 'jadwal'], 'out', 0.1),
  outcome('out:cuaca', ['like', 'kpu', 'jadwal'], 'unknown', 0.15),
  outcome('out:cuaca', ['like', 'kpu', 'jadwal'], 'answer', 0.6),
  outcome('out:cuaca', ['like', 'kpu', 'jadwal'], 'choose', 0.4),
];

describe('figures', () => {
  test('count what was asked, found, said and done', () => {
    expect(figures(LIST, verdictOf)).toEqual({
      inside: 5,
      outside: 4,
      first: 2 / 5,
      three: 4 / 5,
      direct: 1 / 5,
      helped: 3 / 5,
      precision: 1 / 2,
      harmful: 1,
      rejected: 2 / 4,
      falseAnswers: 1,
    });
  });

  test('of nothing are zero, not a division by zero', () => {
    expect(Object.values(figures([], verdictOf)).every((value) => value === 0)).toBe(true);
  });
});

test('only an answer with the contrary verdict is harmful', () => {
  expect(isOpposite(outcome('like', ['kpu'], 'answer'), verdictOf)).toBe(true);
  expect(isOpposite(outcome('kpu', ['like'], 'answer'), verdictOf)).toBe(true);
  expect(isOpposite(outcome('like', ['komentar'], 'answer'), verdictOf)).toBe(false);
  expect(isOpposite(outcome('like', ['jadwal'], 'answer'), verdictOf)).toBe(false);
  expect(isOpposite(outcome('like', ['kpu'], 'choose'), verdictOf)).toBe(false);
});

test('reliability: texts by what was said, and how often that was right', () => {
  const bins = reliability([
    outcome('like', ['like'], 'answer', 1),
    outcome('like', ['kpu'], 'answer', 0.95),
    outcome('like', ['like'], 'answer', 0.9),
    outcome('kpu', ['like'], 'unknown', 0),
  ]);
  expect(bins).toHaveLength(10);
  expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(bins[9]).toMatchObject({ from: 0.9, to: 1, count: 3, right: 2 / 3 });
  expect(bins[9]?.confidence).toBeCloseTo((calibrated(1) + calibrated(0.95) + calibrated(0.9)) / 3, 9);
  expect(bins[0]).toMatchObject({ count: 1, right: 0, confidence: 0 });
  expect(bins[5]).toMatchObject({ count: 0, right: 0 });
});

test('confusions: opposite verdicts first, then the most frequent; right answers and other subjects are none', () => {
  const list = [...LIST, outcome('jadwal', ['like'], 'answer'), outcome('like', ['like'], 'answer')];
  expect(confusions(list, verdictOf)).toEqual([
    { right: 'like', said: 'kpu', count: 1, opposite: true, example: 'like kpu' },
    { right: 'jadwal', said: 'like', count: 2, opposite: false, example: 'jadwal like' },
    { right: 'like', said: 'komentar', count: 1, opposite: false, example: 'like komentar' },
  ]);
});

describe('the report', () => {
  const rules = new Map(
    Object.entries(VERDICTS).map(([id, verdict]) => {
      const rule = smallBrain().knowledge.rules.get('jadwal') as Rule;
      return [id, { ...rule, id, verdict, topic: 'medsos' }] as const;
    }),
  );

  test('as text names the figures, the weakest rules and the harm', () => {
    const text = reportText(summarise(LIST, rules));
    expect(text).toContain('medsos');
    expect(text).toContain('out of scope: 4 texts, 50.0 % neither answered nor offered a rule, 1 answered');
    expect(text).toMatch(/!\s+1 {2}like -> kpu/);
  });

  test('as a page has no script, and what people wrote is text, not markup', () => {
    const hostile = { ...outcome('like', ['kpu'], 'answer'), text: '<img src=x onerror=alert(1)>"&' };
    const page = reportHtml(summarise([...LIST, hostile], rules));
    expect(page).not.toMatch(/<script|<img/i);
    expect(reportHtml(summarise([hostile], rules))).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;');
  });
});
