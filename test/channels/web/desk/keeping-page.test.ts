/** What officers and admins are told before something is lost: a case that goes soon, an officer who is the last reader. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays, dayOf } from '../../../../src/reports/days.ts';
import { nickname } from '../../../../src/sealing/receipt.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, person } from '../../../support/desk-browser.ts';
import { deskServices } from '../../../support/desk-services.ts';

/** Keys, pages and a browser on a busy machine. */
const PATIENCE = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** As the page writes days. */
const shown = (day: string): string =>
  new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));

test('a case that nobody has touched for long: the day of its deletion is told', { timeout: PATIENCE }, async () => {
  const desk = await deskServices();
  await person(desk, 'admin', 'rina');
  const budi = await person(desk, 'officer', 'budi');
  const today = dayOf(Date.now());
  const names = new Map<string, string>();
  // 730 days after its last change a case goes
  for (const [what, changed] of [
    ['lama', addDays(today, -701)],
    ['belum lama', addDays(today, -600)],
    ['lama, ditahan', addDays(today, -702)],
  ] as const) {
    await desk.world.tip(what);
    const made = (await desk.world.office.cases(budi.id)).find(({ id }) => !names.has(id));
    if (!made) throw new Error('a case expected');
    names.set(made.id, what);
    await desk.database
      .updateTable('cases')
      .set({ day: changed, changed, opened: changed, status: 'asking' })
      .where('id', '=', made.id)
      .execute();
    if (what === 'lama, ditahan')
      for (const officer of [budi.id, 'rekan'])
        await desk.database.insertInto('holds').values({ case_id: made.id, officer, day: today }).execute();
  }
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  const goes = `Akan dihapus pada ${shown(addDays(today, 30))}`;
  for (const [id, what] of names) {
    const item = page.getByRole('listitem').filter({ hasText: nickname(id) });
    await item.waitFor();
    expect([what, (await item.textContent())?.includes('Akan dihapus')]).toEqual([what, what === 'lama']);
    if (what === 'lama') expect(await item.textContent()).toContain(goes);
  }
  expect(await officer.findings()).toEqual([]);
  const [old] = [...names].find(([, what]) => what === 'lama') ?? [''];
  await officer.openCase(nickname(old));
  const notice = page.getByText(`Kasus ini akan dihapus pada ${shown(addDays(today, 30))}`);
  await notice.waitFor();
  expect(await officer.findings()).toEqual([]);
  // a note is enough to keep it
  await page.getByLabel('Catatan untuk sesama petugas').fill('Masih diproses.');
  await officer.button('Simpan catatan').click();
  await notice.waitFor({ state: 'detached' });
  expect(officer.complaints).toEqual([]);
});

test('an officer who is the last reader of cases: the admin is told whom to ask for what', {
  timeout: PATIENCE,
}, async () => {
  const desk = await deskServices();
  const rina = await person(desk, 'admin', 'rina');
  await person(desk, 'officer', 'budi');
  await desk.world.tip('satu');
  const admin = await DeskPage.open(browser, desk, rina);
  await admin.page.getByRole('link', { name: 'Tim' }).click();
  await admin.button('Hentikan Budi').click();
  expect(await admin.findings()).toEqual([]);
  await admin.button('Ya, hentikan').click();
  await admin.page
    .getByText('Budi masih satu-satunya yang bisa membaca 1 kasus. Minta Budi membagikan kasus dulu')
    .waitFor();
  expect(await admin.findings()).toEqual([]);
});
