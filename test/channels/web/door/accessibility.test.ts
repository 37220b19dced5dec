/** The door for everybody: axe, a narrow screen, dark colours, the keyboard alone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { openDoor } from '../../../support/open-door.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What axe finds on the page as it stands, one line each; and how far it is wider than the screen. */
async function findings(page: Page): Promise<{ readonly axe: unknown; readonly overflow: unknown }> {
  const axe = await page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await window.axe.run(document, { runOnly: ${JSON.stringify(RULES)} });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html));
  })()`);
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  return { axe, overflow };
}
const FINE = { axe: [], overflow: 0 };

test.each(['light', 'dark'] as const)(
  'every step in the %s theme',
  async (colorScheme) => {
    const { door, services, officer, tap } = await openDoor(browser, { context: { colorScheme } });
    const { page } = door;
    const fine = async (step: string) => expect([step, await findings(page)]).toEqual([step, FINE]);
    const next = page.getByRole('button', { name: /^(?:Lanjut|Lewati)$/ });

    await page.getByText('Siapa yang bisa membuka kiriman saya?').click();
    await page.getByText('Jalur resmi dan batas waktu').click();
    await fine('intro');
    await door.button('Mulai').click();
    await page.getByLabel('Ceritakan kejadiannya').fill(`${'panjangsekali'.repeat(20)}\n`.repeat(3));
    await fine('what');
    await next.click();
    await fine('who');
    await next.click();
    await page.getByLabel('Provinsi').selectOption('Papua Pegunungan');
    await page.getByLabel('Kabupaten atau kota').waitFor();
    await fine('where');
    await next.click();
    await page.getByLabel('Tanggal, kalau ingat').fill('2024-01-31');
    await fine('when');
    await next.click();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('isi') },
      { name: 'b.exe', mimeType: 'text/plain', buffer: Buffer.from('4d5a9000', 'hex') },
    ]);
    await door.button('Tetap sertakan').waitFor();
    await fine('warned');
    await door.button('Tetap sertakan').click();
    await fine('files');
    await next.click();
    await fine('summary');
    await page.route('**/lapor/kirim', (route) => route.abort());
    await door.button('Kunci dan kirim').click();
    await door.button('Coba kirim lagi').waitFor();
    await fine('failed');
    await page.unroute('**/lapor/kirim');
    await door.button('Coba kirim lagi').click();
    await door.heading('Sudah diterima').waitFor();
    await fine('receipt');
    const words = await door.words;
    await door.button('Sudah saya catat').click();
    await door.button('Cocokkan').click();
    await page.getByText('Belum cocok').waitFor();
    await fine('asked');
    await door.button('Lihat lagi').click();
    await door.confirm(words);
    await fine('done');
    await door.button('Tutup dan bersihkan').click();
    await door.heading('Sudah bersih').waitFor();
    await fine('cleared');

    const [tip] = await services.cases(officer);
    await services.answer(officer, tip?.id ?? '', `Jawaban ${'panjangsekali'.repeat(20)}`);
    await page.goto(`${tap.origin}/lapor/cek`);
    await door.check('satu dua');
    await page.locator('#read .notice').waitFor();
    await fine('unread');
    await door.check(words.join(' '));
    await door.heading('Kabar untuk Anda').waitFor();
    await fine('news');
    await door.button('Tambah keterangan').click();
    await fine('addition');
    // the request that the test itself broke
    expect(door.complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
  },
  120_000,
);

test('with the keyboard alone', async () => {
  const { door, services, officer } = await openDoor(browser);
  const { page } = door;
  await door.button('Mulai').waitFor();
  const { keyboard } = page;
  /** Tabs until something with this name has the focus. */
  const to = async (name: string | RegExp) => {
    for (let i = 0; i < 30; i += 1) {
      const focused = String(
        await page.evaluate(
          '(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim() || document.activeElement.id',
        ),
      );
      if (typeof name === 'string' ? focused === name : name.test(focused)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  const press = async (name: string | RegExp) => {
    await to(name);
    await keyboard.press('Enter');
  };
  await press('Mulai');
  await door.heading('Apa yang terjadi?').waitFor();
  // the step's heading has the focus: the field is the next stop
  await keyboard.press('Tab');
  await keyboard.type('Diketik saja.');
  await press('Lanjut');
  await press('Lewati');
  await door.heading('Di mana?').waitFor();
  await page.getByLabel('Provinsi').waitFor();
  await to('Provinsi');
  await keyboard.type('Bali');
  await press('Lanjut');
  await press('Lewati');
  await press('Lewati');
  await press('Kunci dan kirim');
  await door.heading('Sudah diterima').waitFor();
  const words = await door.words;
  await press('Sudah saya catat');
  await door.heading('Cocokkan catatan Anda').waitFor();
  for (const field of await page.getByLabel(/^Kata ke-/).all()) {
    await keyboard.press('Tab');
    const place = Number((await field.getAttribute('id'))?.replace('word-', ''));
    await keyboard.type(words[place] ?? '');
  }
  await keyboard.press('Enter');
  await door.heading('Selesai. Terima kasih.').waitFor();
  await press('Tutup dan bersihkan');
  await door.heading('Sudah bersih').waitFor();
  const [tip] = await services.cases(officer);
  expect(tip?.entries.slice(0, 3).map(({ text }) => text)).toEqual(['Diketik saja.', '', 'Bali (51)']);
});

test.runIf(process.env.UPDATE_SCREENSHOTS === '1').each(['light', 'dark'] as const)(
  'in %s, for the README',
  async (colorScheme) => {
    const context = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme };
    const { door } = await openDoor(browser, { context });
    await door.button('Mulai').waitFor();
    const path = fileURLToPath(new URL(`../../../../docs/images/web-door-${colorScheme}.png`, import.meta.url));
    await door.page.screenshot({ path });
  },
);
