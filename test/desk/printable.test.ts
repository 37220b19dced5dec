/** What a reporter wrote must do nothing in an officer's terminal. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeUnprintable, printable, printableLine } from '../../src/desk/printable.ts';

test('escape sequences are shown, not carried out', () => {
  expect(printable('a\x1b[2J\x1b]0;judul\x07b')).toBe('a␛[2J␛]0;judul␇b');
  expect(printable('\x9b31mmerah\x7f')).toBe('<U+009B>31mmerah␡');
  expect(printable('satu\rdua\x08')).toBe('satu␍dua␈');
});

test('text that runs the other way, hides or breaks lines is named', () => {
  expect(printable('foto\u202egpj.exe')).toBe('foto<U+202E>gpj.exe');
  expect(printable('a\u200bb\u2028c\u{e0041}\ufeff')).toBe('a<U+200B>b<U+2028>c<U+E0041><U+FEFF>');
  expect(printable('\ud800')).toBe('<U+D800>');
});

test('what people write stays as it is', () => {
  const text = 'Pak Lurah: “coblos nomor 2” – é ü 👨‍👩‍👧 🇮🇩\nbaris dua\r\nbaris tiga';
  expect(printable(text)).toBe(text.replace('\r\n', '\n'));
  expect(printable('\tisi')).toBe('    isi');
});

test('a name stays on one line', () => {
  expect(printableLine(' Rina\nBudi\r\n\x1b[31m ')).toBe('Rina Budi ␛[31m');
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be left
const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test('whatever comes, no control character is left but the line feed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(unsafe);
      expect(printableLine(text)).not.toMatch(/\n/);
    }),
  );
});

test('in JSON nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = escapeUnprintable(JSON.stringify({ text }));
      expect(json).not.toMatch(unsafe);
      expect(JSON.parse(json)).toEqual({ text });
    }),
  );
});
