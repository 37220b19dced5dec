import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stem } from '../../src/matching/stem.ts';

describe('stems', () => {
  test.each([
    ['mendukung', 'didukung', 'dukungan', 'ngedukung', 'dukungannya'],
    ['menyumbang', 'disumbang', 'sumbangan', 'sumbangkan'],
    ['membagikan', 'dibagikan', 'bagikan'],
    ['memotret', 'dipotret', 'potretnya'],
    ['menulis', 'ditulis', 'tulisan', 'tulislah'],
  ])('%s and its kin meet', (...kin) => {
    expect(new Set(kin.map(stem)).size).toBe(1);
  });

  test.each(['pemilu', 'kampanye', 'atasan', 'teman', 'sanksi', 'pns', 'foto', 'like'])('%s stays whole', (word) => {
    expect(stem(word)).toBe(word);
  });

  test('a possessive is taken off a word that stays whole', () => {
    expect(stem('sanksinya')).toBe('sanksi');
    expect(stem('atasannya')).toBe('atasan');
  });

  test('any word has a stem that is not longer than one sound more, and not empty', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,20}$/), (word) => {
        expect(stem(word).length).toBeGreaterThan(0);
        expect(stem(word).length).toBeLessThanOrEqual(word.length);
      }),
      { numRuns: 500 },
    );
  });
});
