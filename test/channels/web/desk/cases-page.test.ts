/** Cases as officers see them, in a real browser. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVIDENCE_LIMIT, inspectEvidence } from '../../../../src/reports/evidence.ts';
import { Intake } from '../../../../src/reports/intake.ts';
import { Questions } from '../../../../src/reports/questions.ts';
import { nickname } from '../../../../src/sealing/receipt.ts';
import { received } from '../../../reports/world.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, type Person, person, saved } from '../../../support/desk-browser.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

/** Keys, pages and a browser on a busy machine. */
const PATIENCE = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function cast(...officers: string[]) {
  const desk = await deskServices();
  const admin = await person(desk, 'admin', 'rina');
  const people: Person[] = [];
  for (const login of officers) people.push(await person(desk, 'officer', login));
  return { desk, admin, people };
}

const TIP = {
  what: 'Kepala dinas membagikan sembako bergambar calon di kantor kelurahan.',
  who: '=HYPERLINK("http://jahat.example";"Kepala dinas")',
  where: 'Kabupaten Contoh, Jawa Barat\nBalai desa',
  when: 'Senin pagi',
};

/** A tip over the chat, with a picture and a sound, through the real intake. */
async function tip(desk: DeskServices, address: string, texts: Partial<typeof TIP> = TIP, pictures = 0) {
  const { world } = desk;
  const intake = new Intake(world.core, { inspect: inspectEvidence, limit: EVIDENCE_LIMIT });
  await intake.begin(world.from(address));
  for (const [part, text] of Object.entries(texts))
    await intake.write(world.from(address), part as keyof typeof TIP, text);
  for (let i = 0; i < pictures; i += 1) {
    const bytes = await sharp({ create: { width: 40 + i, height: 30, channels: 3, background: '#208040' } })
      .jpeg()
      .toBuffer();
    const file = { name: `foto${i}.jpg`, size: bytes.length, read: async () => bytes };
    expect(await intake.attach(world.from(address), file)).toMatchObject({
      kind: expect.stringMatching(/kept|attached|ok/),
    });
  }
  const receipt = received(await intake.submit(world.from(address)));
  return { intake, receipt };
}

async function nameOfOnly(desk: DeskServices, { id }: Person): Promise<{ id: string; name: string }> {
  const [only] = await desk.world.office.cases(id);
  if (only === undefined) throw new Error('there is no case');
  return { id: only.id, name: nickname(only.id) };
}

const fold = (page: Page, title: string) => page.locator('summary', { hasText: title });

test('a tip is read, answered, taken back, noted, and handed over', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  const { intake, receipt } = await tip(desk, 'chat-1', TIP, 1);
  const { id, name } = await nameOfOnly(desk, budi);
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;

  await officer.heading('Kasus').waitFor();
  const item = page.getByRole('listitem').filter({ hasText: name });
  await item.getByText(TIP.what).waitFor();
  for (const words of ['Baru', 'Laporan', 'hari ini', 'Tenggat', 'Kabupaten Contoh, Jawa Barat'])
    expect(await item.textContent()).toContain(words);
  expect(await item.getByRole('link').textContent()).toContain('belum dibaca');
  expect(await officer.findings()).toEqual([]);
  await page.getByLabel('Cari di isi dan nama sandi').fill('SEMBAKO kelurahan');
  await item.waitFor();
  await page.getByLabel('Cari di isi dan nama sandi').fill('gotong royong');
  await page.getByText('0 kasus dari 1').waitFor();
  await officer.button('Hapus saringan').click();

  await officer.openCase(name);
  for (const words of Object.values(TIP)) expect(await page.locator('main').textContent()).toContain(words);
  expect(
    await page.getByRole('img', { name: /^Bukti dari pelapor/ }).evaluate(async (image) => {
      await (image as unknown as { decode(): Promise<void> }).decode();
      return (image as unknown as { naturalWidth: number }).naturalWidth;
    }),
  ).toBe(40);
  const picture = await saved(page, () => officer.button(/^Simpan \d\d-/).click());
  expect(picture.name).toMatch(/^01-[\w-]+\.jpg$/);
  await page.getByText('Pemilu, tindak lanjut').waitFor();
  const due = await page.locator('.due').textContent();
  for (const article of ['(5); tidak pasti', '(6)', '(7); tidak pasti', '(8)'])
    expect(due).toContain(`UU 7/2017 (Pemilu) Ps 454 ayat ${article}`);
  for (const article of ['Ps 134', 'Ps 134 ayat (5)', 'Ps 134 ayat (6)'])
    expect(due).toContain(`UU Pilkada ${article}`);
  expect(await page.locator('.later').textContent()).toContain('BKN (SBT), verifikasi satgas7 hari sejak');
  expect(await officer.findings()).toEqual([]);

  await page.getByLabel('Jawab pelapor').fill('Terima kasih. Jam berapa kira-kira?');
  await officer.button('Kirim jawaban').click();
  await officer.button(/^Tarik kembali/).waitFor();
  expect(await officer.findings()).toEqual([]);
  await officer.button(/^Tarik kembali/).click();
  await page.getByText('Jawaban ditarik kembali').waitFor();
  expect(await page.getByLabel('Jawab pelapor').inputValue()).toBe('Terima kasih. Jam berapa kira-kira?');
  await expect.poll(() => page.locator('.talk').count()).toBe(0);

  await page.getByLabel('Sisipkan contoh jawaban').selectOption({ index: 1 });
  expect((await page.getByLabel('Jawab pelapor').inputValue()).length).toBeGreaterThan(80);
  await page.getByLabel('Jawab pelapor').fill('Jam berapa kira-kira, dan siapa lagi yang melihat?');
  await officer.button('Kirim jawaban').click();
  await page.locator('.talk').getByText('Jam berapa kira-kira, dan siapa lagi').waitFor();
  await page.getByLabel('Catatan untuk sesama petugas').fill('Sudah dicek di lapangan');
  await officer.button('Simpan catatan').click();
  await page.locator('.talk').getByText('Sudah dicek di lapangan').waitFor();
  desk.world.now += 60_000;
  const news = await intake.look(desk.world.from('chat-1'), receipt);
  expect(JSON.stringify(news)).toContain('Jam berapa kira-kira, dan siapa lagi');
  expect(JSON.stringify(news)).not.toContain('Sudah dicek di lapangan');

  await fold(page, 'Tahan dari penghapusan').click();
  await page.locator('#hold-reason').fill('menunggu sidang');
  await officer.button('Tahan').click();
  await page.getByText('Ditahan oleh 1 petugas').waitFor();

  await page.getByRole('link', { name: /^Serahkan/ }).click();
  await officer.heading(`Serahkan ${name}`).waitFor();
  await page.getByLabel('Untuk instansi').fill('BKN (SBT)');
  await page.getByLabel('Keperluan').fill('tindak lanjut');
  const json = await saved(page, () => officer.button('Unduh JSON').click());
  expect(json.name).toBe(`informasi-awal-${name}.json`);
  expect(JSON.parse(json.text)).toMatchObject({
    format: 'tanya-netral/informasi-awal',
    what: TIP.what,
    reported: TIP.who,
    made: { to: 'BKN (SBT)', by: 'Budi' },
    files: [{ type: 'image/jpeg', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    notes: [],
  });
  const csv = await saved(page, () => officer.button('Unduh CSV').click());
  expect(csv.text.startsWith('\uFEFF"nama_kasus"')).toBe(true);
  expect(csv.text).toContain(`"'=HYPERLINK(""http`);
  expect(csv.text).not.toContain('Sudah dicek di lapangan');
  const audited = [];
  for await (const { event, case: about, detail } of desk.world.office.audit())
    if (event === 'exported' && about === id) audited.push(detail);
  expect(audited).toEqual(['json: BKN (SBT): tindak lanjut', 'csv: BKN (SBT): tindak lanjut']);

  await page.evaluate('window.print = () => { window.printed = (window.printed ?? 0) + 1; }');
  await page.getByLabel('Sertakan catatan petugas').check();
  await officer.button('Cetak').click();
  await expect.poll(() => page.evaluate('window.printed')).toBe(1);
  expect(await page.getByRole('article', { name: 'Lembar serah' }).textContent()).toContain('Sudah dicek di lapangan');
  expect(await officer.findings()).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Menu' }).isVisible()).toBe(false);
  expect(await officer.button('Cetak').isVisible()).toBe(false);
  expect(await officer.button('Tutup pesan').isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  await officer.button('Tandai diteruskan').click();
  await page.getByText('Status sekarang: Diteruskan').waitFor();

  await page.getByRole('link', { name: 'Kembali ke kasus' }).click();
  await fold(page, 'Ubah status atau tutup').click();
  await page.getByLabel('Status baru').selectOption({ label: 'Ditutup' });
  await page.locator('#status-reason').fill('selesai');
  await officer.button('Ubah status').click();
  await page.getByText('Status sekarang: Ditutup').waitFor();
  expect(await desk.world.office.cases(budi.id)).toMatchObject([{ id, status: 'closed' }]);
  expect(officer.complaints).toEqual([]);
  expect(officer.elsewhere).toEqual([]);
  expect(await page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')).toBe('[{},{}]');
});

test('two officers at once: the second is told, and keeps what was typed', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi', 'sari');
  const [budi, sari] = people as [Person, Person];
  await tip(desk, 'chat-1');
  const { name } = await nameOfOnly(desk, budi);
  const first = await DeskPage.open(browser, desk, budi);
  const second = await DeskPage.open(browser, desk, sari);
  await first.openCase(name);
  await second.openCase(name);
  await first.page.reload();
  await first.unlock();
  await first.page.getByLabel('Catatan untuk sesama petugas').waitFor();
  await second.page.getByLabel('Jawab pelapor').fill('Kapan kejadiannya?');
  await first.page.getByLabel('Catatan untuk sesama petugas').fill('Saya yang menangani');
  await first.button('Simpan catatan').click();
  await first.page.locator('.talk').getByText('Saya yang menangani').waitFor();

  await second.button('Kirim jawaban').click();
  await second.page.getByText('Kasus ini baru saja diubah orang lain. Isi terbaru sudah dimuat').waitFor();
  expect(await second.findings()).toEqual([]);
  await second.page.locator('.talk').getByText('Saya yang menangani').waitFor();
  expect(await second.page.getByLabel('Jawab pelapor').inputValue()).toBe('Kapan kejadiannya?');
  await second.button('Kirim jawaban').click();
  await second.page.locator('.talk').getByText('Kapan kejadiannya?').waitFor();
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

test('locked while typing: nothing stays in clear, and it is said', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  await tip(desk, 'chat-1');
  await tip(desk, 'chat-2', { what: 'Camat mengajak memilih calon tertentu.' });
  const names = (await desk.world.office.cases(budi.id)).map(({ id }) => nickname(id));
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  await officer.openCase(names[0] ?? '');
  await page.getByLabel('Jawab pelapor').fill('tulisan yang belum jadi');
  await page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
  const link = (name: string | undefined) => page.locator('.case-link', { hasText: name ?? '' });
  await link(names[1]).getByText('belum dibaca').waitFor();
  expect(await link(names[0]).textContent()).toBe(names[0]);
  await officer.openCase(names[1] ?? '');
  expect(await page.getByLabel('Jawab pelapor').inputValue()).toBe('');
  await page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
  await officer.openCase(names[0] ?? '');
  expect(await page.getByLabel('Jawab pelapor').inputValue()).toBe('tulisan yang belum jadi');

  await officer.button('Kunci').click();
  await officer.heading('Meja terkunci').waitFor();
  await page.getByText('belum terkirim sudah dihapus').waitFor();
  expect(await page.content()).not.toContain('sembako');
  await officer.unlock();
  await officer.heading(names[0] ?? '').waitFor();
  expect(await page.getByLabel('Jawab pelapor').inputValue()).toBe('');
  expect(officer.complaints).toEqual([]);
});

test('a question is answered in clear, after a warning', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  await new Questions(desk.world.core).ask(desk.world.from('chat-9'), 'Bolehkah ASN menyukai unggahan calon?');
  const { name } = await nameOfOnly(desk, budi);
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  await page.getByText('Bolehkah ASN menyukai unggahan calon?').waitFor();
  await officer.openCase(name);
  await page.getByText('terbuka ke obrolan penanya').waitFor();
  expect(await officer.findings()).toEqual([]);
  await page.getByLabel('Jawab penanya').fill('Sebaiknya tidak: menyukai unggahan calon termasuk pelanggaran.');
  await officer.button('Kirim terbuka ke obrolan').click();
  await page.locator('.talk').getByText('Sebaiknya tidak').waitFor();
  await desk.world.answers.deliverDue();
  expect(desk.world.told).toEqual([]);
  desk.world.now += 60_000;
  await desk.world.answers.deliverDue();
  expect(desk.world.told).toMatchObject([{ text: expect.stringContaining('Sebaiknya tidak') }]);
  expect(officer.complaints).toEqual([]);
});

test('by keyboard alone, and without the keys where they are switched off', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  await tip(desk, 'chat-1');
  await tip(desk, 'chat-2', { what: 'Camat mengajak memilih calon tertentu.' });
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  const focused = () => page.evaluate('document.activeElement.id');
  await page.getByText('Camat mengajak').waitFor();
  const links = await page.locator('.case-link').evaluateAll((all) => all.map((link) => link.id));
  await page.keyboard.press('j');
  expect(await focused()).toBe(links[0]);
  await page.keyboard.press('j');
  expect(await focused()).toBe(links[1]);
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.getByLabel('Jawab pelapor').waitFor();
  await page.keyboard.press('r');
  expect(await focused()).toBe('answer');
  await page.keyboard.type('jsn?');
  expect(await page.getByLabel('Jawab pelapor').inputValue()).toBe('jsn?');
  await page.locator('h1').focus();
  await page.keyboard.press('n');
  expect(await focused()).toBe('note');
  await page.locator('h1').focus();
  await page.keyboard.press('s');
  expect(await focused()).toBe('status');
  await page.locator('h1').focus();
  await page.keyboard.press('j');
  await expect.poll(() => page.url()).toContain(links[1]?.replace('case-', ''));
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  expect(await officer.findings()).toEqual([]);
  await page.getByLabel('Pintasan menyala').uncheck();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('k');
  expect(page.url()).toContain(links[1]?.replace('case-', ''));
  expect(await page.evaluate('JSON.stringify({ ...localStorage })')).toBe('{"desk.shortcuts":"off"}');
  expect(officer.complaints).toEqual([]);
});

test('on a phone, what is tabbed to never lies under the messages', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  await tip(desk, 'chat-1');
  const { name } = await nameOfOnly(desk, budi);
  const officer = await DeskPage.open(browser, desk, budi, { viewport: { width: 360, height: 740 } });
  const { page } = officer;
  await officer.openCase(name);
  await page.getByLabel('Jawab pelapor').fill('Kapan kejadiannya?');
  await officer.button('Kirim jawaban').click();
  await page.getByLabel('Catatan untuk sesama petugas').fill('Sudah ditanyakan');
  await officer.button('Simpan catatan').click();
  await officer.button('Tutup pesan').waitFor();
  await officer.unfold();
  await page.evaluate('scrollTo(0, 0)');
  await page.locator('h1').focus();
  // from the field of the answer to the last fold
  const passed: string[] = [];
  for (let i = 0; i < 40 && !passed.includes('Riwayat'); i += 1) {
    await page.keyboard.press('Tab');
    const [what, under] = (await page.evaluate(`(() => {
      const on = document.activeElement;
      const messages = document.querySelector('.toasts').getBoundingClientRect();
      return [on.id || on.textContent, on.getBoundingClientRect().bottom > messages.top + 1];
    })()`)) as [string, boolean];
    expect([what, under]).toEqual([what, false]);
    passed.push(what);
  }
  expect(passed).toEqual(expect.arrayContaining(['answer', 'note', 'status', 'Riwayat']));
});

test('an entry that was tampered with is named, and the rest is read', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  await tip(desk, 'chat-1');
  const { id, name } = await nameOfOnly(desk, budi);
  const { contents } = (await desk.world.office.read(budi.id, id)) ?? { contents: [] };
  const victim = contents[0];
  if (victim === undefined) throw new Error('nothing to change');
  const changed = Uint8Array.from(victim.sealed);
  changed[changed.length - 5] = (changed.at(-5) ?? 0) ^ 1;
  await desk.database.updateTable('entries').set({ sealed: changed }).where('id', '=', victim.id).execute();
  const officer = await DeskPage.open(browser, desk, budi);
  await officer.page.getByText('Ada bagian yang tidak terbuka').or(officer.page.getByText('Tidak terbuka')).waitFor();
  await officer.openCase(name);
  await officer.page.getByText(/Ada bagian dari .* yang tidak terbuka: rusak/).waitFor();
  expect(await officer.page.getByText('Tidak diisi').count()).toBe(1);
  expect(await officer.findings()).toEqual([]);
});

test('duplicates are folded, an office is kept out, a case goes to another office', { timeout: PATIENCE }, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  const dewi = await person(desk, 'officer', 'dewi', 'BKPSDM Kabupaten Contoh');
  for (const chat of ['a', 'b', 'c']) await desk.world.tip(chat, `Camat mengajak memilih calon nomor ${chat}`);
  const [first, second, third] = (await desk.world.office.cases(budi.id)).map(({ id }) => ({ id, name: nickname(id) }));
  if (!first || !second || !third) throw new Error('three cases expected');
  const readable = async (who: Person) =>
    (await desk.world.office.cases(who.id)).filter((one) => one.readable).map(({ id }) => id);
  expect(await readable(dewi)).toHaveLength(3);
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  await page.getByText('3 kasus', { exact: true }).waitFor();
  await page.getByText(/^Membuka/).waitFor({ state: 'detached' });

  await officer.openCase(first.name);
  // what may be a duplicate is looked for only when somebody wants it: it takes long among many
  expect(await page.locator('#merge-into option').count()).toBe(1);
  await officer.unfold();
  await expect.poll(() => page.locator('#merge-into option').count()).toBe(3);
  expect(await officer.findings()).toEqual([]);
  await page.getByLabel('Kembaran dari').selectOption(second.id);
  await officer.button('Gabungkan').click();
  await page.getByText(`Ditandai sebagai kembaran ${second.name}.`, { exact: true }).waitFor();
  expect(await officer.findings()).toEqual([]);
  await fold(page, 'Batalkan penggabungan').waitFor();
  await page.getByText(`Digabungkan, Budi. ${second.name}`).waitFor();
  await page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
  await page.getByText(`Kembaran ${second.name}`, { exact: true }).waitFor();

  await officer.openCase(second.name);
  await fold(page, 'Kecualikan kantor yang terlibat').click();
  await page.locator('#exclude-unit').selectOption('BKPSDM Kabupaten Contoh');
  await page.getByText('Sekarang 1 petugasnya').waitFor();
  await page.locator('#exclude-reason').fill('kepalanya terlapor');
  await officer.button('Kecualikan').click();
  await page.getByText('tidak bisa membuka kasus ini lagi').waitFor();
  expect(await readable(dewi)).not.toContain(second.id);

  await page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
  await officer.openCase(third.name);
  await fold(page, 'Alihkan ke kantor lain').click();
  await page.locator('#transfer-unit').selectOption('BKPSDM Kabupaten Contoh');
  await page.locator('#transfer-reason').fill('urusan disiplin');
  await officer.button('Alihkan').click();
  await officer.heading('Kasus').waitFor();
  await page.getByText('Kasus dialihkan ke BKPSDM Kabupaten Contoh').waitFor();
  expect(await page.getByRole('link', { name: third.name }).count()).toBe(0);
  expect(await readable(budi)).not.toContain(third.id);
  const { entries } = await desk.world.open({ officer: { id: dewi.id } as never, identity: dewi.identity }, third.id);
  expect(entries[0]?.text).toContain('Camat mengajak');
  expect(officer.complaints).toEqual([]);
});

test('an admin sees no cases and gets none', { timeout: PATIENCE }, async () => {
  const { desk, admin } = await cast('budi');
  await tip(desk, 'chat-1');
  const opened = await DeskPage.open(browser, desk, admin);
  const { page } = opened;
  expect(await page.getByRole('link', { name: 'Kasus', exact: true }).count()).toBe(0);
  await page.goto(`${desk.origin}/desk#/kasus`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await opened.heading('Kasus').count()).toBe(0);
  expect(await page.evaluate(`fetch('desk/api/cases').then(({ status }) => status)`)).toBe(403);
  expect(await page.content()).not.toContain('sembako');
});

test('sixty cases: a page of fifty, found by search on any page; a colleague who came later gets their keys', {
  timeout: PATIENCE,
}, async () => {
  const { desk, people } = await cast('budi');
  const [budi] = people as [Person];
  for (let i = 0; i < 60; i += 1) await desk.world.tip(`chat-${i}`, `Kejadian nomor ${i} di balai desa ${i % 7}`);
  const sari = await person(desk, 'officer', 'sari');
  const officer = await DeskPage.open(browser, desk, budi);
  const { page } = officer;
  await page.getByText('60 kasus').waitFor();
  expect(await page.locator('.case-link').count()).toBe(50);
  await page.getByText(/^Membuka/).waitFor({ state: 'detached' });
  await page.getByLabel('Cari di isi dan nama sandi').fill('nomor 59');
  await page.getByText('1 kasus dari 60').waitFor();
  await page.getByText('Kejadian nomor 59').waitFor();
  await officer.button('Hapus saringan').click();
  await officer.button('Berikutnya').click();
  await page.getByText('Halaman 2 dari 2').waitFor();
  expect(await officer.findings()).toEqual([]);
  expect(await page.locator('.case-link').count()).toBe(10);

  await page.getByRole('link', { name: 'Tim', exact: true }).click();
  await officer.button('Beri akses kasus lama kepada Sari').click();
  await officer.button('Ya, beri akses').waitFor();
  expect(await officer.findings()).toEqual([]);
  await officer.button('Ya, beri akses').click();
  await page.getByText('60 kasus diberikan').waitFor();
  expect(await officer.findings()).toEqual([]);
  const given = (await desk.world.office.cases(sari.id)).filter(({ readable }) => readable);
  expect(given).toHaveLength(60);
  const opened = await desk.world.open(
    { officer: { id: sari.id } as never, identity: sari.identity },
    given[0]?.id ?? '',
  );
  expect(opened.entries.map(({ text }) => text).join(' ')).toContain('Kejadian nomor');

  // what comes in meanwhile is there at the next poll, unasked
  await page.getByRole('link', { name: 'Kasus', exact: true }).click();
  await desk.world.tip('chat-later', 'Baru saja terjadi');
  await page.getByText('61 kasus').waitFor();
  await page.getByLabel('Cari di isi dan nama sandi').fill('baru saja');
  await page.getByText('Baru saja terjadi').waitFor();
  expect(officer.complaints).toEqual([]);
});
