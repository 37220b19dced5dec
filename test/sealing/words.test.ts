/** The rules of the word list, and that it stays as it is. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { stem } from '../../src/matching/stem.ts';
import { WORDS } from '../../src/sealing/words.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

describe('the words', () => {
  test('never change: receipts that people keep on paper name numbers by their order', () => {
    // IF THIS FAILS, PUT THE LIST BACK: with another list or order every receipt that was given out is lost for ever
    expect(createHash('sha256').update(WORDS.join(' ')).digest('hex')).toBe(
      'c3c7f3aeb96ba3ae3578c7644418e5fb1a02e9cfabd081dcf07bda61d4f9cdf2',
    );
  });

  test('are 2,048, sorted, of 4 to 7 plain letters', () => {
    expect(new Set(WORDS).size).toBe(2048);
    expect(WORDS).toEqual([...WORDS].sort());
    expect(WORDS.filter((word) => !/^[a-z]{4,7}$/.test(word))).toEqual([]);
  });

  test('no typo in one letter makes another one', () => {
    const words = new Set(WORDS);
    const pairs = WORDS.flatMap((word) =>
      oneTypoAway(word).flatMap((typed) => (typed !== word && words.has(typed) ? [`${word} ${typed}`] : [])),
    );
    expect(pairs).toEqual([]);
  });

  test('no two are forms of one word', () => {
    const byStem = Map.groupBy(WORDS, stem);
    const together = [...byStem.values()].filter((words) => words.length > 1).map((words) => words.join(' '));
    // these only look like it
    expect(together).toEqual([
      'diskusi kuskus',
      'gerai gerakan',
      'kafe kafein',
      'langkah pelangi',
      'peniti titian',
      'penting tingkah',
    ]);
  });

  test('none steers the bot', () => {
    for (const word of [
      'batal',
      'kirim',
      'lapor',
      'lanjut',
      'selesai',
      'kembali',
      'hapus',
      'ubah',
      'tambahkan',
      'lewati',
    ])
      expect(WORDS).not.toContain(word);
  });
});

/** Every way to leave out, swap, change or add one letter. */
function oneTypoAway(word: string): string[] {
  const places = [...word].map((_, at) => at);
  return [
    ...places.map((at) => word.slice(0, at) + word.slice(at + 1)),
    ...places.map((at) => word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2)),
    ...places.flatMap((at) => LETTERS.map((letter) => word.slice(0, at) + letter + word.slice(at + 1))),
    ...[...places, word.length].flatMap((at) => LETTERS.map((letter) => word.slice(0, at) + letter + word.slice(at))),
  ];
}
