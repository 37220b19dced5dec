/** Evidence at the door: what is taken, cleaned, warned of and refused. */

import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { launchBrowser } from '../../../support/browser.ts';
import type { DoorPage } from '../../../support/door-page.ts';
import { openDoor } from '../../../support/open-door.ts';
import { photoWithPlace, SECRETS_OF_PHOTO } from '../../../support/photo-with-place.ts';

// a browser on a machine that is busy with other tests
vi.setConfig({ testTimeout: 180_000 });

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const text = (name: string, content = name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
const listed = (door: DoorPage) => door.page.locator('.evidence li span').allTextContents();
const give = (door: DoorPage, files: Array<{ name: string; mimeType: string; buffer: Buffer }>) =>
  door.page.locator('input[type=file]').setInputFiles(files);

async function atFiles(script?: string) {
  const opened = await openDoor(browser, script === undefined ? {} : { script });
  const { door } = opened;
  await door.tell({ what: 'sesuatu' });
  await door.button('Ubah: Bukti').click();
  return opened;
}

test('a file that cannot be cleaned is warned of, and taken or not', async () => {
  const { door, services, officer } = await atFiles();
  await give(door, [text('satu.txt', 'isi satu'), text('dua.txt', 'isi dua')]);
  await door.page.getByText('Dokumen tidak bisa kami bersihkan').nth(1).waitFor();
  expect(await listed(door)).toEqual([]);
  await door.button('Tetap sertakan').first().click();
  await door.button('Jangan').click();
  expect(await listed(door)).toEqual(['1. dokumen.txt, 1 kB, apa adanya']);
  await door.button('Ke ringkasan').click();
  await door.send();
  const [tip] = await services.cases(officer);
  expect(tip?.entries.flatMap(({ file }) => (file ? [Buffer.from(file.bytes).toString()] : []))).toEqual(['isi satu']);
});

test('programs, empty files, damaged pictures and pages are refused by their content, in words', async () => {
  const { door } = await atFiles();
  const photo = await photoWithPlace();
  for (const [file, said] of [
    [
      { name: 'foto.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('4d5a90000300000004000000ffff0000', 'hex') },
      'Jenis berkas',
    ],
    [{ name: 'a.html', mimeType: 'text/plain', buffer: Buffer.from('<script>1</script>') }, 'Jenis berkas'],
    [{ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }, 'kosong atau rusak'],
    [{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo.subarray(0, 300) }, 'kosong atau rusak'],
  ] as const) {
    await give(door, [file]);
    await door.page.getByRole('alert').getByText(said).waitFor();
  }
  expect(await listed(door)).toEqual([]);
});

test('at most eight files, and ten megabytes each', async () => {
  const { door } = await atFiles();
  await give(
    door,
    Array.from({ length: 9 }, (_, i) => text(`${i}.txt`, `isi ${i}`)),
  );
  await door.page.getByText('paling banyak 8 berkas').waitFor();
  for (let left = 8; left > 0; left -= 1) await door.button('Tetap sertakan').first().click();
  expect(await listed(door)).toHaveLength(8);
  await door.page.getByRole('button', { name: /^Hapus 3\./ }).click();
  expect(await listed(door)).toHaveLength(7);
  await give(door, [text('besar.txt', 'x'.repeat(10 * 1024 * 1024 + 1))]);
  await door.page.getByText('paling besar 10 MB').waitFor();
  expect(await listed(door)).toHaveLength(7);
});

test('a screenshot stays sharp, without what was written into it; a large photo becomes smaller', async () => {
  const { door, services, officer } = await atFiles();
  const screenshot = await sharp({ create: { width: 400, height: 900, channels: 3, background: '#eee' } })
    .png()
    .withExif({ IFD0: { Artist: 'Budi Pelapor' } })
    .toBuffer();
  expect(screenshot.includes('Budi Pelapor')).toBe(true);
  const noise = await sharp({
    create: {
      width: 4000,
      height: 3000,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg({ quality: 60 })
    .toBuffer();
  await door.pick([
    { name: 'a.png', mimeType: 'image/png', buffer: screenshot },
    { name: 'b.jpg', mimeType: 'image/jpeg', buffer: noise },
  ]);
  await door.button('Ke ringkasan').click();
  await door.send();
  const files = (await services.cases(officer))[0]?.entries.flatMap(({ file }) => (file ? [file] : [])) ?? [];
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ['foto.png', 'image/png'],
    ['foto.jpg', 'image/jpeg'],
  ]);
  const [png, jpeg] = await Promise.all(files.map(({ bytes }) => sharp(bytes).metadata()));
  expect([png?.width, png?.height, png?.exif]).toEqual([400, 900, undefined]);
  expect([jpeg?.width, jpeg?.height]).toEqual([2560, 1920]);
  expect(Buffer.from(files[0]?.bytes ?? []).includes('Budi Pelapor')).toBe(false);
});

/** As Tor Browser does: what a page reads of its own drawing is noise. */
const NOISY_CANVAS = `
  CanvasRenderingContext2D.prototype.getImageData = (x, y, width, height) => new ImageData(
    new Uint8ClampedArray(width * height * 4).map(() => 255 * Math.random()), width, height);
  HTMLCanvasElement.prototype.toBlob = () => { throw new Error('drawn by a page that must not'); };
`;

test('a browser that does not let pages draw: photos lose their metadata all the same, the rest is warned of', async () => {
  const { door, services, officer } = await atFiles(NOISY_CANVAS);
  const photo = await photoWithPlace();
  await door.pick([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo }]);
  const png = await sharp({ create: { width: 40, height: 40, channels: 3, background: '#eee' } })
    .png()
    .toBuffer();
  await give(door, [{ name: 'a.png', mimeType: 'image/png', buffer: png }]);
  await door.page.getByText('tidak mengizinkan foto ini dibersihkan').waitFor();
  await door.button('Jangan').click();
  await door.button('Ke ringkasan').click();
  await door.send();
  const files = (await services.cases(officer))[0]?.entries.flatMap(({ file }) => (file ? [file] : [])) ?? [];
  expect(files.map(({ name }) => name)).toEqual(['foto.jpg']);
  const kept = Buffer.from(files[0]?.bytes ?? []);
  for (const secret of SECRETS_OF_PHOTO) expect(kept.includes(secret)).toBe(false);
  expect((await sharp(kept).metadata()).orientation).toBe(6);
});
