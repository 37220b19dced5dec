/** A thousand cases, in a real browser: the list stands at once and can be used while what is in the cases is still being opened. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nickname } from '../../../../src/sealing/receipt.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, person } from '../../../support/desk-browser.ts';
import { deskServices } from '../../../support/desk-services.ts';
import { manyCases } from '../../../support/many-cases.ts';

const CASES = 1_000;
/** A thousand cases on a busy machine. */
const PATIENCE = 280_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('a thousand cases', { timeout: PATIENCE }, async () => {
  const desk = await deskServices();
  await person(desk, 'admin', 'rina');
  const budi = await person(desk, 'officer', 'budi');
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  await officer.button('Kunci').click();
  await officer.heading('Meja terkunci').waitFor();
  const ids = await manyCases(desk.world.core, CASES, (number) => ({
    what: `Camat mengajak memilih calon; kejadian nomor ${number}.`,
    where: `Kecamatan Q${'abcd'[number % 4]}, Kabupaten Contoh`,
  }));
  const order = (await desk.world.office.cases(budi.id)).map(({ id }) => id);
  expect([...order].sort()).toEqual([...ids].sort());
  const numberOf = (id: string | undefined) => ids.indexOf(id ?? '');

  // what is asked for from now on waits until it is let go: so the list stands while nearly all is still sealed
  let letGo = () => {};
  const waiting = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let asked = 0;
  await page.route('**/desk/api/cases/texts', async (route) => {
    asked += 1;
    if (asked > 2) await waiting;
    await route.continue();
  });
  await officer.unlock();
  const links = page.locator('.case-link');
  const search = page.getByLabel('Cari di isi dan nama sandi');
  const opening = page.locator('.opening');

  await page.getByText('1.000 kasus', { exact: true }).waitFor();
  expect(await links.count()).toBe(50);
  const shown = await links.evaluateAll((all) => all.map(({ id }) => id.replace('case-', '')));
  // what is on the screen is opened first
  await page.getByText(`kejadian nomor ${numberOf(shown[0])}.`).waitFor();
  await page.getByText(`kejadian nomor ${numberOf(shown[49])}.`).waitFor();
  await page.getByText(/^Membuka \d+ dari 1\.000/).waitFor();
  await page.getByRole('status').getByText('Kasus sedang dibuka.').waitFor();

  // by keyboard, by page, by filter and by name, while the rest is sealed
  await page.locator('h1').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  expect(await page.evaluate('document.activeElement.id')).toBe(`case-${shown[1]}`);
  await page.keyboard.press('/');
  const found = shown[7] ?? '';
  await page.keyboard.type(`nomor ${numberOf(found)}.`);
  await links.filter({ hasText: nickname(found) }).waitFor();
  expect(await search.inputValue()).toBe(`nomor ${numberOf(found)}.`);
  const sealed = ids.find((id) => !shown.includes(id) && numberOf(id) > 99 && order.indexOf(id) > 500) ?? '';
  await search.fill(nickname(sealed));
  await links
    .filter({ hasText: nickname(sealed) })
    .first()
    .waitFor();
  await search.fill(`nomor ${numberOf(sealed)}.`);
  await page.getByText('0 kasus dari 1.000').waitFor();
  await search.fill('');
  await officer.button('Berikutnya').click();
  await page.getByText('Halaman 2 dari 20').waitFor();
  await page.getByLabel('Status').selectOption({ label: 'Ditutup' });
  await page.getByText('0 kasus dari 1.000').waitFor();
  await officer.button('Hapus saringan').click();
  await page.keyboard.press('/');
  await page.keyboard.type(`nomor ${numberOf(sealed)}.`);
  await page.getByText('0 kasus dari 1.000').waitFor();

  // what is typed stands, and the case appears when it is opened
  letGo();
  await page.getByText('1 kasus dari 1.000').waitFor();
  expect(await links.getAttribute('id')).toBe(`case-${sealed}`);
  expect(await search.inputValue()).toBe(`nomor ${numberOf(sealed)}.`);
  // a case can be read, and others are opened meanwhile
  await officer.openCase(nickname(sealed));
  await page
    .locator('main')
    .getByText(`kejadian nomor ${numberOf(sealed)}.`)
    .waitFor();
  await page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
  await opening.waitFor({ state: 'detached' });

  await search.fill('KABUPATEN contoh qb');
  await page.getByText('250 kasus dari 1.000').waitFor();
  for (const number of [100, 499, 999]) {
    await search.fill(`nomor ${number}`);
    await links
      .filter({ hasText: nickname(ids[number] ?? '') })
      .first()
      .waitFor();
  }
  // each text was asked for once
  expect(asked).toBe(CASES / 50);
  expect(officer.complaints).toEqual([]);

  await officer.button('Kunci').click();
  await officer.heading('Meja terkunci').waitFor();
  expect(await page.content()).not.toContain('kejadian nomor');
});
