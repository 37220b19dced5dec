import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { FeatureSpace, toRows } from '../../src/matching/dataset.ts';
import { FAMILIES, familyOf, featureNames, features } from '../../src/matching/features.ts';
import { Lexicon } from '../../src/matching/vocabulary.ts';

const lexicon = new Lexicon(loadKnowledge().vocabulary, ['boleh', 'calon', 'unggahan', 'pemilu', 'kapan'], []);
const of = (text: string) => features(text, lexicon).features;
/** The features as a curator reads them, by number. */
const names = (text: string) => featureNames(features(text, lexicon).tokens);
const TEXTS = [
  'boleh like unggahan calon',
  'like unggahan calon dua',
  'like foto calon',
  'kapan pemilu',
  'kapan pemilu lagi',
];
const space = FeatureSpace.of(TEXTS.map(of));
const length = (values: Float32Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe('features of a text', () => {
  test('words, neighbours, stems, concepts and letters are told apart', () => {
    const families = new Set([...of('boleh like unggahan calon').keys()].map((feature) => FAMILIES[familyOf(feature)]));
    expect([...families].sort()).toEqual([...FAMILIES].sort());
  });

  test('slang has the words of everyday Indonesian', () => {
    const words = [...names('gak blh ngelike').values()];
    expect(words).toEqual(expect.arrayContaining(['tidak', 'boleh', 'like', '"tidak boleh"', '"^ tidak"']));
  });

  test('every number has a name, and a word said twice counts twice', () => {
    const text = 'like unggahan like calon';
    expect([...names(text).keys()].sort()).toEqual([...of(text).keys()].sort());
    const like = [...names(text)].find(([, name]) => name === 'like')?.[0] as number;
    expect(of(text).get(like)).toBe(2);
  });

  test('the numbers of different words are different', () => {
    const texts = Object.keys(loadKnowledge().vocabulary.words);
    const numbers = texts.map((word) => [...names(word)].find(([, name]) => name === word)?.[0]);
    expect(new Set(numbers).size).toBe(texts.length);
  });

  test('no words, no features', () => {
    for (const text of ['', '🙏 !!', '\u200b']) expect(of(text).size).toBe(0);
  });
});

describe('vectors', () => {
  test('have length 1, whatever the text', () => {
    const words = fc.shuffledSubarray(TEXTS.join(' ').split(' '), { minLength: 1 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), words), (text) => {
        const { values } = space.vector(of(text));
        expect(length(values)).toBeCloseTo(values.length === 0 ? 0 : 1, 5);
      }),
      { numRuns: 200 },
    );
    expect(space.vector(of('boleh like unggahan calon')).values.length).toBeGreaterThan(5);
  });

  test('of a text without a known feature are empty', () => {
    const { indices, values } = space.vector(of('xyzzy qwfp'));
    expect([indices.length, values.length]).toEqual([0, 0]);
  });

  test('the order in which the texts were read does not matter', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(TEXTS, { minLength: TEXTS.length }), (shuffled) => {
        const other = FeatureSpace.of(shuffled.map(of));
        expect(other.features).toEqual(space.features);
        expect(other.idf).toEqual(space.idf);
      }),
      { numRuns: 20 },
    );
  });

  test('a rare word tells more than a common one', () => {
    const idf = (word: string) => {
      const number = [...names('like foto calon')].find(([, name]) => name === word)?.[0] as number;
      return space.idf[space.dimension(number) as number] as number;
    };
    expect(idf('foto')).toBeGreaterThan(idf('calon'));
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
