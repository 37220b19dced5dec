/** Whatever a person sends, in whatever state: an answer, within the limits that every channel relies on. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Message } from '../../src/conversation/message.ts';
import type { Origin } from '../../src/conversation/origin.ts';
import { pickChoice } from '../../src/conversation/pick.ts';
import type { Regions } from '../../src/conversation/regions.ts';
import { respond } from '../../src/conversation/respond.ts';
import { type Services, WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { isGuarded, newState, parseState, type State } from '../../src/conversation/state.ts';
import { makeReceipt } from '../../src/sealing/receipt.ts';
import { type Forced, MemoryDesk } from '../support/report-desk.ts';
import { smallBrain } from '../support/small-brain.ts';

const START = Date.UTC(2026, 10, 21);
const services: Services = { ...smallBrain(), ...WITHOUT_REPORTS, now: () => START };
const origin = (update?: string): Origin => ({
  channel: 'telegram',
  chat: 'chat-pseudonym',
  address: 'chat-address',
  update,
  private: true,
});

/** Two provinces, one of them with more kabupaten than a page holds. */
const regencies = Array.from({ length: 12 }, (_, i) => ({
  code: `32.${String(i + 1).padStart(2, '0')}`,
  name: `Kabupaten Contoh ${i + 1}`,
  province: 'Jawa Barat',
}));
const provinces = [
  { code: '32', name: 'Jawa Barat' },
  { code: '51', name: 'Bali' },
];
const regions: Regions = {
  provinces,
  regencies: (code) => (code === '32' ? regencies : []),
  byCode: (code) => [...provinces, ...regencies].find((region) => region.code === code),
  find: (text, limit) => (/contoh|bandung/i.test(text) ? regencies.slice(0, limit) : []),
};

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

/** What people say in the flows in which something is told. */
const telling = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'lapor',
      'mulai',
      'lanjut',
      'skip',
      'kembali',
      'kirim',
      'ubah',
      'hapus',
      'ya',
      'tidak',
      'batal',
      'cek laporan',
      'tanya petugas',
      'selesai',
      '1',
      '2',
      '4',
      'bandung',
      'satu dua',
      makeReceipt(),
      `${makeReceipt()} halo`,
      'ceritanya panjang sekali\nsampai dua baris',
      'y'.repeat(12_001),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '/lapor mulai',
      '/lapor ubah who',
      '/lapor hapus what',
      '/lapor provinsi',
      '/lapor provinsi 99',
      '/lapor wilayah 32',
      '/lapor wilayah 32 2',
      '/lapor wilayah 32.01',
      '/lapor wilayah 99.99',
      '/lapor wilayah 32 saja',
      '/lapor berkas-ya',
      '/lapor berkas-tidak',
      '/lapor kata-baru',
      '/lapor tanpa-kata',
      '/lapor __proto__',
      '/cek satu dua tiga',
    ),
  },
  { weight: 2, arbitrary: typed },
);

const file = { name: 'bukti.jpg', size: 10, read: async () => new Uint8Array(10) };
const other: fc.Arbitrary<Message> = fc.constantFrom(
  { kind: 'unsupported', what: 'photo' },
  { kind: 'unsupported', what: 'photo', file },
  { kind: 'unsupported', what: 'photo', file, caption: 'camat membawa bendera partai' },
  { kind: 'unsupported', what: 'photo', file, followsInAlbum: true },
  { kind: 'unsupported', what: 'document', file, caption: 'boleh menyukai unggahan calon?' },
  { kind: 'unsupported', what: 'voice' },
  { kind: 'unsupported', what: 'sticker' },
  { kind: 'unsupported', what: 'other' },
);
const messageOf = (texts: fc.Arbitrary<string>): fc.Arbitrary<Message> =>
  fc.oneof(
    { weight: 9, arbitrary: texts.map((text): Message => ({ kind: 'text', text })) },
    { weight: 1, arbitrary: texts.map((text): Message => ({ kind: 'edited', text })) },
    { weight: 1, arbitrary: other },
  );

/** Results that a desk may give at any time. */
const forced: fc.Arbitrary<Forced> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Forced[]>(
      { admission: 'nobody' },
      { admission: 'limit' },
      { admission: 'full' },
      { write: 'gone' },
      { write: 'full' },
      { write: 'receipt' },
      { attach: { kind: 'warn', what: 'document' } },
      { attach: { kind: 'kept', clean: false } },
      { attach: { kind: 'refused', why: 'too-big' } },
      { attach: { kind: 'gone' } },
      { attach: { kind: 'full' } },
      { look: 'limit' },
      { ask: 'full' },
      { askMore: 'gone' },
      { askMore: 'full' },
      { submit: { kind: 'gone' } },
      { submit: { kind: 'empty' } },
    ),
  },
);

interface Checked {
  readonly silent: boolean;
}

/** One turn, with what must hold for every turn. */
async function turn(state: State, sent: Message, all: Services, from: Origin): Promise<State & Checked> {
  const answer = await respond(state, sent, all, from);
  for (const { text, choices } of answer.replies) {
    expect(text.trim()).not.toBe('');
    expect(text.length).toBeLessThan(3_500);
    expect(text).not.toMatch(/undefined|\{\w+\}/);
    // what a list on WhatsApp holds
    if (isGuarded(answer.state.flow)) expect(choices.length).toBeLessThanOrEqual(10);
    for (const { label, send } of choices) {
      expect(label).not.toBe('');
      expect(send).toMatch(/^\/[\x20-\x7e]{1,63}$/);
    }
  }
  // what is stored comes back, and nothing of what the person wrote is in it
  const stored = JSON.stringify(answer.state);
  expect(parseState(stored)).toEqual(answer.state);
  for (const text of [
    'text' in sent ? sent.text : '',
    sent.kind === 'unsupported' ? (sent.caption ?? '') : '',
    ...('text' in sent ? sent.text.split('\n') : []),
  ])
    if (text.length > 12 && !text.startsWith('/')) expect(stored).not.toContain(text);
  if (isGuarded(answer.state.flow)) expect(answer.state.choices).toEqual([]);
  if (!from.private) expect([isGuarded(answer.state.flow), answer.erase]).toEqual([false, false]);
  return Object.assign(answer.state, { silent: answer.replies.length === 0 });
}

const bare = ({ silent: _, ...state }: State & Checked): State => state;

test('a conversation of any messages never breaks, and every reply fits every channel', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(messageOf(typed), { maxLength: 12 }), async (messages) => {
      let state = newState();
      for (const sent of messages) {
        const after = await turn(state, sent, services, origin());
        if (!('followsInAlbum' in sent)) expect(after.silent).toBe(false);
        state = bare(after);
      }
    }),
    { numRuns: 60 },
  );
});

test('nor does one in which something is told, whatever the desk says, and there is always a way out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(messageOf(telling), forced, fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 7, 25)), { maxLength: 20 }),
      fc.integer({ min: 0, max: 20 }),
      async (steps, restart) => {
        let now = START;
        const desk = new MemoryDesk(() => now);
        const all = { ...services, reports: desk, regions, webDoor: 'https://contoh.id/kirim', now: () => now };
        let state = newState();
        for (const [i, [sent, results, hours]] of steps.entries()) {
          now += hours * 3_600_000 + 1000;
          Object.assign(desk.forced, { admission: undefined, write: undefined, attach: undefined }, results);
          if (i === restart) desk.restart();
          // delivered twice, it still is an answer
          if (i % 5 === 4) await turn(state, sent, all, origin(`u${i}`));
          state = bare(await turn(state, sent, all, origin(`u${i}`)));
          for (const key of Object.keys(desk.forced)) delete desk.forced[key as keyof Forced];
        }
        for (const [i, text] of ['/batal', 'ya'].entries())
          state = bare(await turn(state, { kind: 'text', text }, all, origin(`out${i}`)));
        expect(isGuarded(state.flow)).toBe(false);
      },
    ),
    { numRuns: 300 },
  );
});

test('a command is never taken for a button with a name like it', async () => {
  const buttons = ['Batal', 'Batak', 'Ke batal', 'Topik'].map((label, i) => ({ label, send: `/aturan nomor-${i}` }));
  expect(pickChoice(buttons, 'batall')?.label).toBe('Batal');
  for (const text of ['/batal', '/batall', '/topik']) expect(pickChoice(buttons, text)).toBe(undefined);
});

test('in a group nothing of it begins', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(messageOf(telling), { maxLength: 12 }), async (messages) => {
      const desk = new MemoryDesk();
      const all = { ...services, reports: desk, regions };
      let state = newState();
      for (const sent of messages) state = bare(await turn(state, sent, all, { ...origin(), private: false }));
      expect([desk.drafts.size, desk.cases.length, desk.questions.size]).toEqual([0, 0, 0]);
    }),
    { numRuns: 60 },
  );
});

test('the same conversation gives the same bytes', async () => {
  const play = async () => {
    let state = newState();
    const out: string[] = [];
    for (const text of ['boleh menyukai unggahan calon?', 'sanksinya apa?', 'kalau PPPK?', '/topik', '1', 'lapor']) {
      const answer = await respond(state, { kind: 'text', text }, services, origin());
      state = answer.state;
      out.push(JSON.stringify(answer));
    }
    return out;
  };
  expect(await play()).toEqual(await play());
});
