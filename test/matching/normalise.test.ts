/** How a person's spelling becomes plain words. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ANALYSED, normalise, visible, words } from '../../src/matching/normalise.ts';

test('the three letters of PPPK are no stretched letter', () => {
  expect(normalise('PPPK boleh?')).toBe('pppk boleh');
  expect(normalise('ppppppk')).toBe('pppk');
});

describe('what a person types', () => {
  test.each([
    ['Boleh LIKE postingan calon?', 'boleh like postingan calon'],
    ['bolehhhh gaaaak siiih', 'boleh gak sih'],
    ['teman2 boleh ikut', 'teman teman boleh ikut'],
    ['teman2nya ikut, teman2an juga', 'teman temannya ikut teman temanan juga'],
    ['teman-teman kantor', 'teman kantor'],
    ['SKB 2022 no. 6', 'skb 2022 no 6'],
    ["ora opo'opo enja'", "ora opo'opo enja'"],
    ['kalau ‘like’ saja', 'kalau like saja'],
    ["apa 'pns' boleh 'like' ?", 'apa pns boleh like'],
    ["ma'ruf bilang 'enja' saja", "ma'ruf bilang enja saja"],
    ['lihat https://kpu.go.id/jadwal?x=1 ya', 'lihat tautan ya'],
    ['lihat www.kpu.go.id ya', 'lihat tautan ya'],
    ['Ｂｏｌｅｈ ｇａｋ', 'boleh gak'],
    ['café résumé ñandu', 'cafe resume nandu'],
    ['boleh_gak_ya', 'boleh gak ya'],
    ['', ''],
    ['   \n\t ', ''],
    ['?!…。', ''],
  ])('%j is read as %j', (typed, read) => {
    expect(normalise(typed)).toBe(read);
  });

  test.each(['wkwkwk', 'WKWK', 'wkwkwkw', 'hahaha', 'hahahaaa', 'hehe', 'hihihi', 'xixixi', 'haha_', 'wkwk2', 'wwkkk'])(
    'the laughter %j says nothing',
    (laughter) => {
      expect(normalise(`boleh ${laughter} like`)).toBe('boleh like');
    },
  );

  test('words that only look like laughter stay', () => {
    expect(normalise('hai, hak pilih he-he')).toBe('hai hak pilih he he');
  });
});

describe('emoji', () => {
  test.each([
    ['kasih 👍 boleh?', 'kasih jempol boleh'],
    ['kasih 👍🏽 boleh?', 'kasih jempol boleh'],
    ['❤️ di foto calon', 'hati di foto calon'],
    ['❤ di foto calon', 'hati di foto calon'],
    ['foto ✌️ boleh', 'foto dua jari boleh'],
    ['foto ☝️ boleh', 'foto telunjuk boleh'],
    ['makasih 🙏', 'makasih'],
    ['komen 🎉', 'komen emoji'],
    ['👨‍👩‍👧', 'emoji emoji emoji'],
  ])('%j is read as %j', (typed, read) => {
    expect(normalise(typed)).toBe(read);
  });
});

describe('what cannot be seen', () => {
  test.each([
    ['zero-width characters', 'bo\u200bl\u200deh li\u2060ke\ufeff'],
    ['marks of the direction of writing', '\u202eboleh\u202c \u2066like\u2069'],
    ['control characters', 'bo\u0000leh\u0007 li\u001bke\u007f'],
    ['soft hyphens', 'bo\u00adleh li\u00adke'],
    ['combining marks, also many of them', `b\u0301o\u0335l${'\u0323'.repeat(40)}eh like`],
  ])('%s do not change the words', (_what, typed) => {
    expect(normalise(typed)).toBe('boleh like');
  });

  test('the visible text has no control or direction characters left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});

describe('any text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    // what people type, in every combination
    fc
      .array(
        fc.constantFrom('ha', 'wk', 'a', 'b', 'teman', 'aku', '2', '-', '_', "'", ' ', 'nya', 'an', '👍', '\u0301'),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join('')),
  );

  test('becomes only a-z, 0-9, apostrophes and single spaces', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(normalise(text)).toMatch(/^(?:[a-z0-9']+(?: [a-z0-9']+)*)?$/);
      }),
      { numRuns: 500 },
    );
  });

  test('is not changed by reading it a second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(text);
        fc.pre(once.length <= MAX_ANALYSED);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['words', 'boleh like postingan calon '],
    ['one letter', 'a'],
    ['emoji', '👍'],
    ['combining marks', '\u0301'],
    ['hyphens', 'ab-'],
    ['digits', 'ab2'],
    ['a character that NFKC makes eighteen of', '\ufdfa'],
    ['spaces', ' '],
  ])('100,000 characters of %s are read up to a bound', (_what, unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length));
    expect(visible(text, 2_000).length).toBeLessThanOrEqual(2_000);
    // an emoji of one unit becomes a word of up to ten
    expect(normalise(text).length).toBeLessThanOrEqual(MAX_ANALYSED * 10);
    // what comes after the bound changes nothing
    expect(normalise(`${text}kampanye`)).toBe(normalise(text));
  });
});

test('a word said twice running counts once', () => {
  expect(words('teman teman boleh teman')).toEqual(['teman', 'boleh', 'teman']);
  expect(words('')).toEqual([]);
});
