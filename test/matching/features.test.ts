import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { FeatureSpace, toRows } from '../../src/matching/dataset.ts';
import { FAMILY_WEIGHTS, features } from '../../src/matching/features.ts';
import { Lexicon } from '../../src/matching/vocabulary.ts';

const lexicon = new Lexicon(loadKnowledge().vocabulary, ['boleh', 'calon', 'unggahan', 'pemilu', 'kapan'], []);
const of = (text: string) => features(text, lexicon).features;
const TEXTS = [
  'boleh like unggahan calon',
  'like unggahan calon dua',
  'like foto calon',
  'kapan pemilu',
  'kapan pemilu lagi',
];
const space = FeatureSpace.of(TEXTS.map(of), FAMILY_WEIGHTS);
const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('features of a text', () => {
  test('words, stems, neighbours, concepts and letters are told apart', () => {
    const families = new Set([...of('boleh like unggahan calon').keys()].map((feature) => feature.slice(0, 2)));
    expect([...families].sort()).toEqual(['b:', 'c:', 'k:', 's:', 'w:']);
  });

  test('slang has the words of everyday Indonesian', () => {
    expect([...of('gak blh ngelike').keys()]).toEqual(expect.arrayContaining(['w:tidak', 'w:boleh', 'w:like']));
  });

  test('no words, no features but the empty pair', () => {
    expect([...of('')]).toEqual([['b:^ $', 1]]);
    expect([...of('🙏 !!')]).toEqual([['b:^ $', 1]]);
  });
});

describe('vectors', () => {
  test('have length 1, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.shuffledSubarray(TEXTS.join(' ').split(' ')).map((w) => w.join(' ')),
        ),
        (text) => {
          const { values } = space.vector(of(text));
          if (values.length > 0) expect(length(values)).toBeCloseTo(1, 5);
        },
      ),
      { numRuns: 200 },
    );
    expect(length(space.vector(of('boleh like unggahan calon')).values)).toBeCloseTo(1, 5);
  });

  test('of a text without a known feature are empty', () => {
    const { indices, values } = space.vector(of('xyzzy qwfp'));
    expect([indices.length, values.length]).toEqual([0, 0]);
  });

  test('the order in which the texts were read does not matter', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(TEXTS, { minLength: TEXTS.length }), (shuffled) => {
        const other = FeatureSpace.of(shuffled.map(of), FAMILY_WEIGHTS);
        expect([...other.index]).toEqual([...space.index]);
        expect(other.idf).toEqual(space.idf);
      }),
      { numRuns: 20 },
    );
  });

  test('a rare word tells more than a common one', () => {
    const idf = (feature: string) => space.idf[space.index.get(feature) as number] as number;
    expect(idf('w:foto')).toBeGreaterThan(idf('w:calon'));
  });

  test('a family of weight 0 is left out', () => {
    const words = FeatureSpace.of(TEXTS.map(of), { ...FAMILY_WEIGHTS, c: 0 });
    expect([...words.index.keys()].some((feature) => feature.startsWith('c:'))).toBe(false);
  });
});

test('rows hold every vector one after the other', () => {
  const vectors = TEXTS.map((text) => space.vector(of(text)));
  const rows = toRows(vectors);
  vectors.forEach((vector, i) => {
    const [from, to] = [rows.starts[i], rows.starts[i + 1]];
    expect(rows.indices.slice(from, to)).toEqual(vector.indices);
    expect(rows.values.slice(from, to)).toEqual(vector.values);
  });
  expect(rows.starts.at(-1)).toBe(rows.indices.length);
});
