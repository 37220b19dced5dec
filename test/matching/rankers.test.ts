/** The two rankers on a toy problem that can be checked by eye. */
import { describe, expect, test } from 'vitest';
import { trainBayes } from '../../src/matching/bayes.ts';
import type { Vector } from '../../src/matching/dataset.ts';
import { random, trainClass } from '../../src/matching/svm.ts';
import { dimensionOf, TOY, type Toy, toyRows, vectorOf } from '../support/toy-rows.ts';

const toy = toyRows();
const OPTIONS = { cost: 1, otherCost: 0.3, passes: 20 };
const everyRow = ({ labels }: Toy) => Int32Array.from(labels, (_, i) => i);

/** Index of the largest. */
const first = (scores: readonly number[]) => scores.indexOf(Math.max(...scores));

describe('support vector machine', () => {
  const weights = [0, 1, 2].map((target) =>
    trainClass(toy.rows, toy.labels, target, everyRow(toy), toy.space.size, OPTIONS),
  );
  const score = (vector: Vector, target: number) => {
    const w = weights[target] as Float32Array;
    return vector.indices.reduce(
      (sum, index, k) => sum + (w[index] as number) * (vector.values[k] as number),
      w.at(-1) as number,
    );
  };
  const classOf = (text: string) => first([0, 1, 2].map((target) => score(vectorOf(toy, text), target)));

  test('learns every text of a problem that can be separated', () => {
    for (const [text, label] of TOY) expect([text, classOf(text)]).toEqual([text, label]);
  });

  test('finds texts that it has not read', () => {
    expect(classOf('like calon')).toBe(0);
    expect(classOf('pilkada kapan')).toBe(1);
    expect(classOf('resep cuaca besok')).toBe(2);
  });

  test('its own texts lie above the boundary, the others below', () => {
    TOY.forEach(([text, label]) => {
      for (const target of [0, 1, 2])
        expect(Math.sign(score(vectorOf(toy, text), target))).toBe(target === label ? 1 : -1);
    });
  });

  test('gives the same weights each time', () => {
    expect(trainClass(toy.rows, toy.labels, 1, everyRow(toy), toy.space.size, OPTIONS)).toEqual(weights[1]);
  });

  test('does not look at rows that it was not given', () => {
    const without = everyRow(toy).filter((row) => toy.labels[row] !== 2);
    const w = trainClass(toy.rows, toy.labels, 0, without, toy.space.size, OPTIONS);
    expect(w[dimensionOf(toy, 'cuaca')]).toBe(0);
  });

  test('the shuffle is the same everywhere: known numbers', () => {
    const next = random(1);
    const numbers = [next(), next(), next()];
    expect(numbers).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });
});

describe('naive Bayes', () => {
  const weights = trainBayes(toy.rows, toy.labels, 3, toy.space.size);
  const classOf = (text: string) => {
    const vector = vectorOf(toy, text);
    return first(
      [0, 1, 2].map((target) =>
        vector.indices.reduce(
          (sum, index, k) => sum + (weights[index * 3 + target] as number) * (vector.values[k] as number),
          0,
        ),
      ),
    );
  };

  test('learns every text of a problem that can be separated', () => {
    for (const [text, label] of TOY) expect([text, classOf(text)]).toEqual([text, label]);
  });

  test('gives the same weights each time', () => {
    expect(trainBayes(toy.rows, toy.labels, 3, toy.space.size)).toEqual(weights);
  });

  test('a word speaks for the class that has it and against the others', () => {
    const like = dimensionOf(toy, 'like');
    expect(weights[like * 3]).toBeGreaterThan(0);
    expect(weights[like * 3 + 1]).toBeLessThan(0);
    expect(weights.every(Number.isFinite)).toBe(true);
  });
});
