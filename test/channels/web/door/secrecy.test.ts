/** The promise of the web door: of what a person tells, nothing reaches the server that it could read. */

import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import { closeContext } from '../../../support/close-context.ts';
import { DoorPage, NOTHING_KEPT } from '../../../support/door-page.ts';
import type { OpenedCase } from '../../../support/door-services.ts';
import { doorServices } from '../../../support/door-services.ts';
import { leaks } from '../../../support/leaks.ts';
import { photoWithPlace, SECRETS_OF_PHOTO } from '../../../support/photo-with-place.ts';
import { Tap } from '../../../support/tap.ts';

const TOLD = {
  what: 'Kepala dinas Darmawangsa memaksa staf memilih paslon nomor dua.',
  who: 'Darmawangsa Kusumanegara, Dinas Pertanahan',
  province: 'Jawa Barat',
  regency: 'Kota Bandung',
  place: 'Aula Melati lantai tiga',
  when: 'Sesudah apel pagi, pukul sembilan seperempat',
  day: '2026-11-02',
};
const DOCUMENT = 'Daftar hadir rapat rahasia: Sumarni, Prawiro, Tumenggung.';
const FILE_NAMES = ['IMG_Budi_Pelapor.jpg', 'daftar-hadir-Sumarni.txt'];
/** Everything that must not be readable; single words too, so that no piece of a sentence slips through. */
const SECRETS = [
  ...Object.values(TOLD),
  DOCUMENT,
  ...FILE_NAMES,
  'Darmawangsa',
  'Kusumanegara',
  'Aula Melati',
  'Bandung',
  'Jawa Barat',
  'Sumarni',
  '2 November 2026',
];

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

test('a whole tip with a photo: the officer reads all of it, and the server none', async () => {
  const door = await doorServices();
  const officer = await door.addOfficer('Sari');
  await door.server.listen({ host: '127.0.0.1', port: 0 });
  const address = door.server.server.address();
  const tap = await Tap.open(typeof address === 'object' && address !== null ? address.port : 0);
  onTestFinished(() => tap.close());
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  onTestFinished(() => closeContext(context));

  const page = await DoorPage.open(context, tap.origin);
  const photo = await photoWithPlace();
  await page.tell({
    ...TOLD,
    files: [
      { name: FILE_NAMES[0] ?? '', mimeType: 'image/jpeg', buffer: photo },
      { name: FILE_NAMES[1] ?? '', mimeType: 'text/plain', buffer: Buffer.from(DOCUMENT) },
    ],
  });
  const words = await page.send();
  await page.confirm(words);

  // the receipt is opened again, and something added
  const cases = await door.cases(officer);
  expect(cases).toHaveLength(1);
  await door.answer(officer, (cases[0] as OpenedCase).id, 'Apakah ada undangan tertulis?');
  await page.page.goto(`${tap.origin}/lapor/cek`);
  await page.check(words.join(' '));
  await page.page.getByText('Apakah ada undangan tertulis?').waitFor();
  await page.button('Tambah keterangan').click();
  await page.page.getByLabel('Keterangan atau jawaban Anda').fill('Undangannya lisan saja, lewat Tumenggung.');
  await page.button('Kunci dan kirim').click();
  await page.page.getByText('Tambahan Anda sudah diterima').waitFor();

  // all that came over the wire
  const wire = tap.received;
  expect(wire.toString('latin1')).toContain('POST /lapor/kirim');
  expect(wire.toString('latin1')).toContain('POST /lapor/cek');
  const secrets = [
    ...SECRETS,
    'Undangannya lisan',
    words.join(' '),
    ...words.slice(1).map((word, i) => `${words[i]} ${word}`),
    ...SECRETS_OF_PHOTO.filter((secret) => typeof secret === 'string'),
  ];
  expect(leaks(wire, secrets)).toEqual([]);
  for (const secret of SECRETS_OF_PHOTO) expect(wire.includes(secret)).toBe(false);
  expect(wire.includes(photo.subarray(-2000, -1000))).toBe(false);
  // nor in the store
  expect(leaks(await door.stored(), secrets)).toEqual([]);

  // no cookie was set or sent, and nothing was left behind
  expect(wire.toString('latin1')).not.toMatch(/^cookie:/im);
  expect(await page.kept()).toEqual(NOTHING_KEPT);
  expect(page.elsewhere).toEqual([]);
  expect(page.complaints).toEqual([]);

  // and the officer reads all of it
  const [tip] = (await door.cases(officer)).filter(({ id }) => id === cases[0]?.id);
  const entries = tip?.entries.filter(({ author }) => author === 'reporter') ?? [];
  expect(entries.map(({ part }) => part)).toEqual(['what', 'who', 'where', 'when', 'file', 'file']);
  expect(entries.slice(0, 4).map(({ text }) => text)).toEqual([
    TOLD.what,
    TOLD.who,
    'Kota Bandung, Jawa Barat (32.73)\nAula Melati lantai tiga',
    '2 November 2026\nSesudah apel pagi, pukul sembilan seperempat',
  ]);
  const [picture, document] = entries.slice(4).map(({ file }) => file);
  expect([document?.name, document?.type]).toEqual(['dokumen.txt', 'text/plain']);
  expect(Buffer.from(document?.bytes ?? []).toString()).toBe(DOCUMENT);
  expect([picture?.name, picture?.type]).toEqual(['foto.jpg', 'image/jpeg']);
  await expectCleanAndUpright(Buffer.from(picture?.bytes ?? []));
});

/** Of `photoWithPlace`: 800 x 1200 as seen, red above and blue below. */
async function expectCleanAndUpright(picture: Buffer): Promise<void> {
  for (const secret of SECRETS_OF_PHOTO) expect(picture.includes(secret)).toBe(false);
  const { width, height, exif, xmp, orientation } = await sharp(picture).metadata();
  expect({ width, height, exif, xmp, orientation }).toEqual({ width: 800, height: 1200 });
  const raw = await sharp(picture).removeAlpha().raw().toBuffer();
  const pixel = (x: number, y: number) => [...raw.subarray((y * 800 + x) * 3, (y * 800 + x) * 3 + 3)];
  const [redAbove = 0, , blueAbove = 0] = pixel(400, 100);
  const [redBelow = 0, , blueBelow = 0] = pixel(400, 1100);
  expect(redAbove).toBeGreaterThan(blueAbove + 100);
  expect(blueBelow).toBeGreaterThan(redBelow + 100);
}

test('the search for secrets finds them in every disguise', () => {
  const secret = 'Aula Melati';
  const found = (text: string | Buffer) =>
    leaks(Buffer.concat([Buffer.from('xx'), Buffer.from(text)]), [secret]).length;
  for (const disguise of [
    secret,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(`{"a":"${secret}"}`).toString('base64'),
    Buffer.from(`1${secret}`).toString('base64url'),
    Buffer.from(`22${secret}`).toString('base64'),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(secret),
    'q=Aula+Melati',
  ])
    expect([disguise, found(disguise) > 0]).toEqual([disguise, true]);
  expect(found('Aula Mawar')).toBe(0);
});
