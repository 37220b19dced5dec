/** Replies within WhatsApp's limits. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMarks } from '../../../src/channels/whatsapp-cloud/marks.ts';
import { render } from '../../../src/channels/whatsapp-cloud/render.ts';
import { split } from '../../../src/channels/whatsapp-cloud/split.ts';
import { titles } from '../../../src/channels/whatsapp-cloud/titles.ts';
import type { Choice } from '../../../src/conversation/message.ts';
import { checkMessage } from '../../support/graph-api-checks.ts';

const choice = (label: string, send = `/aturan ${label.toLowerCase().replace(/\W+/g, '-')}`): Choice => ({
  label,
  send,
});
const seen = (text: string, choices: readonly Choice[] = []) =>
  render([{ text, choices }]).map((content) => checkMessage({ messaging_product: 'whatsapp', ...content }));

describe('choices', () => {
  test('up to three short ones are buttons', () => {
    const [message] = seen('Halo', [choice('Sanksi & dasar'), choice('Kalau status lain'), choice('Bukan ini')]);
    expect(message).toMatchObject({ kind: 'buttons', text: 'Halo' });
    expect(message?.choices.map(({ title }) => title)).toEqual(['Sanksi & dasar', 'Kalau status lain', 'Bukan ini']);
  });

  test('a button may lose a few letters', () => {
    const [message] = seen('Halo', [choice('Sanksi & dasar lengkap')]);
    expect(message?.kind).toBe('buttons');
    expect(message?.choices.map(({ title }) => title)).toEqual(['Sanksi & dasar leng…']);
  });

  test('labels that would lose their meaning on a button stand whole in a list', () => {
    const [message] = seen('Yang mana?', [choice('Menyukai (like) unggahan calon'), choice('Daftar topik')]);
    expect(message?.kind).toBe('list');
    expect(message?.choices.map(({ title, description }) => [title, description])).toEqual([
      ['Menyukai (like) unggaha…', 'Menyukai (like) unggahan calon'],
      ['Daftar topik', undefined],
    ]);
  });

  test('labels that only differ at their end stay different', () => {
    const [message] = seen('?', [
      choice('Ikut kampanye calon bupati', '/a'),
      choice('Ikut kampanye calon bupati A', '/b'),
      choice('Sama', '/c'),
      choice('Sama', '/d'),
    ]);
    expect(message?.choices.map(({ title }) => title)).toEqual([
      'Ikut kampanye calon bup…',
      'Ikut kampanye calon… (2)',
      'Sama',
      'Sama (2)',
    ]);
  });

  test('four to ten are a list', () => {
    const [message] = seen(
      'Pilih status',
      Array.from({ length: 10 }, (_, i) => choice(`Status ${i}`)),
    );
    expect(message).toMatchObject({ kind: 'list' });
    expect(message?.choices).toHaveLength(10);
  });

  test.each([
    ['more than ten', Array.from({ length: 11 }, (_, i) => choice(`Topik ${i + 1}`))],
    ['a label over the description', [choice('x'.repeat(73)), choice('b')]],
    ['the same command twice', [choice('A', '/a'), choice('B', '/a')]],
    ['a command over the limit', [choice('A', `/${'a'.repeat(200)}`)]],
    ['an empty label', [choice(' ', '/a'), choice('B')]],
  ])('%s are numbered lines', (_, choices) => {
    const [message] = seen('Pilih', choices);
    expect(message).toMatchObject({ kind: 'text', choices: [] });
    expect(
      message?.text
        .split('\n')
        .slice(2)
        .map((line) => line.split('.')[0]),
    ).toEqual(choices.map((_, i) => String(i + 1)));
  });

  test('numbers go on over all replies of a turn', () => {
    const many = Array.from({ length: 11 }, (_, i) => choice(`T${i}`));
    const [, second] = render([
      { text: 'Satu', choices: [choice('A'), choice('B')] },
      { text: 'Dua', choices: many },
    ]);
    expect(second?.type === 'text' && second.text.body).toContain('\n3. T0\n4. T1');
  });

  test('choices without a text get one', () => {
    expect(seen('', [choice('A')])[0]).toMatchObject({ kind: 'buttons', text: 'Silakan pilih:' });
  });
});

describe('long texts', () => {
  const paragraphs = (count: number, length: number) =>
    Array.from({ length: count }, (_, i) => `${i}${'x'.repeat(length - 1)}`).join('\n\n');

  test('above 1,024 the buttons come under the last part, cut at a paragraph', () => {
    const text = paragraphs(6, 400);
    const messages = seen(text, [choice('A')]);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'buttons']);
    expect(messages.map((message) => message.text).join('\n\n')).toBe(text);
  });

  test('up to 4,096 a list needs no cut', () => {
    const messages = seen(
      'x'.repeat(4096),
      Array.from({ length: 5 }, (_, i) => choice(`P${i}`)),
    );
    expect(messages.map(({ kind }) => kind)).toEqual(['list']);
  });

  test('bold that is cut is closed and opened again', () => {
    const parts = split(toMarks(`**${'tebal '.repeat(40)}**`), 100);
    for (const part of parts) expect(part).toMatch(/^\*\S(.*\S)?\*$/);
    expect(parts.map((part) => part.slice(1, -1)).join(' ')).toBe('tebal '.repeat(40).trim());
  });

  test('no emoji is cut in two', () => {
    for (const part of split('👍🏽'.repeat(200), 51)) expect(part.isWellFormed()).toBe(true);
    for (const title of titles(['👨‍👩‍👧‍👦'.repeat(9)], 24)) expect(title).toBe('👨‍👩‍👧‍👦👨‍👩‍👧‍👦…');
  });
});

test("bold is WhatsApp's, and what looks like a mark is none", () => {
  expect(toMarks('⛔ **TIDAK BOLEH**\nsaja')).toBe('⛔ *TIDAK BOLEH*\nsaja');
  expect(toMarks('**dua\nbaris ** x')).toBe('*dua*\n*baris*  x');
  expect(toMarks('2 * 3 dan `x` _miring_ ~coret~')).toBe('2 ∗ 3 dan ˋxˋ ˍmiringˍ ∼coret∼');
  expect(toMarks('https://a.go.id/_b_/c_d_e ~ 5')).toBe('https://a.go.id/_b_/c_d_e ~ 5');
});

test('whatever is said, WhatsApp takes it, and nothing is lost', () => {
  const label = fc.string({ unit: 'grapheme', maxLength: 90 });
  const send = fc.string({ unit: 'grapheme-ascii', maxLength: 210 });
  const choices = fc.array(fc.record({ label, send }), { maxLength: 14 });
  const words = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constantFrom('\n\n', '**', '\n', '*')),
    {
      maxLength: 60,
    },
  );
  // what stands for ` and _ where they are no marks are letters to Unicode
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]|[ˋˍ]/gu, '');
  fc.assert(
    fc.property(words, choices, (parts, offered) => {
      const text = parts.join(' ');
      const messages = seen(text, offered);
      for (const { choices: pressed } of messages)
        expect(pressed.every(({ id }) => offered.some((one) => one.send === id))).toBe(true);
      const said = letters(messages.map((message) => message.text).join(''));
      expect(said.startsWith(letters(text)) || letters(text) === '').toBe(true);
    }),
    { numRuns: 300, examples: [[['`', '0'], []]] },
  );
});
