/** Opening a receipt at `/lapor/cek`. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeReceipt } from '../../../../src/sealing/receipt.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { NOTHING_KEPT } from '../../../support/door-page.ts';
import { type OpenDoor, openDoor } from '../../../support/open-door.ts';

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A tip that was sent, and the page for receipts. */
async function sent(): Promise<OpenDoor & { readonly words: readonly string[]; readonly caseId: string }> {
  const opened = await openDoor(browser);
  const { door, services, officer, tap } = opened;
  await door.tell({ what: 'sesuatu' });
  const words = await door.send();
  await door.confirm(words);
  const [tip] = await services.cases(officer);
  await door.page.goto(`${tap.origin}/lapor/cek`);
  return { ...opened, words, caseId: tip?.id ?? '' };
}

describe('the words', () => {
  test('as they are written: in capitals, with commas, numbers and lines', async () => {
    const { door, words } = await sent();
    await door.check(words.map((word, i) => `${i + 1}. ${word.toUpperCase()},`).join('\n'));
    await door.page.getByRole('heading', { level: 1, name: /Belum ada kabar|Kabar untuk Anda/ }).waitFor();
  });

  test('a mistyped word is shown with what it was taken for, and opens after a yes', async () => {
    const { door, words, services, officer, caseId } = await sent();
    await services.answer(officer, caseId, 'Terima kasih.');
    const [first = '', ...rest] = words;
    const typo = `${first.slice(0, -1)}${first.endsWith('q') ? 'x' : 'q'}`;
    await door.check([typo, ...rest].join(' '));
    await door.page.getByText('Ada yang salah ketik').waitFor();
    expect(await door.page.locator('#read').textContent()).toContain(`kata ke-1: "${typo}" menjadi ${first}`);
    await door.button('Benar, buka').click();
    await door.page.getByText('Jawaban petugas: Terima kasih.').waitFor();
  });

  test('too few words, words that are none, words in a wrong order: each is told', async () => {
    const { door, words } = await sent();
    await door.check(words.slice(1).join(' '));
    await door.page.getByText('terdiri dari sepuluh kata; yang ini 9').waitFor();
    await door.check(['zzzzzzqq', ...words.slice(1)].join(' '));
    await door.page.getByText('Kata ke-1, "zzzzzzqq", tidak ada').waitFor();
    const [a = '', b = '', ...rest] = words;
    if (a === b) return;
    await door.check([b, a, ...rest].join(' '));
    await door.page.locator('#read .notice').waitFor();
    expect(await door.heading('Belum ada kabar').count()).toBe(0);
  });
});

describe('the news', () => {
  test('an unknown receipt looks as one without news, on the page and on the wire', async () => {
    const { door, tap, words } = await sent();
    const shown = async (text: string) => {
      await door.page.goto(`${tap.origin}/lapor/cek`);
      const response = door.page.waitForResponse('**/lapor/cek');
      await door.check(text);
      const answer = await response;
      await door.heading('Belum ada kabar').waitFor();
      return { page: await door.page.locator('main').textContent(), body: (await answer.body()).toString('hex') };
    };
    const unknown = await shown(makeReceipt());
    // the officers' side of the test has looked at it, which is news: another tip that nobody has opened
    const quiet = await openDoor(browser);
    await quiet.door.tell({ what: 'belum dibuka' });
    const quietWords = await quiet.door.send();
    await quiet.door.confirm(quietWords);
    await quiet.door.page.goto(`${quiet.tap.origin}/lapor/cek`);
    const response = quiet.door.page.waitForResponse('**/lapor/cek');
    await quiet.door.check(quietWords.join(' '));
    const body = (await (await response).body()).toString('hex');
    await quiet.door.heading('Belum ada kabar').waitFor();
    expect(body).toBe(unknown.body);
    expect(await quiet.door.page.locator('main').textContent()).toBe(unknown.page);
    expect(words).toHaveLength(10);
  });

  test('what officers did and wrote, oldest first, opened in the page only', async () => {
    const { door, services, officer, caseId, words, tap } = await sent();
    await services.answer(officer, caseId, 'Pertanyaan pertama: jam berapa?');
    await services.answer(officer, caseId, 'Pertanyaan kedua <b>di mana</b>?');
    tap.forget();
    await door.check(words.join(' '));
    await door.heading('Kabar untuk Anda').waitFor();
    const items = await door.page.locator('.news li').allTextContents();
    expect(items.map((item) => item.replace(/^\d+ \p{L}+ \d{4}/u, ''))).toEqual([
      'Petugas sudah membuka kiriman Anda.',
      'Jawaban petugas: Pertanyaan pertama: jam berapa?',
      'Jawaban petugas: Pertanyaan kedua <b>di mana</b>?',
    ]);
    for (const word of words) expect(tap.received.includes(` ${word} `)).toBe(false);
    expect(await door.kept()).toEqual(NOTHING_KEPT);
  });

  test('more can be added, with files, and the officer finds it under the same receipt', async () => {
    const { door, services, officer, words } = await sent();
    await door.check(words.join(' '));
    await door.button('Tambah keterangan').click();
    expect(await door.button('Kunci dan kirim').isDisabled()).toBe(true);
    await door.page.getByLabel('Keterangan atau jawaban Anda').fill('Ada saksi lain.');
    await door.pick([{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('daftar saksi') }]);
    await door.button('Kunci dan kirim').click();
    await door.page.getByText('Tambahan Anda sudah diterima').waitFor();
    const told = (await services.cases(officer)).flatMap(({ entries }) => entries);
    expect(told.filter(({ part }) => part === 'text').map(({ text }) => text)).toEqual(['Ada saksi lain.']);
    expect(told.filter(({ file }) => file).map(({ file }) => Buffer.from(file?.bytes ?? []).toString())).toEqual([
      'daftar saksi',
    ]);
    await door.button('Tutup dan bersihkan').click();
    await door.heading('Sudah bersih').waitFor();
  });

  test('a server in trouble is told, and can be asked again', async () => {
    const { door, words } = await sent();
    await door.page.route('**/lapor/cek', (route) =>
      route.fulfill({ status: 429, json: { error: 'Tunggu dulu.', why: 'limit' } }),
    );
    await door.check(words.join(' '));
    await door.page.getByText('Tunggu dulu.').waitFor();
    await door.page.unroute('**/lapor/cek');
    await door.button('Buka').click();
    await door.heading('Kabar untuk Anda').waitFor();
  });
});
