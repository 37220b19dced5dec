/** When the network or the server fails in the middle: nothing is lost, and nothing counts twice. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { openDoor } from '../../../support/open-door.ts';

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('the answer to a stored tip is lost: sending again gives the receipt of the one tip', async () => {
  const { door, services, officer, tap } = await openDoor(browser);
  await door.tell({ what: 'sesuatu' });
  tap.loseAnswers('POST /lapor/kirim');
  await door.button('Kunci dan kirim').click();
  await door.page.getByText('tidak akan tercatat dua kali').waitFor();
  // it may be there already: changing it would make two of it
  expect(await door.button('Kembali ke isinya').count()).toBe(0);
  expect(await services.cases(officer)).toHaveLength(1);
  // nor does a refusal of the second try mean that the first has not arrived
  tap.loseAnswers(undefined);
  await door.page.route('**/lapor/kirim', (route) =>
    route.fulfill({ status: 429, json: { error: 'Pelan.', why: 'limit' } }),
  );
  await door.button('Coba kirim lagi').click();
  await door.page.getByText('Pelan. Kiriman Anda masih ada di halaman ini. Mengulang itu aman').waitFor();
  expect(await door.button('Kembali ke isinya').count()).toBe(0);
  await door.page.unroute('**/lapor/kirim');
  await door.button('Coba kirim lagi').click();
  await door.heading('Sudah diterima').waitFor();
  const words = await door.words;
  expect(await services.cases(officer)).toHaveLength(1);

  await services.answer(officer, (await services.cases(officer))[0]?.id ?? '', 'Sudah kami baca.');
  await door.confirm(words);
  await door.page.goto(`${tap.origin}/lapor/cek`);
  await door.check(words.join(' '));
  await door.page.getByText('Jawaban petugas: Sudah kami baca.').waitFor();
});

test('no receipt is shown before the server has said that it is stored', async () => {
  const { door } = await openDoor(browser);
  await door.tell({ what: 'sesuatu' });
  await door.page.route('**/lapor/kirim', (route) => route.fulfill({ status: 500, json: { error: 'gangguan' } }));
  await door.button('Kunci dan kirim').click();
  await door.page.getByText('gangguan').waitFor();
  expect(await door.page.getByRole('list', { name: 'Tanda terima' }).count()).toBe(0);
});

test('no network at all: everything stays on the page, and goes when it is back', async () => {
  const { door, services, officer } = await openDoor(browser);
  await door.tell({ what: 'sesuatu' });
  await door.page.context().setOffline(true);
  await door.button('Kunci dan kirim').click();
  await door.page.getByText('Belum tersambung ke server').waitFor();
  await door.page.context().setOffline(false);
  await door.button('Coba kirim lagi').click();
  await door.heading('Sudah diterima').waitFor();
  expect(await services.cases(officer)).toHaveLength(1);
});

test('the officers change while somebody tells: it is sealed to those who read now', async () => {
  const { door, services, officer } = await openDoor(browser);
  await door.tell({ what: 'sesuatu' });
  // the page has asked who can read; then another comes
  let late: Awaited<ReturnType<typeof services.addOfficer>> | undefined;
  await door.page.route('**/lapor/tantangan', async (route) => {
    late ??= await services.addOfficer('Wayan');
    await route.continue();
  });
  await door.button('Kunci dan kirim').click();
  await door.heading('Sudah diterima').waitFor();
  if (late === undefined) throw new Error('the page asked for no challenge');
  for (const reader of [officer, late]) {
    const cases = await services.cases(reader);
    expect(cases.map(({ entries }) => entries[0]?.text)).toEqual(['sesuatu']);
  }
});

test('the last officer leaves while somebody tells: nothing is taken, and it is said', async () => {
  const { door, services, officer } = await openDoor(browser);
  await door.tell({ what: 'sesuatu' });
  await services.reports.office.retireOfficer('server', officer.id, true);
  await door.button('Kunci dan kirim').click();
  await door.page.getByText('tidak ada petugas yang bisa membacanya').waitFor();
  expect(await door.button('Kembali ke isinya').isVisible()).toBe(true);
});

test('the sealing part does not load: it says so, and loads later', async () => {
  const { door, services, officer } = await openDoor(browser);
  await door.page.context().route('**/assets/worker-*', (route) => route.abort());
  await door.tell({ what: 'sesuatu' });
  await door.button('Kunci dan kirim').click();
  await door.page.getByText('Bagian pengunci belum bisa dimuat').waitFor();
  await door.page.context().unroute('**/assets/worker-*');
  await door.button('Coba kirim lagi').click();
  await door.heading('Sudah diterima').waitFor();
  expect(await services.cases(officer)).toHaveLength(1);
});

test('the list of regions does not come: the place is told in words', async () => {
  const { door } = await openDoor(browser);
  await door.page.route('**/lapor/wilayah.json', (route) => route.abort());
  await door.tell({ what: 'sesuatu', place: 'Kantor desa' });
  expect(await door.page.getByText('Kantor desa').isVisible()).toBe(true);
});

test('the keys do not come: it can be tried again', async () => {
  const { door } = await openDoor(browser);
  await door.button('Mulai').waitFor();
  await door.page.route('**/lapor/kunci.json', (route) => route.abort());
  await door.page.reload();
  await door.page.getByText('Belum tersambung ke server').waitFor();
  expect(await door.button('Mulai').isDisabled()).toBe(true);
  await door.page.unroute('**/lapor/kunci.json');
  await door.button('Coba lagi').click();
  await expect.poll(() => door.button('Mulai').isEnabled(), { timeout: 60_000 }).toBe(true);
});

test('behind a path of a reverse proxy everything is found', async () => {
  const { door, services, officer, tap } = await openDoor(browser);
  await door.page.context().route(`${tap.origin}/netral/**`, async (route) => {
    await route.continue({ url: route.request().url().replace('/netral/', '/') });
  });
  await door.page.goto(`${tap.origin}/netral/lapor`);
  await door.tell({ what: 'sesuatu' });
  const words = await door.send();
  await door.confirm(words);
  await door.page.getByRole('main').getByRole('link', { name: 'Cek tanda terima' }).click();
  expect(door.page.url()).toBe(`${tap.origin}/netral/lapor/cek`);
  await door.check(words.join(' '));
  await door.heading('Belum ada kabar').waitFor();
  expect(await services.cases(officer)).toHaveLength(1);
});
