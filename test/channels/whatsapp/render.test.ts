import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toMarks } from '../../../src/channels/whatsapp/marks.ts';
import { render } from '../../../src/channels/whatsapp/render.ts';
import { split } from '../../../src/channels/whatsapp/split.ts';
import { reply } from '../../../src/conversation/message.ts';

test('choices are numbered over all replies of a turn', () => {
  const choice = (label: string) => ({ label, send: '/x' });
  expect(
    render([reply('**TIDAK BOLEH**\nisi', [choice('Satu'), choice('Dua')]), reply('Lagi', [choice('**Tiga**')])]),
  ).toEqual(['*TIDAK BOLEH*\nisi\n\n1. Satu\n2. Dua', 'Lagi\n\n3. Tiga']);
});

test.each([
  ['**a**', '*a*'],
  ['x **a b** y', 'x *a b* y'],
  ['** a **b', ' *a* b'],
  ['**satu\ndua**', '*satu*\n*dua*'],
  ['2 * 3 * 4', '2 ∗ 3 ∗ 4'],
  ['**a*b**', '*a∗b*'],
])('%s becomes %s', (given, wanted) => expect(toMarks(given)).toBe(wanted));

test('long texts are cut at paragraphs, lines or words, and nothing is lost', () => {
  const paragraph = 'kata '.repeat(300).trim();
  const parts = split([paragraph, paragraph, paragraph, paragraph].join('\n\n'));
  expect(parts.map((part) => part.length)).toEqual([1499 * 2 + 2, 1499 * 2 + 2]);
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), fc.integer({ min: 4, max: 60 }), (text, limit) => {
      const cut = split(text, limit);
      for (const part of cut) {
        expect(part.length).toBeLessThanOrEqual(limit);
        expect(part.isWellFormed()).toBe(text.isWellFormed() || part.isWellFormed());
      }
      expect(cut.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }),
  );
});

test('an empty reply is not sent', () => expect(render([reply('  ')])).toEqual([]));
