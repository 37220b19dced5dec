import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST, scrub } from '../../src/insights/scrub.ts';
import { makeReceipt } from '../../src/sealing/receipt.ts';

test.each([
  ['nomor saya 081234567890, boleh?', 'nomor saya #, boleh?'],
  ['hubungi +62 812-3456-7890 ya', 'hubungi # ya'],
  ['NIP 19850101 201001 1 001 ikut lomba', 'NIP # ikut lomba'],
  ['pilkada 2029 boleh ikut?', 'pilkada 2029 boleh ikut?'],
  ['di grup @timses_budi boleh?', 'di grup @ boleh?'],
  ['kirim ke budi.santoso@kantor.go.id aja', 'kirim ke @ aja'],
  ['lihat https://fb.com/budi?x=1 dan www.situs.id/a', 'lihat tautan dan tautan'],
  ['gabung t.me/rahasia atau wa.me/62812', 'gabung tautan atau tautan'],
  ['boleh\u202e\u0000 ini\n\nya', 'boleh ini ya'],
])('%j becomes %j', (written, kept) => {
  expect(scrub(written)).toBe(kept);
});

test('no text of digits, however they are written, keeps six on end', () => {
  const between = fc.constantFrom('', ' ', '-', '.', '/');
  const number = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), between), { minLength: 6, maxLength: 30 });
  fc.assert(
    fc.property(number, (digits) => {
      const kept = scrub(`nomor ${digits.map(([digit, sign]) => `${digit}${sign}`).join('')} ya`) ?? '';
      expect(kept.replace(/\D/g, '').length).toBeLessThan(6);
    }),
  );
});

test('what may be a receipt is not kept, nor what is too long to be a question', () => {
  for (let i = 0; i < 50; i++) {
    const words = makeReceipt().split(' ');
    expect(scrub(words.join(' '))).toBeUndefined();
    expect(scrub(`kata saya ${words.join(', ').toUpperCase()} tolong`)).toBeUndefined();
    // a word left out, a word mistyped
    expect(scrub(words.slice(1).join(' '))).toBeUndefined();
    expect(scrub([...words.slice(0, 4), 'xqzw', ...words.slice(5)].join(' '))).toBeUndefined();
  }
  expect(scrub('a '.repeat(LONGEST))).toBeUndefined();
  expect(scrub('  ')).toBeUndefined();
});
