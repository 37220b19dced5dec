import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyboard } from '../../../src/channels/telegram/keyboard.ts';
import { render } from '../../../src/channels/telegram/render.ts';
import { htmlMessages, MESSAGE_LIMIT } from '../../../src/channels/telegram/split.ts';
import { plain, reply } from '../../../src/conversation/message.ts';
import { parseHtml } from '../../support/bot-api-html.ts';

const visible = (html: string): string => {
  const parsed = parseHtml(html);
  if ('error' in parsed) throw new Error(parsed.error);
  return parsed.plain;
};

describe('text', () => {
  test('bold becomes a tag, and everything else that looks like markup stays text', () => {
    expect(htmlMessages('**a < b** & <i>c</i> _d_ `e` [f](g) &lt;')).toEqual([
      '<b>a &lt; b</b> &amp; &lt;i&gt;c&lt;/i&gt; _d_ `e` [f](g) &amp;lt;',
    ]);
  });

  test('bold over several lines, and marks that do not close', () => {
    expect(htmlMessages('**satu\ndua** tiga ** empat')).toEqual(['<b>satu\ndua</b> tiga ** empat']);
  });

  test('nothing visible is no message', () => {
    expect(htmlMessages(' \n ')).toEqual([]);
  });

  test('a long text is cut where a paragraph ends', () => {
    const paragraph = `${'kata '.repeat(300)}selesai.`;
    const messages = htmlMessages([paragraph, paragraph, paragraph].join('\n\n'));
    expect(messages).toEqual([`${paragraph}\n\n${paragraph}`, paragraph]);
  });

  test('a long list is cut where a line ends', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `• butir nomor ${i} dari daftar`);
    const messages = htmlMessages(lines.join('\n'));
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.join('\n').split('\n')).toEqual(lines);
  });

  test('any text arrives whole, in messages that Telegram takes', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('\n', '\n\n', '**', '&', '<b>', '😀'.repeat(40), 'x'.repeat(200), ' '),
    );
    const squeeze = (text: string) => text.replace(/\s+/g, '');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const messages = htmlMessages(text, 300);
        for (const message of messages) expect(message.length).toBeLessThanOrEqual(300);
        expect(squeeze(messages.map(visible).join(''))).toBe(squeeze(plain(text)));
        for (const message of messages) expect(message.isWellFormed()).toBe(true);
      }),
    );
  });

  test('one endless word of what has to be escaped', () => {
    const messages = htmlMessages('&'.repeat(10_000));
    expect(messages.map(visible).join('')).toBe('&'.repeat(10_000));
    for (const message of messages) expect(message.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
  });
});

describe('buttons', () => {
  test('two short ones share a row, long ones stand alone', () => {
    const labels = ['Sanksi & dasar', 'Bukan ini', 'Menyukai unggahan calon di media sosial', 'Daftar topik'];
    const rows = keyboard(labels.map((label, i) => ({ label, send: `/${i}` })));
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['Sanksi & dasar', 'Bukan ini'],
      ['Menyukai unggahan calon di media sosial'],
      ['Daftar topik'],
    ]);
  });

  test('a label is cut at forty characters, never inside an emoji', () => {
    const labels = (label: string) =>
      keyboard([{ label, send: '/x' }])
        .flat()
        .map(({ text }) => text);
    expect(labels(`${'a'.repeat(38)}😀😀😀`)).toEqual([`${'a'.repeat(38)}😀…`]);
    expect(labels('b'.repeat(40))).toEqual(['b'.repeat(40)]);
    expect(labels('b'.repeat(41))).toEqual([`${'b'.repeat(39)}…`]);
  });

  test('a choice that does not fit into 64 bytes is a numbered line instead, counted over all replies', () => {
    const long = `/${'ä'.repeat(32)}`;
    const [, second] = render([
      reply('satu', [{ label: 'A', send: '/a' }]),
      reply('dua', [
        { label: 'B', send: '/b' },
        { label: 'C', send: long },
      ]),
    ]);
    expect(second?.html).toBe('dua\n\n3. C');
    expect(second?.keyboard.flat().map(({ text }) => text)).toEqual(['B']);
  });

  test('exactly 64 bytes is a button', () => {
    expect(keyboard([{ label: 'A', send: 'x'.repeat(64) }])).toHaveLength(1);
    expect(keyboard([{ label: 'A', send: 'x'.repeat(65) }])).toHaveLength(0);
  });

  test('they stand under the last part of a split reply', () => {
    const messages = render([reply('baris\n'.repeat(1_000), [{ label: 'A', send: '/a' }])]);
    expect(messages.map(({ keyboard: rows }) => rows.length)).toEqual([0, 1]);
  });
});
