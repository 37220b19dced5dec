/** From the one-time link to an open desk, in a real browser. */
import { Secret, TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { findingsOf, PHRASE, person } from '../../../support/desk-browser.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

/** scrypt takes about a second by intention, several times a test. */
const PATIENCE = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

async function visit(context: BrowserContext, url: string) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  const sent: string[] = [];
  page.on('console', (message) => {
    // a wrong passphrase is a 401, which Chromium reports on the console
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => sent.push(`${request.url()}\n${request.postData() ?? ''}`));
  await page.goto(url);
  return { page, complaints, sent };
}

async function fillAccount(page: Page, name: string, login: string, unit?: string): Promise<void> {
  await page.getByLabel('Nama Anda, seperti dikenal rekan kerja').fill(name);
  if (unit !== undefined) await page.getByLabel('Kantor').fill(unit);
  await page.getByLabel('Nama masuk').fill(login);
  await page.getByLabel('Frasa sandi', { exact: true }).fill(PHRASE);
  await page.getByLabel('Ketik sekali lagi').fill(PHRASE);
  await page.getByRole('button', { name: 'Buat akun' }).click();
  await heading(page, 'Akun Anda siap').waitFor();
}

async function signIn(page: Page, login: string, phrase = PHRASE): Promise<void> {
  await page.getByLabel('Nama masuk').fill(login);
  await page.getByLabel('Frasa sandi').fill(phrase);
  await page.getByRole('button', { name: 'Masuk' }).click();
}

async function firstAdmin(desk: DeskServices) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' });
  const visited = await visit(context, await desk.firstLink());
  await heading(visited.page, 'Siapkan meja petugas').waitFor();
  return { context, ...visited };
}

test('the first person becomes admin; an officer is invited, signs in, locks the desk and lets himself in again', {
  timeout: PATIENCE,
}, async () => {
  const desk = await deskServices();
  const { context, page, complaints, sent } = await firstAdmin(desk);
  // the token does not stay in the address, where others would read it over the shoulder
  expect(page.url()).toBe(`${desk.origin}/desk`);
  expect(await findingsOf(page)).toEqual([]);

  await page.getByLabel('Frasa sandi', { exact: true }).fill('password123456');
  await page.getByLabel('Ketik sekali lagi').fill('password');
  await page.getByText('terlalu lemah').waitFor();
  await page.getByText('Belum sama dengan yang di atas').waitFor();
  expect(await findingsOf(page)).toEqual([]);
  expect(await page.getByRole('button', { name: 'Buat akun' }).isDisabled()).toBe(true);
  await fillAccount(page, 'Rina Admin', 'rina', 'Bawaslu Kabupaten Contoh');
  expect(await findingsOf(page)).toEqual([]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Unduh berkas cadangan' }).click();
  expect((await download).suggestedFilename()).toBe('kunci-cadangan-rina.json');
  await page.getByRole('button', { name: 'Buka meja' }).click();
  await heading(page, 'Tim').waitFor();
  expect(await findingsOf(page)).toEqual([]);

  await page.getByLabel('Kantor').fill('Bawaslu Kabupaten Contoh');
  await page.getByRole('button', { name: 'Buat tautan' }).click();
  const link = (await page.locator('code.link').textContent()) ?? '';
  expect(link).toMatch(/#undangan=[\w-]{43}$/);
  expect(await findingsOf(page)).toEqual([]);

  const other = await browser.newContext({ reducedMotion: 'reduce' });
  const officer = await visit(other, link);
  await heading(officer.page, 'Undangan ke meja petugas').waitFor();
  await fillAccount(officer.page, 'Budi Petugas', 'budi');
  await officer.page.getByRole('button', { name: 'Buka meja' }).click();
  await officer.page.getByRole('button', { name: 'Keluar', exact: true }).click();
  await heading(officer.page, 'Masuk ke meja petugas').waitFor();
  expect(await findingsOf(officer.page)).toEqual([]);

  await signIn(officer.page, 'budi', 'kelapa meja biru panas');
  await officer.page.getByText('Nama masuk, frasa sandi, atau kode salah.').waitFor();
  expect(await findingsOf(officer.page)).toEqual([]);
  await signIn(officer.page, 'budi');
  await officer.page.getByRole('button', { name: 'Kunci', exact: true }).click();
  await heading(officer.page, 'Meja terkunci').waitFor();
  expect(await findingsOf(officer.page)).toEqual([]);
  await officer.page.getByLabel('Frasa sandi').fill('salah sekali ini');
  await officer.page.getByRole('button', { name: 'Buka kunci' }).click();
  await officer.page.getByText('Frasa sandi salah').waitFor();
  expect(await findingsOf(officer.page)).toEqual([]);
  await officer.page.getByLabel('Frasa sandi').fill(PHRASE);
  await officer.page.getByRole('button', { name: 'Buka kunci' }).click();
  await officer.page.getByRole('navigation', { name: 'Menu' }).waitFor();

  // loading the page anew keeps the session, not the key
  await officer.page.reload();
  await heading(officer.page, 'Meja terkunci').waitFor();

  const said = [...sent, ...officer.sent].join('\n');
  expect(said).not.toContain(PHRASE);
  expect(said).not.toContain('AGE-SECRET-KEY');
  const elsewhere = [...sent, ...officer.sent].filter((line) => !/^(?:blob:)?http:\/\/127\.0\.0\.1:/.test(line));
  expect(elsewhere).toEqual([]);
  expect([...complaints, ...officer.complaints]).toEqual([]);
  const kept = await officer.page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
  expect(kept).toBe('[{},{}]');
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  await Promise.all([context.close(), other.close()]);
});

test('one-time codes and a new passphrase, by keyboard alone', { timeout: PATIENCE }, async () => {
  const desk = await deskServices();
  const { context, page } = await firstAdmin(desk);
  await fillAccount(page, 'Rina Admin', 'rina', 'Bawaslu Kabupaten Contoh');
  await page.getByRole('button', { name: 'Buka meja' }).press('Enter');
  await page.getByRole('link', { name: 'Akun' }).press('Enter');
  await heading(page, 'Akun').waitFor();
  await page.getByText('Kode sekali pakai (TOTP): mati').press('Enter');
  await page.getByRole('button', { name: 'Mulai' }).press('Enter');
  const secret = (await page.locator('code.link').textContent()) ?? '';
  await page.getByText('Ganti frasa sandi').press('Enter');
  expect(await findingsOf(page)).toEqual([]);
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await page.getByLabel('Kode 6 angka').fill(totp.generate());
  await page.getByRole('button', { name: 'Nyalakan' }).press('Enter');
  await page.getByText('Kode sekali pakai menyala').waitFor();
  expect(await findingsOf(page)).toEqual([]);

  await page.getByLabel('Frasa sandi sekarang').fill(PHRASE);
  await page.getByLabel('Frasa sandi', { exact: true }).fill('gajah terbang di atas rumah');
  await page.getByLabel('Ketik sekali lagi').fill('gajah terbang di atas rumah');
  await page.getByRole('button', { name: 'Ganti', exact: true }).press('Enter');
  await page.getByText('Frasa sandi diganti').waitFor();

  await page.getByRole('button', { name: 'Keluar', exact: true }).press('Enter');
  await signIn(page, 'rina', 'gajah terbang di atas rumah');
  await page.getByLabel(/^Kode 6 angka/).waitFor();
  expect(await findingsOf(page)).toEqual([]);
  // a code of the next step: the one that switched it on is used up
  await page.getByLabel(/^Kode 6 angka/).fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole('button', { name: 'Masuk' }).press('Enter');
  await page.getByRole('navigation', { name: 'Menu' }).waitFor();
  await page.getByRole('link', { name: 'Jejak' }).press('Enter');
  await page.getByText('Rantai jejak utuh').waitFor();
  // people by their names, acts in words
  const acts = await page.getByRole('row').evaluateAll((rows) => rows.map((row) => row.children[3]?.textContent));
  expect(acts.slice(1)).toEqual(['Masuk', 'Frasa sandi diganti', 'Kode sekali pakai menyala', 'Akun dibuat']);
  expect(await page.getByRole('cell', { name: 'Rina Admin' }).count()).toBe(4);
  expect(await findingsOf(page)).toEqual([]);
  await context.close();
});

test('nobody touches the page for ten minutes: it locks, and the key is gone with its worker', {
  timeout: PATIENCE,
}, async () => {
  const desk = await deskServices();
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  await context.clock.install();
  const admin = await visit(context, await desk.firstLink());
  await fillAccount(admin.page, 'Rina Admin', 'rina', 'Bawaslu Kabupaten Contoh');
  await context.clock.fastForward('10:10');
  await expect.poll(() => admin.page.workers().length).toBe(0);
  await admin.page.getByRole('button', { name: 'Buka meja' }).click();
  await heading(admin.page, 'Meja terkunci').waitFor();
  await admin.page.getByRole('button', { name: 'Keluar' }).click();
  await heading(admin.page, 'Masuk ke meja petugas').waitFor();
  await person(desk, 'officer', 'budi');
  const { page, complaints } = await visit(context, `${desk.origin}/desk`);
  await signIn(page, 'budi');
  await heading(page, 'Kasus').waitFor();
  await context.clock.fastForward('09:50');
  await page.keyboard.press('Shift');
  await context.clock.fastForward('09:50');
  expect(await heading(page, 'Kasus').isVisible()).toBe(true);
  expect(page.workers()).toHaveLength(1);
  await context.clock.fastForward('00:20');
  await heading(page, 'Meja terkunci').waitFor();
  await expect.poll(() => page.workers().length).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('before anybody has an account, with a used link, and where the server does not answer: the page says so', {
  timeout: PATIENCE,
}, async () => {
  const desk = await deskServices();
  const link = await desk.firstLink();
  const context = await browser.newContext();
  const early = await visit(context, `${desk.origin}/desk`);
  await heading(early.page, 'Meja petugas belum disiapkan').waitFor();
  expect(await findingsOf(early.page)).toEqual([]);
  await desk.account('admin', 'rina');
  const { page } = await visit(context, link);
  await page.getByText('Tautan ini sudah dipakai').waitFor();
  expect(await findingsOf(page)).toEqual([]);
  await page.route('**/desk/api/start', (route) => route.abort());
  await page.reload();
  await page.getByText('Server belum terjangkau').waitFor();
  expect(await findingsOf(page)).toEqual([]);
  await page.unroute('**/desk/api/start');
  await page.getByRole('button', { name: 'Coba lagi' }).click();
  await heading(page, 'Masuk ke meja petugas').waitFor();
  await context.close();
});
