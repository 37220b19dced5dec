/** A spreadsheet must never compute what a reporter wrote. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csv } from '../../src/desk/csv.ts';

/** Reads RFC 4180 back. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell = '', end] of text.slice(1).matchAll(/"((?:[^"]|"")*)"(,|\r\n)/g)) {
    rows.at(-1)?.push(cell.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('formulas', () => {
  test.each([
    '=1+1',
    '=HYPERLINK("http://jahat.example";"klik")',
    '+62811',
    '-2+3',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '  =1+1',
    '＝1+1',
    '\u200b=1+1',
    '\tx',
  ])('%j becomes a text', (text) => {
    expect(parse(csv([[text]]))).toEqual([[`'${text}`]]);
  });

  test.each(['rapat 10-12', 'a=b', 'surel@contoh', '', 'baris\n=1'])('%j stays as it is', (text) => {
    expect(parse(csv([[text]]))).toEqual([[text]]);
  });
});

test('any cells come back, in their places', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\r', '\n', ';', 'é', '=', '-') });
  const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(rows, (wanted) => {
      const found = parse(csv(wanted));
      expect(found.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(wanted);
      for (const text of found.flat()) expect(text).not.toMatch(/^[\s]*[=+@-]/);
    }),
  );
});

test('spreadsheets read it as UTF-8', () => {
  expect(Buffer.from(csv([['é']])).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
});
