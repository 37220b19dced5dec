/** Receipts as people write them down, read them out and type them again. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsReceipt, makeReceipt, nickname, readReceipt } from '../../src/sealing/receipt.ts';
import { asReceipt, receiptOf } from '../../src/sealing/receipt-words.ts';
import { WORDS } from '../../src/sealing/words.ts';

const number = fc.integer({ min: 0, max: 2047 });
const receipts = fc.array(number, { minLength: 9, maxLength: 9 }).map(receiptOf);
/** One of the known answers. */
const RECEIPT = known(2);
const ITS_WORDS = RECEIPT.split(' ');
const NUMBERED = ITS_WORDS.map((word, at) => `${at + 1}. ${word}`);

describe('a new receipt', () => {
  test('is ten words that read back as they are', () => {
    for (let i = 0; i < 50; i++) {
      const receipt = makeReceipt();
      expect(receipt.split(' ')).toHaveLength(10);
      expect(readReceipt(receipt)).toEqual({ kind: 'receipt', receipt });
    }
  });

  test('is never the same, and uses the whole list', () => {
    const made = Array.from({ length: 2_000 }, makeReceipt);
    expect(new Set(made).size).toBe(made.length);
    // a word is left out of 18,000 draws with a chance of e^-8.8, one in 6,500: of 2,048 hardly ever more than a few
    expect(new Set(made.flatMap((receipt) => receipt.split(' ').slice(0, -1))).size).toBeGreaterThan(2_035);
  });
});

describe('reading', () => {
  test.each([
    ['capitals', RECEIPT.toUpperCase()],
    ['a capital for each word', RECEIPT.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
    ['spaces and line breaks', `\n  ${ITS_WORDS.join('  \r\n\t ')}  \n`],
    ['commas', ITS_WORDS.join(', ')],
    ['commas without spaces', ITS_WORDS.join(',')],
    ['full stops', `${ITS_WORDS.join('. ')}.`],
    ['dashes', ITS_WORDS.join('-')],
    ['long dashes', ITS_WORDS.join(' — ')],
    ['numbers as we show them', NUMBERED.join('\n')],
    ['numbers in one line', NUMBERED.join(' ')],
    ['numbers without spaces', ITS_WORDS.map((word, at) => `${at + 1}.${word}`).join(' ')],
    ['numbers with brackets', ITS_WORDS.map((word, at) => `${at + 1}) ${word}`).join('\n')],
    ['numbers glued to the words', ITS_WORDS.map((word, at) => `${at + 1}${word}`).join('')],
    ['quotes', `“${RECEIPT}”`],
    ['a list with bullets', ITS_WORDS.map((word) => `• ${word}`).join('\n')],
    ['bold of a chat', `*${RECEIPT}*`],
    ['no-break spaces', ITS_WORDS.join('\u00a0')],
    ['characters that nobody sees', ITS_WORDS.join('\u200b \ufeff').replaceAll('a', 'a\u00ad')],
    [
      'letters of full width',
      RECEIPT.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
    ],
    ['accents from a foreign keyboard', RECEIPT.replaceAll('a', 'á')],
    ['words before and after', `Ini kode saya: ${RECEIPT}. Tolong dicek ya`],
  ])('takes %s', (_what, text) => {
    expect(readReceipt(text)).toEqual({ kind: 'receipt', receipt: RECEIPT });
  });

  test.each([
    ['nothing', '', 0],
    ['numbers only', '1. 2. 3.', 0],
    ['nine words', ITS_WORDS.slice(1).join(' '), 9],
    ['eleven words that are no receipt', `${ITS_WORDS.slice(1).join(' ')} bukan begitu`, 11],
    ['a question', 'boleh like postingan calon?', 4],
  ])('counts the words of %s', (_what, text, found) => {
    expect(readReceipt(text)).toEqual({ kind: 'count', found });
  });

  test('two words that changed places do not belong together', () => {
    for (let at = 0; at < 9; at++) {
      const swapped = ITS_WORDS.toSpliced(at, 2, ITS_WORDS[at + 1] as string, ITS_WORDS[at] as string);
      expect(readReceipt(swapped.join(' '))).toEqual({ kind: 'checksum' });
    }
  });

  test('just one of the 2,048 last words fits the nine before it', () => {
    fc.assert(
      fc.property(receipts, (receipt) => {
        const nine = receipt.split(' ').slice(0, -1);
        const fitting = WORDS.filter((word) => asReceipt([...nine, word]) !== undefined);
        expect([...nine, ...fitting].join(' ')).toBe(receipt);
      }),
      { numRuns: 5 },
    );
  });

  test('another word in any place passes one time in 2,048', () => {
    const passing = ITS_WORDS.slice(0, -1).flatMap((right, at) =>
      WORDS.filter((word) => word !== right && asReceipt(ITS_WORDS.with(at, word)) !== undefined),
    );
    // 18,423 changed receipts: 9 are expected; more than 25 would come by chance one time in 100,000
    expect(passing.length).toBeGreaterThan(0);
    expect(passing.length).toBeLessThan(25);
  });

  test('never throws, whatever is sent', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc
        .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 9 })), { maxLength: 14 })
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(['receipt', 'repaired', 'unknown-word', 'count', 'checksum']).toContain(readReceipt(text).kind);
        expect(typeof holdsReceipt(text)).toBe('boolean');
      }),
      { numRuns: 150 },
    );
  });

  test('reads no more than the first 2,000 characters, however much is sent', () => {
    expect(readReceipt(`${'x '.repeat(2_000_000)}${RECEIPT}`)).toEqual({ kind: 'count', found: 1_000 });
    expect(readReceipt('x'.repeat(5_000_000))).toEqual({ kind: 'count', found: 1 });
  });
});

describe('mistyped words', () => {
  test('are mended and named', () => {
    const typed = ITS_WORDS.with(2, `${ITS_WORDS[2]}x`).with(5, (ITS_WORDS[5] as string).slice(1));
    expect(
      readReceipt(
        NUMBERED.join(' ')
          .replace(`3. ${ITS_WORDS[2]}`, `3. ${typed[2]}`)
          .replace(`6. ${ITS_WORDS[5]}`, `6. ${typed[5]}`),
      ),
    ).toEqual({
      kind: 'repaired',
      receipt: RECEIPT,
      repairs: [
        { place: 3, from: typed[2], to: ITS_WORDS[2] },
        { place: 6, from: typed[5], to: ITS_WORDS[5] },
      ],
    });
  });

  test('a letter that a key repeated does no harm', () => {
    const typed = (ITS_WORDS[0] as string).replace(/^./, (letter) => letter.repeat(6));
    expect(readReceipt(ITS_WORDS.with(0, typed).join(' '))).toMatchObject({ kind: 'repaired', receipt: RECEIPT });
  });

  test.each(typos())('%s: mended, or the place is named; never another receipt', (_kind, typo) => {
    let mended = 0;
    const place = fc.integer({ min: 0, max: 9 });
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz');
    fc.assert(
      fc.property(receipts, place, fc.nat(), letter, (receipt, at, where, other) => {
        const words = receipt.split(' ');
        const word = words[at] as string;
        const typed = typo(word, where % word.length, other);
        fc.pre(typed !== word);
        const read = readReceipt(words.with(at, typed).join(' '));
        if (read.kind === 'repaired') {
          expect(read).toEqual({ kind: 'repaired', receipt, repairs: [{ place: at + 1, from: typed, to: word }] });
          mended += 1;
        } else {
          expect(read).toMatchObject({ kind: 'unknown-word', place: at + 1, word: typed });
          expect(read).toHaveProperty('near', expect.arrayContaining([word]));
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    // another near word fits the checksum too only one time in 2,048
    expect(mended).toBeGreaterThanOrEqual(298);
  });

  test('two letters wrong in a long word are mended too', () => {
    const long = receiptOf([WORDS.indexOf('pelangi'), 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(readReceipt(long.replace('pelangi', 'pilagi'))).toMatchObject({ kind: 'repaired', receipt: long });
  });

  test('a word that is like none of the list is named with its place', () => {
    expect(readReceipt(ITS_WORDS.with(6, 'qwxzqv').join(' '))).toEqual({
      kind: 'unknown-word',
      place: 7,
      word: 'qwxzqv',
      near: [],
    });
  });

  test('the word that is like none is named before one that could be mended', () => {
    const typed = ITS_WORDS.with(1, `${ITS_WORDS[1]}x`).with(8, 'qwxzqv');
    expect(readReceipt(typed.join(' '))).toMatchObject({ kind: 'unknown-word', place: 9, word: 'qwxzqv' });
  });

  test('at most three near words are told: fewest typos first, then those with the same first letter', () => {
    expect(readReceipt(ITS_WORDS.with(9, 'katu').join(' '))).toEqual({
      kind: 'unknown-word',
      place: 10,
      word: 'katu',
      near: ['kartu', 'katun', 'kayu'],
    });
  });

  test('a mistyped word does not hide that the others do not belong together', () => {
    const swapped = ITS_WORDS.toSpliced(0, 2, ITS_WORDS[1] as string, ITS_WORDS[0] as string).with(
      4,
      `${ITS_WORDS[4]}x`,
    );
    expect(readReceipt(swapped.join(' '))).toMatchObject({ kind: 'unknown-word', place: 5, near: [ITS_WORDS[4]] });
  });

  test('a question of ten words is not made into a receipt, and a long word is not said back whole', () => {
    expect(readReceipt('boleh tidak saya hadir di acara calon bupati hari minggu')).toMatchObject({
      kind: 'unknown-word',
      place: 1,
    });
    expect(readReceipt(ITS_WORDS.with(3, 'x'.repeat(900)).join(' '))).toMatchObject({ place: 4, word: 'x'.repeat(30) });
  });
});

describe('a text that holds a receipt', () => {
  test.each([
    ['in a story', `Tadi malam saya lapor, kodenya ${RECEIPT} lalu saya simpan.`],
    ['behind other words of the list', `rumah gunung ${RECEIPT}`],
    ['in lines with numbers', `catatan:\n${NUMBERED.join('\n')}\nsudah`],
    ['at the end of a very long text', `${'rumah kata gunung '.repeat(50_000)}${RECEIPT}`],
  ])('is found %s', (_where, text) => {
    expect(holdsReceipt(text)).toBe(true);
  });

  test.each([
    ['one word is missing', ITS_WORDS.slice(0, 9).join(' ')],
    ['one word is mistyped', RECEIPT.replace(ITS_WORDS[4] as string, `${ITS_WORDS[4]}x`)],
    ['another word stands between', ITS_WORDS.toSpliced(5, 0, 'dan').join(' ')],
    ['two words changed places', [...ITS_WORDS.slice(1, 2), ...ITS_WORDS.slice(0, 1), ...ITS_WORDS.slice(2)].join(' ')],
    ['there is none', 'Kepala dinas menyuruh kami memilih pasangan calon nomor satu di rapat hari Senin.'],
  ])('is not where %s', (_what, text) => {
    expect(holdsReceipt(text)).toBe(false);
  });
});

describe('the nickname of a case', () => {
  test('stays the same', () => {
    // worked out with Python: int.from_bytes(hashlib.sha256(b'tanya-netral/nickname/1/' + id).digest()[:4], 'big') >> 10
    expect(nickname('AAAAAAAAAAAAAAAAAAAAAA')).toBe('irigasi-cahaya');
    expect(nickname('Zm9vYmFyYmF6cXV4MTIzNA')).toBe('asyik-kantong');
  });

  test('is two words of the list, and differs from case to case', () => {
    const names = Array.from({ length: 500 }, (_, i) => nickname(`case-${i}`));
    for (const name of names) expect(name.split('-').filter((word) => WORDS.includes(word))).toHaveLength(2);
    expect(new Set(names).size).toBeGreaterThan(497);
  });
});

type Typo = (word: string, at: number, letter: string) => string;

function typos(): Array<[string, Typo]> {
  return [
    ['a letter left out', (word, at) => word.slice(0, at) + word.slice(at + 1)],
    ['a letter too many', (word, at, letter) => word.slice(0, at) + letter + word.slice(at)],
    ['a wrong letter', (word, at, letter) => word.slice(0, at) + letter + word.slice(at + 1)],
    [
      'two letters swapped',
      (word, at) => word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2),
    ],
  ];
}

function known(at: number): string {
  const vectors = JSON.parse(readFileSync(new URL('vectors/receipt.json', import.meta.url), 'utf8')) as Array<{
    receipt: string;
  }>;
  return (vectors[at] as { receipt: string }).receipt;
}
