/** The admin says which office takes what; an officer who passes a case on is told whose region it is. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, person } from '../../../support/desk-browser.ts';
import { deskServices } from '../../../support/desk-services.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('regions of an office: a wrong code is named, the right one is kept, and the transfer proposes the office', {
  timeout: 180_000,
}, async () => {
  const desk = await deskServices();
  const rina = await person(desk, 'admin', 'rina');
  const budi = await person(desk, 'officer', 'budi');
  await person(desk, 'officer', 'dewi', 'Bawaslu Kota Contoh');
  const admin = await DeskPage.open(browser, desk, rina);
  await admin.page.getByRole('link', { name: 'Tim' }).click();
  const field = admin.page.getByLabel('Bawaslu Kota Contoh', { exact: true });
  await field.fill('32.73 Bandung');
  await admin.button('Simpan wilayah Bawaslu Kota Contoh').click();
  await admin.page.getByText('"Bandung" bukan kode wilayah').waitFor();
  expect(await admin.findings()).toEqual([]);
  await field.fill('32.73, 32.77');
  await admin.button('Simpan wilayah Bawaslu Kota Contoh').click();
  await admin.page.getByText('Wilayah Bawaslu Kota Contoh disimpan.').waitFor();
  await admin.page.reload();
  await admin.unlock();
  expect(await admin.page.getByLabel('Bawaslu Kota Contoh', { exact: true }).inputValue()).toBe('32.73 32.77');
  expect(admin.complaints).toEqual([]);

  const { world } = desk;
  await world.intake.begin(world.from('a'));
  await world.intake.write(world.from('a'), 'what', 'Camat membagikan sembako.');
  await world.intake.write(world.from('a'), 'where', 'Kota Bandung, Jawa Barat (32.73)');
  await world.intake.submit(world.from('a'));
  const officer = await DeskPage.open(browser, desk, budi);
  await officer.page.getByText('Camat membagikan sembako.').waitFor();
  await officer.page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await officer.page.getByText('Alihkan ke kantor lain').click();
  await officer.page.getByText('Wilayah laporan ini dipegang Bawaslu Kota Contoh.').waitFor();
  expect(officer.complaints).toEqual([]);
});
