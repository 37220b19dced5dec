/** Whatever a person sends, in whatever state: an answer, within the limits that every channel relies on. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/conversation/message.ts';
import { respond } from '../../src/conversation/respond.ts';
import { newState, parseState } from '../../src/conversation/state.ts';
import { smallBrain } from '../support/small-brain.ts';

const services = { ...smallBrain(), now: () => Date.UTC(2026, 10, 21) };

const typed = fc.oneof(
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'boleh menyukai unggahan calon?',
      'sanksinya apa?',
      'kalau PPPK?',
      'kalau masa tenang?',
      'kalau komen?',
      'bukan ini',
      'saya mau dibunuh',
      'makasih',
      '1',
      '3',
      '99',
      'x'.repeat(2_001),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'start',
          'topik',
          'aturan',
          'rinci',
          'kalau',
          'bukan',
          'saya',
          'kalender',
          'lapor',
          'petugas',
          'cari',
          'lupakan',
          'x',
        ),
        fc.constantFrom(
          '',
          'suka-unggahan',
          'jadwal pppk',
          'no-such-rule',
          'medsos 2',
          'hapus',
          'kpu',
          '__proto__',
          '../..',
        ),
      )
      .map(([name, rest]) => `/${name} ${rest}`),
  },
);
const message: fc.Arbitrary<Message> = fc.oneof(
  { weight: 9, arbitrary: typed.map((text): Message => ({ kind: 'text', text })) },
  { weight: 1, arbitrary: typed.map((text): Message => ({ kind: 'edited', text })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('photo', 'voice', 'other').map((what): Message => ({ kind: 'unsupported', what })),
  },
);

test('a conversation of any messages never breaks, and every reply fits every channel', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
      let state = newState();
      for (const sent of messages) {
        const turn = respond(state, sent, services);
        expect(turn.replies.length).toBeGreaterThan(0);
        for (const { text, choices } of turn.replies) {
          expect(text.trim()).not.toBe('');
          expect(text.length).toBeLessThan(3_500);
          expect(text).not.toContain('undefined');
          for (const { label, send } of choices) {
            expect(label).not.toBe('');
            expect(send).toMatch(/^\/[\x20-\x7e]{1,63}$/);
          }
        }
        // what is stored comes back, and nothing of what the person wrote is in it
        expect(parseState(JSON.stringify(turn.state))).toEqual(turn.state);
        if ('text' in sent && sent.text.length > 12 && !sent.text.startsWith('/'))
          expect(JSON.stringify(turn.state)).not.toContain(sent.text);
        state = turn.state;
      }
    }),
    { numRuns: 60 },
  );
});

test('the same conversation gives the same bytes', () => {
  const play = () => {
    let state = newState();
    return ['boleh menyukai unggahan calon?', 'sanksinya apa?', 'kalau PPPK?', '/topik', '1'].map((text) => {
      const turn = respond(state, { kind: 'text', text }, services);
      state = turn.state;
      return JSON.stringify(turn);
    });
  };
  expect(play()).toEqual(play());
});
