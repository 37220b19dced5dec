/** Slang, phrases, regional words and typos, with the vocabulary of the real rule base. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Vocabulary } from '../../src/knowledge/schema.ts';
import { normalise } from '../../src/matching/normalise.ts';
import { Lexicon } from '../../src/matching/vocabulary.ts';

let lexicon: Lexicon;
beforeAll(() => {
  const known = ['boleh', 'postingan', 'calon', 'unggahan', 'dukung', 'stiker', 'kampanye', 'bupati', 'jarang'];
  lexicon = new Lexicon(loadKnowledge().vocabulary, known, ['bupati', 'stiker', 'kampanye', 'spanduk']);
});

const read = (text: string): string =>
  lexicon
    .tokens(normalise(text))
    .map(({ word }) => word)
    .join(' ');

describe('everyday words', () => {
  test.each([
    ['gak blh ngelike', 'tidak boleh like'],
    ['sy ga ikut', 'saya tidak ikut'],
    ['kulo angsal ndherek', 'saya boleh ikut'],
    ['abi kenging milu', 'saya boleh ikut'],
    ['ambo indak sato', 'saya tidak ikut'],
    ['paslon di fb sm ig', 'paslon di facebook dengan instagram'],
    ['upload di wa', 'posting di whatsapp'],
  ])('%j means %j', (typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  test('a phrase becomes one word, and keeps what was typed', () => {
    const [phrase] = lexicon.tokens('tangkapan layar');
    expect(phrase).toMatchObject({ raw: 'tangkapan layar', word: 'tangkapanlayar', repaired: false });
    expect(lexicon.tokens('tangkapan layar')).toHaveLength(1);
  });

  test('the longest phrase wins', () => {
    expect(read('cuti di luar tanggungan')).toBe('cltn');
    expect(read('cuti besok')).toBe('cuti besok');
  });

  test('words of the same concept meet', () => {
    const concept = (word: string) => lexicon.tokens(word)[0]?.concept;
    expect(concept('selfie')).toBe(concept('foto'));
    expect(concept('stiker')).toBe(concept('baliho'));
    expect(concept('stiker')).not.toBe(concept('foto'));
  });

  test('a known word with a clitic is that word and no typo', () => {
    expect(lexicon.tokens('bupatinya')).toMatchObject([{ raw: 'bupatinya', word: 'bupati', repaired: false }]);
  });
});

describe('typos', () => {
  test.each([
    ['bupatti', 'bupati'],
    ['stikker', 'stiker'],
    ['kampanyr', 'kampanye'],
  ])('%s is repaired to %s and marked', (typo, word) => {
    expect(lexicon.tokens(typo)).toMatchObject([{ raw: typo, word, repaired: true }]);
  });

  test('a word that is known, rare, short or has digits is left as it is', () => {
    for (const word of ['jarang', 'kpk', 'clo', 'bupat1', 'kalimantan'])
      expect(lexicon.tokens(word)).toMatchObject([{ word, repaired: false }]);
  });

  test('repairs always end at a word of the closed vocabulary, and are the same each time', () => {
    const { vocabulary } = loadKnowledge();
    const closed = new Set([...Object.keys(vocabulary.words), ...['bupati', 'stiker', 'kampanye', 'spanduk']]);
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{4,14}$/), (word) => {
        const [token] = lexicon.tokens(word);
        expect(lexicon.tokens(word)).toEqual(token === undefined ? [] : [token]);
        if (token?.repaired) expect(closed).toContain(token.word);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any text', () => {
  test('gives tokens without throwing, none of them empty', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        for (const { raw, word, stem, concept } of lexicon.tokens(normalise(text)))
          for (const part of [raw, word, stem, concept]) expect(part).not.toBe('');
      }),
      { numRuns: 50 },
    );
  });

  test('names that JavaScript objects have of themselves are words like any other', () => {
    for (const word of ['constructor', 'prototype', 'tostring', 'hasownproperty', 'valueof'])
      expect(lexicon.tokens(word)[0]?.raw).toBe(word);
  });

  test('an empty vocabulary leaves everything as it is', () => {
    const cues = { sanctions: [], citations: [], 'not-this': [], 'follow-on': [], filler: [], acts: [], joiners: [] };
    const empty: Vocabulary = { words: {}, phrases: {}, concepts: {}, cues };
    const tokens = new Lexicon(empty, [], []).tokens('gak boleh kampanye');
    expect(tokens.map(({ word }) => word)).toEqual(['gak', 'boleh', 'kampanye']);
    expect(tokens.some(({ repaired }) => repaired)).toBe(false);
  });
});
