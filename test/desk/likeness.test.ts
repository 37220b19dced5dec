import { describe, expect, test } from 'vitest';
import { alikeTo, foldAlike } from '../../src/desk/likeness.ts';

const TIP =
  'Kemarin di aula kecamatan pak camat mengumpulkan semua lurah dan meminta mereka memenangkan pasangan nomor dua. Ada sekitar empat puluh orang yang hadir, dan daftar hadirnya dibawa oleh sekretaris.';
const OTHER =
  'Kepala sekolah saya membagikan kaus bergambar calon bupati kepada semua guru waktu upacara, lalu kami diminta berfoto bersama dengan kaus itu.';

const folded = (...texts: string[]): string[][] =>
  foldAlike(texts, (text) => text).map(({ first, others }) => [first, ...others]);

describe('folded', () => {
  test('the same text, with other capitals, blanks and marks', () => {
    const shouted = TIP.toUpperCase().replaceAll(' ', '  ').replaceAll('.', '!');
    expect(folded(TIP, OTHER, shouted)).toEqual([[TIP, shouted], [OTHER]]);
  });

  test('a word added to a long text', () => {
    const more = `${TIP} Tolong.`;
    expect(folded(TIP, more)).toEqual([[TIP, more]]);
  });
});

describe('not folded', () => {
  test.each([
    ['another person', TIP.replace('pak camat', 'kepala dinas pendidikan'), TIP],
    ['short texts that differ in one name', 'Lurah Mawar ikut kampanye.', 'Lurah Melati ikut kampanye.'],
    ['nothing at all', '', ''],
    ['only marks', '!!!', '???'],
  ])('%s', (_what, a, b) => {
    expect(folded(a, b)).toHaveLength(2);
  });

  test('a long way round: what is alike to its neighbour but not to the first', () => {
    const words = TIP.split(' ');
    const changed = (count: number) => [...words.slice(0, -count), ...Array(count).fill('lain')].join(' ');
    const chain = [TIP, changed(1), changed(5)];
    expect(folded(...chain)[0]).not.toContain(chain[2]);
  });
});

test('one text finds its likenesses, in the order given', () => {
  const others = [OTHER, TIP.toUpperCase(), '', `${TIP} Tolong.`];
  expect(alikeTo(TIP, others, (text) => text)).toEqual([others[1], others[3]]);
  expect(alikeTo('', others, (text) => text)).toEqual([]);
});

test('of many texts the same are folded as by comparing each with each', () => {
  const words = TIP.split(' ');
  // each with a few words changed, by a rule: some stay alike, some do not
  const texts = Array.from({ length: 200 }, (_, i) =>
    words.map((word, at) => ((at * 7 + i) % 31 < i % 4 ? `lain${i % 5}` : word)).join(' '),
  );
  const expected: string[][] = [];
  for (const text of texts) {
    const group = expected.find(([first = '']) => alikeTo(first, [text], (one) => one).length > 0);
    if (group) group.push(text);
    else expected.push([text]);
  }
  expect(expected.length).toBeGreaterThan(20);
  expect(expected.length).toBeLessThan(180);
  expect(folded(...texts)).toEqual(expected);
});
