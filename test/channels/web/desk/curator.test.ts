/** From a question that the bot does not know to a rule that the real check takes, in a real browser. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KNOWLEDGE_FOLDER } from '../../../../src/knowledge/load.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, person } from '../../../support/desk-browser.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';
import { MODEL_CACHE } from '../../../support/model-cache.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const PATIENCE = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What a person writes to the bot, in a chat of its own, and what comes back. */
async function ask(desk: DeskServices, text: string): Promise<string> {
  const response = await desk.server.inject({ method: 'POST', url: '/api/chat', payload: { session: null, text } });
  return (response.json() as { replies: Array<{ text: string }> }).replies.map((reply) => reply.text).join('\n');
}

const ASKED = [
  'nama wifi rumah dua periode',
  'nama wifi rumah dua periode boleh?',
  'nama wifi rumah dua periode',
  'namain wifi dua periode',
  'nama jaringan wifi dua periode 081234567890',
];

const EXAMPLES = [
  'nama wifi rumah saya tulis dua periode lanjutkan',
  'ganti nama jaringan internet rumah jadi slogan paslon',
  'ssid wifi kosan saya coblos nomor 2',
  'hotspot hp saya kasih nama menang satu putaran',
  'tetangga lihat nama wifi saya salam dua periode',
  'boleh ga nama wifi pakai slogan cabup',
  'nama hotspot mendukung calon kena sanksi ga',
  'wifi rumah dinas namanya lanjutkan dua periode',
  'router di rumah saya beri nama yel yel paslon',
  'nama wifi yang muncul di hp orang pakai nama paslon',
  'ssid jaringan rumah berisi ajakan coblos',
  'bolehkah asn menamai jaringan wifi dengan slogan kampanye',
  'anak saya ganti nama wifi jadi dukung cagub',
  'nama hotspot pas rapat ketahuan dua periode',
  'nama wifi warung saya dua periode, saya pns',
  'jaringan wifi di rumah bernama tim sukses',
];

async function fillDraft(page: Page): Promise<void> {
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  await fill('Judul', 'Nama WiFi atau hotspot bermuatan dukungan');
  await fill('Id', 'nama-wifi');
  await page.getByLabel('Topik', { exact: true }).selectOption('medsos');
  await page.getByLabel('Putusan', { exact: true }).selectOption('forbidden');
  await fill(
    'Jawaban',
    'Jangan. Nama jaringan dibaca siapa pun di sekitar, dan slogan calon di sana menunjukkan keberpihakan.',
  );
  await fill('Yang boleh sebagai gantinya', 'Pakai nama biasa tanpa slogan');
  await page.getByLabel('Aturan', { exact: true }).selectOption('skb-2022');
  await page.getByLabel('Pasal', { exact: true }).selectOption('Lamp. II disiplin no. 2');
  await page.getByRole('button', { name: 'Tambahkan dasar hukum' }).click();
  await fill('Nama pendek', 'nama wifi\nnama hotspot\nssid');
  for (const rule of ['kode-sindiran', 'medsos-like']) {
    await fill('Aturan berdekatan', rule);
    await page.getByRole('button', { name: 'Tambahkan aturan' }).click();
  }
  await fill('Kalimat uji: harus menemukan aturan lain', 'boleh nggak saya like postingan caleg?');
  await fill('Aturan yang menjawab kalimat itu', 'medsos-like');
  await page.getByLabel(/^Contoh cara bertanya/).fill(EXAMPLES.join('\n'));
}

async function downloaded(page: Page, name: string): Promise<{ readonly file: string; readonly text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  const file = await download;
  return { file: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

/** A copy of the rule base with patches in it, and what the real check says of it. What it has learnt is kept between runs, as for all tests. */
function checkWith(...patches: readonly string[]): string {
  const root = tempFolder();
  cpSync(KNOWLEDGE_FOLDER, join(root, 'knowledge'), { recursive: true });
  execFileSync('git', ['init', '-q'], { cwd: root });
  for (const patch of patches) execFileSync('git', ['apply', '-'], { cwd: root, input: patch });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['src/cli/check.ts', '--folder', join(root, 'knowledge')],
    { encoding: 'utf8', env: { ...process.env, DATA_DIR: join(MODEL_CACHE, 'curator') } },
  );
  return status === 0 ? stdout.trim() : stderr;
}

test('what people asked becomes a rule draft that the check takes, and an example of a rule; then it is gone', {
  timeout: 15 * 60_000,
}, async () => {
  const desk = await deskServices();
  await person(desk, 'admin', 'rina');
  const sari = await person(desk, 'curator', 'sari');
  for (const text of ASKED) expect(await ask(desk, text)).not.toMatch(/BOLEH/);
  expect(await ask(desk, 'boleh nggak saya like postingan caleg?')).toMatch(/TIDAK BOLEH/);
  await ask(desk, 'halo');
  await ask(desk, 'zzqq xxvv');
  await desk.insights.write();

  const opened = await DeskPage.open(browser, desk, sari, { viewport: { width: 1280, height: 800 } });
  const { page } = opened;
  await opened.heading('Belum terjawab').waitFor();
  await page.getByText('6 pertanyaan').waitFor();
  expect(await page.getByRole('listitem').first().textContent()).toContain('nama wifi rumah dua periode');
  expect(await page.textContent('body')).toContain('nama jaringan wifi dua periode #');
  expect(await page.textContent('body')).not.toMatch(/0812|like postingan|halo/);
  await page.getByLabel('Cari').fill('zzqq');
  await page.getByText('1 kelompok, 1 pertanyaan').waitFor();
  await page.getByLabel('Cari').fill('');
  await page
    .getByText(/cara bertanya$/)
    .first()
    .click();
  await page
    .getByRole('button', { name: /^Tandai selesai/ })
    .last()
    .click();
  expect(await opened.findings()).toEqual([]);
  await opened.button('Jangan').click();

  await page.getByRole('button', { name: /^Buat rancangan aturan: nama wifi rumah/ }).press('Enter');
  await opened.heading('Rancangan aturan').waitFor();
  await opened.button('Unduh tambalan').click();
  await page.getByText(/^Belum lengkap/).waitFor();
  expect(await page.evaluate('document.activeElement.id')).toBe('title');
  expect(await opened.findings()).toEqual([]);
  await fillDraft(page);
  // the questions themselves are the tests: what people really ask must find the rule
  const tests = page.getByLabel('Kalimat uji: harus menemukan aturan ini');
  expect(await tests.inputValue()).toContain('nama wifi rumah dua periode');
  await tests.fill(
    'nama wifi rumah dua periode boleh?\nnamain wifi dua periode\nnama wifi rumah pakai slogan paslon gimana',
  );
  const draft = await downloaded(page, 'Unduh tambalan');
  expect(draft.file).toBe('rancangan-nama-wifi.patch');
  expect(await opened.findings()).toEqual([]);
  const yaml = await downloaded(page, 'Unduh YAML aturan');
  expect(yaml.file).toBe('aturan-nama-wifi.yaml');
  for (const line of yaml.text.trimEnd().split('\n')) expect(draft.text).toContain(`+${line}`);
  await opened.button('Tandai pertanyaannya selesai').click();
  await opened.heading('Belum terjawab').waitFor();

  await page.getByRole('button', { name: /^Jadikan contoh: zzqq/ }).click();
  await page.getByLabel('Untuk aturan').fill('medsos-like');
  await page.getByText('Menyukai (like) unggahan calon').last().waitFor({ state: 'attached' });
  await page.getByLabel('Kalimat, satu per baris').fill('pencet zzqq di foto calon yang lewat, aman kan');
  expect(await opened.findings()).toEqual([]);
  const example = await downloaded(page, 'Unduh tambalan');
  expect(example.file).toBe('contoh-medsos-like.patch');
  await opened.button('Tandai pertanyaannya selesai').click();
  await opened.heading('Belum terjawab').waitFor();

  const left = Number(/(\d+) pertanyaan/.exec((await page.getByRole('status').allTextContents()).join(' '))?.[1]);
  expect([...opened.complaints, ...opened.elsewhere]).toEqual([]);
  // the patch of the example was made for the same files, and both fit together
  const checked = checkWith(draft.text, example.text);
  expect(checked).toMatch(/^rule base in order: \d+ rules, \d+ training texts$/);
  const rows = await desk.database.selectFrom('unknown_questions').selectAll().execute();
  expect(rows.length).toBe(left);
  expect(left).toBeLessThan(4);
});

test('charts: counts with small ones hidden, as drawings, tables and CSV, for an officer with provinces', {
  timeout: PATIENCE,
}, async () => {
  const desk = await deskServices();
  await person(desk, 'admin', 'rina');
  const budi = await person(desk, 'officer', 'budi');
  const answered = { kind: 'answered', rule: 'x', topic: 'medsos', verdict: 'forbidden' } as const;
  desk.insights.heard([
    ...Array.from({ length: 12 }, () => answered),
    ...Array.from({ length: 3 }, () => ({ ...answered, topic: 'uang', verdict: 'allowed' }) as const),
    ...Array.from({ length: 5 }, () => ({ kind: 'unknown', text: undefined }) as const),
  ]);
  await desk.insights.write();
  const opened = await DeskPage.open(browser, desk, budi, { viewport: { width: 1280, height: 800 } });
  const { page } = opened;
  await page.getByRole('link', { name: 'Grafik' }).press('Enter');
  await opened.heading('Grafik').waitFor();
  await page.getByRole('img', { name: 'Media sosial & WA, 12' }).waitFor();
  await page.getByRole('img', { name: 'Uang & barang, <5' }).waitFor();
  expect(await page.getByRole('list', { name: 'Putusan jawaban' }).textContent()).toBe('Tidak boleh12Boleh<5');
  await page.getByText('Tingkat tak terjawab: 25 %').waitFor();
  await page.getByText('Tabel: Yang terjadi dengan pertanyaan').click();
  const row = page.getByRole('table', { name: 'Yang terjadi dengan pertanyaan' }).getByRole('row').last();
  expect(await row.getByRole('cell').allTextContents()).toEqual(['15', '0', '5', '0', '25 %']);
  await page.getByRole('heading', { name: 'Laporan menurut provinsi' }).waitFor();
  await opened.unfold();
  expect(await opened.findings()).toEqual([]);
  const csv = await downloaded(page, 'Unduh CSV: Pertanyaan menurut topik');
  expect(csv.file).toBe('topik.csv');
  expect(csv.text.split('\r\n')[0]).toBe('\uFEFF"Waktu","Media sosial & WA","Uang & barang"');
  expect(csv.text.trimEnd().split('\r\n').at(-1)).toMatch(/,"12","<5"$/);
  await page.getByLabel('Masa').selectOption('365');
  // months in the place of days
  const rows = page.getByRole('table', { name: 'Yang terjadi dengan pertanyaan' }).getByRole('row');
  await expect.poll(() => rows.count(), { timeout: PATIENCE }).toBeLessThan(15);
  await page.getByRole('img', { name: 'Media sosial & WA, 12' }).waitFor();
  expect([...opened.complaints, ...opened.elsewhere]).toEqual([]);
});
