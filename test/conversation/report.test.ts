/** A tip and its receipt with a desk that gives every result it may give: each has its own sentence, and nothing that failed reads as kept. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Message, Reply } from '../../src/conversation/message.ts';
import type { Origin } from '../../src/conversation/origin.ts';
import type { Admission, Attached, Kept } from '../../src/conversation/report-desk.ts';
import { respond } from '../../src/conversation/respond.ts';
import { type Services, WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { newState, type State } from '../../src/conversation/state.ts';
import { openRegions } from '../../src/regions/regions.ts';
import { makeReceipt } from '../../src/sealing/receipt.ts';
import { MemoryDesk } from '../support/report-desk.ts';
import { smallBrain } from '../support/small-brain.ts';

let desk: MemoryDesk;
let state: State;
let origin: Origin;
let services: Services;
let replies: readonly Reply[];
beforeEach(() => {
  desk = new MemoryDesk();
  state = newState();
  origin = { channel: 'telegram', chat: 'chat', address: 'address', update: undefined, private: true };
  const now = () => Date.UTC(2026, 10, 21);
  services = { ...smallBrain(), ...WITHOUT_REPORTS, reports: desk, regions: openRegions(), now };
});

async function hear(message: Message): Promise<string> {
  const answer = await respond(state, message, services, origin);
  state = answer.state;
  replies = answer.replies;
  return replies.map(({ text }) => text).join('\n');
}
const say = (text: string): Promise<string> => hear({ kind: 'text', text });
const file = { name: 'x.jpg', size: 3, read: async () => new Uint8Array(3) };
const send = (more: Partial<Extract<Message, { kind: 'unsupported' }>> = {}): Promise<string> =>
  hear({ kind: 'unsupported', what: 'photo', file, ...more });
const labels = (): string[] => replies.flatMap(({ choices }) => choices.map(({ label }) => label));

async function begin(): Promise<void> {
  await say('lapor');
  await say('mulai');
}

describe('where nobody may begin', () => {
  const WHY: ReadonlyArray<readonly [Exclude<Admission, 'open'>, string]> = [
    ['nobody', 'belum menerima laporan'],
    ['limit', 'Hari ini sudah banyak kiriman'],
    ['full', 'sedang penuh'],
  ];
  test.each(WHY)('%s is said with the formal channels, and nothing is kept', async (why, sentence) => {
    desk.forced.admission = why;
    const heard = await say('lapor');
    expect(heard).toContain(sentence);
    expect(heard).toContain('sigaplapor.bawaslu.go.id');
    expect(state.flow.kind).toBe('idle');
    expect(await say('/lapor mulai')).toContain(sentence);
    expect(desk.drafts.size).toBe(0);
  });

  test.each(WHY)('%s turns up only when Mulai is pressed', async (why, sentence) => {
    await say('lapor');
    desk.forced.admission = why;
    expect(await say('mulai')).toContain(sentence);
    expect(state.flow.kind).toBe('idle');
  });

  test.each([
    ['nobody', 'belum ada petugas'],
    ['limit', 'sudah banyak pertanyaan'],
    ['full', 'sedang tidak bisa diterima'],
  ] as const)('a question to officers: %s', async (why, sentence) => {
    await say('/petugas');
    desk.forced.ask = why;
    expect(await say('boleh jadi saksi di TPS?')).toContain(sentence);
    expect(state.flow.kind).toBe('idle');
  });
});

describe('what is said first', () => {
  test.each([
    ['telegram', 'Telegram tahu nomor Anda', 'Hapus Obrolan'],
    ['whatsapp', 'WhatsApp (Meta) tahu nomor Anda', 'Bersihkan chat'],
    ['whatsapp-cloud', 'melewati server Meta', 'Bersihkan chat'],
    ['web', 'alamat internet (IP)', 'riwayat peramban'],
    ['terminal', 'perangkat ini', 'bersihkan layar'],
  ])('on %s: what it knows, and at the end how to tidy up', async (channel, knows, tidy) => {
    origin = { ...origin, channel };
    expect(await say('lapor')).toContain(knows);
    await say('mulai');
    await say('camat memasang baliho');
    await say('kirim');
    await say('kirim');
    await say('lewati');
    expect(await say('ya')).toContain(tidy);
  });

  test('the web door only where its address is known', async () => {
    expect(await say('lapor')).not.toContain('Lebih aman');
    expect(labels()).toEqual(['Mulai', 'Saluran resmi', 'Batal']);
    services = { ...services, webDoor: 'https://tanya.contoh.go.id/kirim' };
    state = newState();
    expect(await say('lapor')).toContain('https://tanya.contoh.go.id/kirim');
    expect(labels()).toEqual(['Mulai', 'Pintu web', 'Saluran resmi', 'Batal']);
    expect(await say('pintu web')).toContain('https://tanya.contoh.go.id/kirim');
    expect(await say('saluran resmi')).toContain('sigaplapor.bawaslu.go.id');
    expect(await say('mulai')).toContain('Apa yang terjadi');
  });
});

describe('a text that is told', () => {
  const BAD: ReadonlyArray<readonly [Exclude<Kept, 'kept'>, string]> = [
    ['gone', 'Kiriman ini sudah tidak ada'],
    ['full', 'sudah penuh'],
    ['receipt', 'memuat kata-kata tanda terima'],
  ];
  test.each(BAD)('and not kept (%s) is said to be lost', async (kept, sentence) => {
    await begin();
    desk.forced.write = kept;
    const heard = await say('camat memasang baliho');
    expect(heard).toContain(sentence);
    expect(heard).not.toContain('Tercatat');
  });

  test('keeps its lines and loses what cannot be seen', async () => {
    await begin();
    await say('  camat\u202e memasang\r\n\r\n\r\n\r\nbaliho\u0007 di kantor ');
    expect(desk.told('chat', 'what')).toEqual(['camat memasang\n\nbaliho di kantor']);
  });

  test('may be as long as any platform takes; what is longer is refused whole', async () => {
    await begin();
    expect(await say('a'.repeat(12_000))).toContain('Tercatat');
    expect(await say('a'.repeat(12_001))).toContain('terlalu panjang');
    expect(desk.told('chat', 'what').map(({ length }) => length)).toEqual([12_000]);
  });

  test('about a danger late in a long story is noticed', async () => {
    await begin();
    expect(await say(`${'camat memasang baliho. '.repeat(200)} saya disekap di gudang`)).toContain('Hubungi 110');
  });

  test('a word that steers is not told, a word like it is', async () => {
    await begin();
    await say('batak');
    await say('lanjut');
    await say('batal');
    await say('tidak');
    expect([desk.told('chat', 'what'), desk.told('chat', 'who')]).toEqual([['batak'], []]);
  });

  test('a number presses a button where it has one, and is told where it has none', async () => {
    await begin();
    await say('camat memasang baliho');
    await say('17');
    expect(desk.told('chat', 'what')).toEqual(['camat memasang baliho', '17']);
    expect(await say('1')).toContain('Siapa');
  });
});

describe('a file', () => {
  const RESULTS: ReadonlyArray<readonly [Attached, string]> = [
    [{ kind: 'kept', clean: true }, 'Foto diterima'],
    [{ kind: 'kept', clean: false }, 'diterima apa adanya'],
    [{ kind: 'warn', what: 'document' }, 'Dokumen sering menyimpan'],
    [{ kind: 'warn', what: 'sound' }, 'Rekaman suara bisa dikenali'],
    [{ kind: 'warn', what: 'video' }, 'Video bisa memperlihatkan'],
    [{ kind: 'refused', why: 'type' }, 'Jenis berkas itu tidak bisa'],
    [{ kind: 'refused', why: 'too-big' }, 'terlalu besar'],
    [{ kind: 'refused', why: 'unreadable' }, 'tidak bisa dibaca'],
    [{ kind: 'refused', why: 'unavailable' }, 'tidak sampai ke kami'],
    [{ kind: 'full' }, 'sebanyak yang bisa kami tampung'],
  ];
  test.each(RESULTS)('%j in a report', async (attached, sentence) => {
    await begin();
    desk.forced.attach = attached;
    expect(await send()).toContain(sentence);
    if (attached.kind === 'warn') expect(labels()).toEqual(['Kirim apa adanya', 'Jangan']);
    else expect(labels().length).toBeGreaterThan(0);
  });

  test.each(RESULTS)('%j added by receipt', async (attached, sentence) => {
    await say(makeReceipt());
    desk.forced.attach = attached;
    expect(await send()).toContain(sentence);
    if (attached.kind !== 'warn') return;
    expect(await say('iya')).toContain('diterima apa adanya');
    expect(desk.cases.map(({ added }) => added)).toEqual([['x.jpg']]);
  });

  test('whose draft is gone is not said to be kept', async () => {
    await begin();
    desk.forced.attach = { kind: 'gone' };
    expect(await send()).toContain('Kiriman ini sudah tidak ada');
  });

  test('at every question is evidence, and the question goes on', async () => {
    await begin();
    for (const place of ['what', 'who', 'where', 'when', 'files']) {
      expect(state.flow).toMatchObject({ kind: 'report', step: place });
      expect(await send()).toContain('Foto diterima');
      expect(state.flow).toMatchObject({ kind: 'report', step: place });
      await say('lanjut');
    }
    expect(await send()).toContain('Bukti: 6 berkas');
  });

  test('with words under it: both are kept, each in its place', async () => {
    await begin();
    await say('lanjut');
    await send({ caption: 'camat yang berbaju biru' });
    expect([desk.told('chat', 'files'), desk.told('chat', 'who')]).toEqual([['x.jpg'], ['camat yang berbaju biru']]);
  });

  test('of an album is acknowledged once, and what went wrong with a later one is said', async () => {
    await begin();
    expect(await send()).toContain('Foto diterima');
    expect(await send({ followsInAlbum: true })).toBe('');
    expect(await say('1')).toContain('Siapa');
    desk.forced.attach = { kind: 'refused', why: 'too-big' };
    expect(await send({ followsInAlbum: true })).toContain('terlalu besar');
    expect(desk.told('chat', 'files')).toHaveLength(2);
  });

  test('that the channel cannot hand over names the web door', async () => {
    services = { ...services, webDoor: 'https://tanya.contoh.go.id/kirim' };
    await begin();
    const { file: _, ...without } = { kind: 'unsupported', what: 'video', file } as const;
    expect(await hear(without)).toContain('https://tanya.contoh.go.id/kirim');
    services = { ...services, webDoor: undefined };
    expect(await hear(without)).toContain('Tulis isinya dengan kata-kata');
  });
});

describe('where it happened', () => {
  const toWhere = async () => {
    await begin();
    await say('lanjut');
    await say('lanjut');
  };

  test('by pages of buttons: the province, then the kabupaten; only the choice is kept, with its code', async () => {
    await toWhere();
    await say('pilih provinsi');
    expect(labels()).toContain('Bali');
    expect(labels()).toHaveLength(9);
    await say('/lapor provinsi 2');
    expect(labels()).toContain('Jawa Barat');
    await say('jawa barat');
    expect(labels()).toContain('Kabupaten Bandung');
    expect(replies.every(({ secret }) => secret)).toBe(true);
    while (!labels().includes('Kota Bandung')) await say('halaman berikutnya');
    await say('Kota Bandung');
    expect(desk.told('chat', 'where')).toEqual(['Kota Bandung, Jawa Barat (32.73)']);
    expect(JSON.stringify(state)).not.toMatch(/bandung|jawa/i);
  });

  test('a province alone will do', async () => {
    await toWhere();
    await say('/lapor wilayah 51');
    await say('Tidak tahu kabupatennya');
    expect(desk.told('chat', 'where')).toEqual(['Bali (51)']);
  });

  test('what was typed is kept as it is, and what it may mean is offered', async () => {
    await toWhere();
    expect(await say('kab sleman')).toContain('apakah maksudnya');
    expect(labels()[0]).toBe('Kabupaten Sleman');
    await say('lanjut');
    expect(desk.told('chat', 'where')).toEqual(['kab sleman']);
  });
});

describe('a receipt', () => {
  async function submitted(): Promise<string> {
    await begin();
    await say('camat memasang baliho');
    await say('kirim');
    await say('kirim');
    return desk.cases[0]?.receipts[0] ?? '';
  }

  test('is one message that no channel keeps, with nothing to press by mistake', async () => {
    const receipt = await submitted();
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({ secret: true, choices: [] });
    for (const word of receipt.split(' ')) expect(replies[0]?.text).toContain(word);
  });

  test('is not stored, nor asked for twice when Kirim is pressed twice', async () => {
    const receipt = await submitted();
    expect(JSON.stringify(state)).not.toContain(receipt.split(' ')[2]);
    expect(await say('/lapor kirim')).toContain('Ketik dua kata');
    expect(desk.cases[0]?.receipts).toHaveLength(1);
  });

  test('unknown and without news: the same words, and no channel keeps them', async () => {
    const receipt = await submitted();
    await say(`${receipt.split(' ')[2]} ${receipt.split(' ')[7]}`);
    const known = await say(receipt);
    expect(replies.every(({ secret }) => secret)).toBe(true);
    await say('selesai');
    expect(await say(makeReceipt())).toBe(known);
    expect(known).toContain('Belum ada kabar');
  });

  test('that was tried too often waits', async () => {
    await say('/cek');
    desk.forced.look = 'limit';
    expect(await say(makeReceipt())).toContain('Tunggu sekitar sepuluh menit');
    expect(state.flow).toMatchObject({ kind: 'receipt', step: 'words' });
  });

  test('tells everything that is new, in pieces that every platform takes', async () => {
    const receipt = await submitted();
    desk.cases[0]?.news.push(
      { kind: 'opened', day: '2026-11-20' },
      { kind: 'answer', day: '2026-11-21', text: `**Kapan** ${'kata '.repeat(1_500)}` },
      { kind: 'handed-on', day: '2026-11-22' },
      { kind: 'closed', day: '2026-11-23' },
    );
    await say('lewati');
    await say('ya');
    const heard = await say(receipt);
    expect(heard).toMatch(/20 November 2026: dibaca[\s\S]*21 November 2026, petugas menulis[\s\S]*Kapan kata/);
    expect(heard).toMatch(/22 November 2026: diteruskan[\s\S]*23 November 2026: petugas menutup/);
    expect(heard.match(/kata/g)?.length).toBeGreaterThanOrEqual(1_500);
    expect(replies.length).toBeGreaterThan(2);
    expect(replies.every(({ text, secret }) => text.length < 3_500 && secret)).toBe(true);
  });

  test('opened in the middle of another is opened instead', async () => {
    const receipt = await submitted();
    await say('lewati');
    await say('ya');
    await say(makeReceipt());
    desk.cases[0]?.news.push({ kind: 'opened', day: '2026-11-20' });
    expect(await say(receipt)).toContain('dibaca petugas');
  });

  test('told with /cek in one message', async () => {
    expect(await say(`/cek ${makeReceipt()}`)).toContain('Belum ada kabar');
  });
});

test('a discarded draft cannot be thrown away by an old button without being asked', async () => {
  await begin();
  await say('camat memasang baliho');
  expect(await say('/lapor buang')).toContain('Buang kiriman ini?');
  expect(desk.drafts.size).toBe(1);
  expect(await say('/lapor buang')).toContain('sudah dibuang');
  expect(desk.drafts.size).toBe(0);
});

test('/lupakan forgets the draft and the question too', async () => {
  await begin();
  await say('camat memasang baliho');
  await say('/lupakan');
  expect(desk.drafts.size).toBe(0);
  await say('/petugas');
  await say('boleh jadi saksi?');
  await say('/lupakan');
  expect([desk.questions.size, state.flow.kind]).toEqual([0, 'idle']);
});

describe('words that were taught', () => {
  test('while an officer has the chat, "lapor" is no message to the officer', async () => {
    await say('/petugas');
    await say('Boleh saya hadir di deklarasi kalau cuti?');
    expect(state.flow.kind).toBe('held');
    for (const word of ['lapor', 'cek laporan', 'mau lapor dong', '/lapor']) {
      expect(await say(word)).toContain('/selesai');
      expect(desk.questions.get('chat')).toHaveLength(1);
    }
    expect(await say('Deklarasinya hari Minggu.')).toBe('');
    expect(desk.questions.get('chat')).toHaveLength(2);
  });

  test.each(['batal', 'kembali', 'hapus'])('with nothing under way, "%s" is no question', async (word) => {
    expect(await say(word)).toBe('Tidak ada yang perlu diakhiri. Tulis saja pertanyaan Anda.');
  });

  test('ten words with one that nobody can mend are a receipt, and not a question', async () => {
    const words = makeReceipt().split(' ');
    words[3] = 'qxzqxzqxz';
    expect(await say(words.join(' '))).toContain('qxzqxzqxz');
    expect(state.flow).toMatchObject({ kind: 'receipt', step: 'words' });
  });
});

describe('where only text can be sent', () => {
  test('photos are not asked for', async () => {
    origin = { ...origin, channel: 'web' };
    await say('lapor');
    expect(await say('mulai')).toContain('Foto tidak bisa dikirim di obrolan ini');
    await say('Camat membagikan sembako.');
    for (const _ of ['who', 'where', 'when']) await say('lewati');
    expect(await say('lewati')).toContain('lewat halaman /lapor bisa');
    expect(state.flow).toMatchObject({ step: 'files' });
  });

  test('on WhatsApp it is said that the phone with the number shows the chat', async () => {
    origin = { ...origin, channel: 'whatsapp' };
    expect(await say('lapor')).toContain('Ponsel yang memegang nomor ini juga bisa menampilkannya');
  });
});
