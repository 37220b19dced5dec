/** Telling a tip at `/lapor`, as a person does. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeReceipt } from '../../../../src/sealing/receipt.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { NOTHING_KEPT } from '../../../support/door-page.ts';
import { openDoor } from '../../../support/open-door.ts';

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const PATIENT = { timeout: 60_000 };

describe('before the first question', () => {
  test('it says what is protected and what not, and whose keys these are', async () => {
    const { door } = await openDoor(browser);
    await door.button('Mulai').waitFor();
    const text = await door.page.locator('main').textContent();
    for (const said of ['Wi-Fi kantor', 'perlindungan hukum', 'informasi awal', '7 hari', 'sengaja dipalsukan'])
      expect(text).toContain(said);
    await door.page.getByText('Siapa yang bisa membuka kiriman saya?').click();
    await expect
      .poll(() => door.page.locator('#fingerprint').textContent(), PATIENT)
      .toMatch(/^(?:[0-9a-f]{4} ){4}[0-9a-f]{4}$/);
    expect(await door.kept()).toEqual(NOTHING_KEPT);
    expect(door.complaints).toEqual([]);
  });

  test('the fingerprint is that of the officers, and changes with them', async () => {
    const { door, services } = await openDoor(browser);
    const shown = async () => {
      await door.page.getByText('Siapa yang bisa membuka kiriman saya?').click();
      await expect.poll(() => door.page.locator('#fingerprint').textContent(), PATIENT).not.toBe('');
      return door.page.locator('#fingerprint').textContent();
    };
    const one = await shown();
    await services.addOfficer('Wayan');
    await door.page.reload();
    expect(await shown()).not.toBe(one);
  });

  test('nothing is loaded but the page: no cryptography before somebody begins', async () => {
    const { door, tap } = await openDoor(browser);
    await door.button('Mulai').waitFor();
    expect(tap.received.toString('latin1')).not.toMatch(/GET \S*worker/);
    await door.button('Mulai').click();
    await expect.poll(() => tap.received.toString('latin1'), PATIENT).toMatch(/GET \S*worker/);
  });

  test('without an officer it says so, gives the formal channels, and takes nothing', async () => {
    const { door } = await openDoor(browser, { officers: 0 });
    await door.page.getByText('belum ada petugas yang memegang kunci').waitFor();
    expect(await door.button('Mulai').count()).toBe(0);
    expect(await door.page.getByText('sigaplapor.bawaslu.go.id').isVisible()).toBe(true);
  });

  test('without JavaScript it says so, and gives the formal channels', async () => {
    const { door } = await openDoor(browser, { context: { javaScriptEnabled: false } });
    expect(await door.page.locator('noscript p').isVisible()).toBe(true);
    expect(await door.page.locator('noscript p').textContent()).toContain('perlu JavaScript');
    expect(await door.page.getByText('Sedang dibuka').isVisible()).toBe(false);
    expect(await door.page.getByText('sigaplapor.bawaslu.go.id').isVisible()).toBe(true);
  });

  test('over plain http from elsewhere it refuses to work', async () => {
    const { door, tap } = await openDoor(browser);
    await door.page.route('http://lapor.contoh/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${tap.origin}${pathname}` }) });
    });
    await door.page.goto('http://lapor.contoh/lapor');
    await door.heading('Sambungan ini tidak aman').waitFor();
    expect(await door.button('Mulai').count()).toBe(0);
  });

  test('the chat page leads here', async () => {
    const { door, tap } = await openDoor(browser, { path: '/' });
    await door.page.getByRole('button', { name: 'Menu' }).click();
    await door.page.getByRole('link', { name: 'Kirim informasi tertutup' }).click();
    await door.button('Mulai').waitFor();
    expect(door.page.url()).toBe(`${tap.origin}/lapor`);
  });
});

describe('telling', () => {
  test('parts can be skipped, changed from the summary, and left by the back button', async () => {
    const { door, services, officer } = await openDoor(browser);
    const { page } = door;
    await door.tell({ what: 'versi pertama', place: 'Kantor desa' });
    const summary = () => page.getByRole('definition').allTextContents();
    expect(await summary()).toEqual(['versi pertama', 'dilewati', 'Kantor desa', 'dilewati', 'dilewati']);

    await door.button('Ubah: Apa').click();
    await page.getByLabel('Ceritakan kejadiannya').fill('versi kedua');
    await door.button('Ke ringkasan').click();
    expect((await summary())[0]).toBe('versi kedua');

    await door.button('Ubah: Siapa').click();
    await page.getByLabel('Siapa, dari kantor mana').fill('Camat');
    await page.goBack();
    await door.heading('Periksa dulu').waitFor();
    expect((await summary()).slice(0, 2)).toEqual(['versi kedua', 'Camat']);

    await door.send();
    const [tip] = await services.cases(officer);
    expect(tip?.entries.map(({ part, text }) => [part, text])).toEqual([
      ['what', 'versi kedua'],
      ['who', 'Camat'],
      ['where', 'Kantor desa'],
      ['when', ''],
    ]);
  });

  test('how much was told does not show in what is sent', async () => {
    const { door, tap } = await openDoor(browser);
    const length = () => /POST \/lapor\/kirim[\s\S]*?content-length: (\d+)/i.exec(tap.received.toString('latin1'))?.[1];
    await door.tell({ what: 'pendek' });
    await door.confirm(await door.send());
    const short = length();
    await door.page.goto(`${tap.origin}/lapor`);
    tap.forget();
    await door.tell({
      what: 'panjang '.repeat(400),
      who: 'seseorang',
      place: 'di sana',
      when: 'kemarin',
      province: 'Bali',
    });
    await door.confirm(await door.send());
    expect(Number(short)).toBeGreaterThan(20_000);
    expect(length()).toBe(short);
  });

  test('an empty tip cannot be sent', async () => {
    const { door } = await openDoor(browser);
    await door.tell({ what: '  ' });
    expect(await door.page.getByText('Belum ada yang diisi').isVisible()).toBe(true);
    expect(await door.button('Kunci dan kirim').isDisabled()).toBe(true);
  });

  test('a text that is too long is told, and stays as it is', async () => {
    const { door } = await openDoor(browser);
    await door.button('Mulai').click();
    const field = door.page.getByLabel('Ceritakan kejadiannya');
    await field.fill('x'.repeat(10_001));
    await door.page.getByText('Terlalu panjang').waitFor();
    expect(await door.button('Lanjut').isDisabled()).toBe(true);
    expect(await field.inputValue()).toHaveLength(10_001);
    await field.fill('x'.repeat(10_000));
    expect(await door.button('Lanjut').isEnabled()).toBe(true);
  });

  test('a day more than a week ago is told to be late for a report', async () => {
    const { door } = await openDoor(browser);
    await door.tell({ what: 'sesuatu' });
    await door.button('Ubah: Kapan').click();
    const field = door.page.getByLabel('Tanggal, kalau ingat');
    await field.fill(new Date().toISOString().slice(0, 10));
    expect(await door.page.getByText('lebih dari 7 hari').count()).toBe(0);
    await field.fill('2024-01-31');
    await door.page.getByText('lebih dari 7 hari').waitFor();
    await door.button('Ke ringkasan').click();
    expect((await door.page.getByRole('definition').allTextContents())[3]).toBe('31 Januari 2024');
  });

  test('a text with the words of a receipt is not sent: it would give itself away', async () => {
    const { door, services, officer } = await openDoor(browser);
    await door.tell({ what: `tanda terima saya yang lama: ${makeReceipt()}` });
    await door.button('Kunci dan kirim').click();
    await door.page.getByText('memuat sepuluh kata tanda terima').waitFor();
    expect(await services.cases(officer)).toEqual([]);
    await door.button('Kembali ke isinya').click();
    await door.button('Ubah: Apa').click();
    await door.page.getByLabel('Ceritakan kejadiannya').fill('tanpa kata-kata itu');
    await door.button('Ke ringkasan').click();
    await door.send();
    expect(await services.cases(officer)).toHaveLength(1);
  });

  test('leaving in the middle is warned of; cancelling clears everything', async () => {
    const { door, tap } = await openDoor(browser);
    const { page } = door;
    await door.button('Mulai').click();
    await page.getByLabel('Ceritakan kejadiannya').fill('jangan sampai hilang');
    const asked = page.waitForEvent('dialog').then(async (dialog) => {
      await dialog.dismiss();
      return dialog.type();
    });
    await page.evaluate('setTimeout(() => location.assign("/"), 0)');
    expect(await asked).toBe('beforeunload');
    expect(await page.getByLabel('Ceritakan kejadiannya').inputValue()).toBe('jangan sampai hilang');

    await door.button('Batal dan bersihkan').click();
    await door.heading('Sudah bersih').waitFor();
    expect(page.url()).toBe(`${tap.origin}/lapor?bersih`);
    await page.goBack();
    await door.button('Mulai').waitFor();
    await door.button('Mulai').click();
    expect(await page.getByLabel('Ceritakan kejadiannya').inputValue()).toBe('');
    expect(tap.received.includes('jangan sampai')).toBe(false);
  });
});

describe('the receipt', () => {
  test('it is asked for: wrong words are told, right ones end it', async () => {
    const { door } = await openDoor(browser);
    await door.tell({ what: 'sesuatu' });
    const words = await door.send();
    expect(words).toHaveLength(10);
    await door.button('Sudah saya catat').click();
    expect(await door.page.locator('main').textContent()).not.toContain(words.slice(0, 2).join(''));
    for (const field of await door.page.getByLabel(/^Kata ke-/).all()) await field.fill('keliru');
    await door.button('Cocokkan').click();
    await door.page.getByText('Belum cocok').waitFor();
    await door.button('Lihat lagi').click();
    expect(await door.words).toEqual(words);
    await door.confirm(words);
  });

  test('going back does not lose it; closing clears it', async () => {
    const { door } = await openDoor(browser);
    await door.tell({ what: 'cerita yang sudah terkirim' });
    const words = await door.send();
    await door.page.goBack();
    expect(await door.words).toEqual(words);
    await door.confirm(words);
    await door.button('Tutup dan bersihkan').click();
    await door.heading('Sudah bersih').waitFor();
    const html = await door.page.content();
    for (const gone of [...words.map((word) => `>${word}<`), 'cerita yang sudah terkirim'])
      expect(html).not.toContain(gone);
    expect(await door.kept()).toEqual(NOTHING_KEPT);
  });

  test('it can be copied', async () => {
    const { door, tap } = await openDoor(browser);
    await door.page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: tap.origin });
    await door.tell({ what: 'sesuatu' });
    const words = await door.send();
    await door.button('Salin').click();
    await door.page.getByText('Sudah disalin').waitFor();
    expect(await door.page.evaluate('navigator.clipboard.readText()')).toBe(words.join(' '));
  });
});
