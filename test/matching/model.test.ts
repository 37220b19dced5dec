/** Trained models as bytes: what is read back answers the same, and damaged bytes are never taken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { trainingTexts } from '../../src/learning/texts.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { decodeModel, encodeModel, type Model, quantise, softmax } from '../../src/matching/model.ts';
import { trainModel } from '../../src/matching/train.ts';
import { smallKnowledge } from '../support/small-knowledge.ts';

const files = smallKnowledge();
const knowledge = loadKnowledge(files.folder);
const texts = trainingTexts(knowledge);
files.remove();
const model = trainModel(texts, knowledge.vocabulary);
const bytes = encodeModel(model);

describe('a model that is read back', () => {
  const back = decodeModel(bytes) as Model;

  test('ranks everything just as before', () => {
    const [before, after] = [new Matcher(knowledge, model), new Matcher(knowledge, back)];
    for (const { text } of texts) expect(after.rank(text)).toEqual(before.rank(text));
  });

  test('has the same bytes again', () => {
    expect(encodeModel(back).equals(bytes)).toBe(true);
  });
});

test('the same texts train the same bytes', () => {
  expect(encodeModel(trainModel(texts, knowledge.vocabulary)).equals(bytes)).toBe(true);
});

test('one more text trains other bytes', () => {
  const more = [...texts, { text: 'pencet tombol suka', label: 'suka-unggahan' }];
  expect(encodeModel(trainModel(more, knowledge.vocabulary)).equals(bytes)).toBe(false);
});

describe('bytes that are no model', () => {
  test('nothing, text, and another format', () => {
    for (const foreign of ['', 'x', 'TNMODEL', 'TNMODEL1'.padEnd(200, 'x'), '{"labels":[]}', 'SQLite format 3\u0000'])
      expect(decodeModel(Buffer.from(foreign))).toBeUndefined();
    expect(decodeModel(Buffer.alloc(bytes.length))).toBeUndefined();
  });

  test('cut off anywhere, or with something behind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), (length) => {
        expect(decodeModel(bytes.subarray(0, length))).toBeUndefined();
      }),
    );
    expect(decodeModel(Buffer.concat([bytes, Buffer.alloc(4)]))).toBeUndefined();
  });

  test('with any one bit flipped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] as number) ^ (1 << bit);
        expect(decodeModel(damaged)).toBeUndefined();
      }),
    );
  });

  test('any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => {
        expect(decodeModel(Buffer.concat([Buffer.from('TNMODEL2'), any]))).toBeUndefined();
      }),
    );
  });
});

test('a byte a weight is near enough', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 4, maxLength: 40 }), (numbers) => {
      const weights = Float32Array.from(numbers.slice(0, numbers.length - (numbers.length % 2)), (n) => n / 1000);
      const ranker = quantise(weights, new Float32Array(2), { sharpness: 1, share: 1 });
      weights.forEach((weight, i) => {
        const scale = ranker.scales[i % 2] as number;
        expect(Math.abs((ranker.weights[i] as number) * scale - weight)).toBeLessThanOrEqual(scale * 0.51);
      });
    }),
  );
});

test('probabilities sum to 1, also for scores far apart', () => {
  for (const scores of [
    [0, 0, 0],
    [1000, -1000, 3],
    [-5, -5.1, -4.9],
  ]) {
    const p = softmax(Float64Array.from(scores), 4);
    expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(p.every((value) => value >= 0 && value <= 1)).toBe(true);
  }
});
