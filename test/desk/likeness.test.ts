import { describe, expect, test } from 'vitest';
import { foldAlike } from '../../src/desk/likeness.ts';

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
