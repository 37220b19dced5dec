/** Pictures of the desk for the officers' guide and the README. Everything on them is invented. Taken only with UPDATE_SCREENSHOTS=1. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Insights } from '../../../../src/insights/insights.ts';
import { EVIDENCE_LIMIT, inspectEvidence } from '../../../../src/reports/evidence.ts';
import { Intake } from '../../../../src/reports/intake.ts';
import { Questions } from '../../../../src/reports/questions.ts';
import type { Id } from '../../../../src/sealing/id.ts';
import { nickname, type Receipt } from '../../../../src/sealing/receipt.ts';
import { type Colleague, DAY, MINUTE, received } from '../../../reports/world.ts';
import { launchBrowser } from '../../../support/browser.ts';
import { DeskPage, OFFICE, type Person, person } from '../../../support/desk-browser.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

const PATIENCE = 300_000;
/** Largest picture in bytes: the guide is read over slow lines too. */
const LARGEST = 150_000;
const OTHER_OFFICE = 'BKPSDM Kabupaten Contoh';
const PC = { viewport: { width: 1200, height: 820 }, colorScheme: 'light' } as const;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, colorScheme: 'light' } as const;

interface Told {
  /** Days before today. */
  readonly ago: number;
  readonly what: string;
  readonly who?: string;
  readonly where?: string;
  readonly when?: string;
}

/** What came in, oldest first. The last one is the case that is looked at. */
const TIPS: readonly Told[] = [
  {
    ago: 12,
    what: 'Grup WhatsApp kantor dipakai membagikan poster bakal calon bupati. Yang mengirim kepala seksi.',
    who: 'Kepala seksi di sebuah kecamatan',
    where: 'Kabupaten Contoh, Jawa Tengah',
  },
  {
    ago: 9,
    what: 'Mobil dinas berpelat merah terlihat mengangkut spanduk dan kaus bergambar calon.',
    where: 'Kabupaten Contoh, Jawa Tengah\nTerminal lama',
    when: 'Sabtu sore',
  },
  {
    ago: 5,
    what: 'Semua guru diminta hadir di rapat yang ternyata acara dukungan. Ada daftar hadir.',
    who: 'Pengawas sekolah',
    where: 'Kota Contoh, Jawa Tengah\nGedung pertemuan',
  },
  {
    ago: 3,
    what: 'Perangkat desa ikut membagikan stiker calon dari rumah ke rumah.',
    where: 'Kabupaten Contoh, Jawa Tengah\nDesa Contoh',
  },
  {
    ago: 1,
    what: 'Kepala dinas membagikan sembako bergambar calon di kantor kelurahan, dan pegawai disuruh memotretnya.',
    who: 'Kepala dinas, kabupaten',
    where: 'Kabupaten Contoh, Jawa Tengah\nKantor kelurahan, aula lantai dua',
    when: 'Senin pagi, sekitar pukul sembilan',
  },
];

const QUESTION = 'Saya PPPK. Kalau istri saya jadi calon anggota DPRD, boleh saya antar ke KPU?';

const REPLY = 'Sekitar tiga puluh orang. Undangannya hanya lewat pesan, saya simpan tangkapan layarnya.';

const ASKED = [
  'nama wifi rumah dua periode',
  'nama wifi rumah dua periode boleh?',
  'namain wifi dua periode',
  'nama jaringan wifi dua periode',
  'bunyi klakson irama lagu paslon kena ga',
  'klakson irama lagu paslon',
  'zodiak saya sama dengan calon',
];

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** A drawing for a photo: nobody is on it. */
const photo = (): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240">
      <rect width="640" height="240" fill="#cfd8d3"/><rect y="180" width="640" height="60" fill="#9a8f7f"/>
      <rect x="60" y="25" width="520" height="60" rx="6" fill="#2f6f73"/>
      <text x="320" y="66" font-family="sans-serif" font-size="34" fill="#fff" text-anchor="middle">CONTOH SPANDUK</text>
      <g fill="#d9b36c" stroke="#7a5f2c" stroke-width="3" transform="translate(0 -70)"><rect x="110" y="210" width="90" height="70"/>
      <rect x="210" y="225" width="90" height="60"/><rect x="320" y="205" width="90" height="75"/>
      <rect x="430" y="220" width="90" height="65"/></g></svg>`),
  )
    .jpeg()
    .toBuffer();

async function tell(desk: DeskServices, chat: string, { ago, ...parts }: Told, pictures = 0): Promise<Receipt> {
  const { world } = desk;
  world.now = Date.now() - ago * DAY;
  const intake = new Intake(world.core, { inspect: inspectEvidence, limit: EVIDENCE_LIMIT });
  await intake.begin(world.from(chat));
  for (const part of ['what', 'who', 'where', 'when'] as const)
    if (parts[part] !== undefined) await intake.write(world.from(chat), part, parts[part]);
  for (let i = 0; i < pictures; i += 1) {
    const bytes = await photo();
    await intake.attach(world.from(chat), { name: 'foto.jpg', size: bytes.length, read: async () => bytes });
  }
  return received(await intake.submit(world.from(chat)));
}

/** An office after some days of work: cases, an answer and what came back, a note. */
async function office() {
  const desk = await deskServices();
  await person(desk, 'admin', 'rina');
  const budi = await person(desk, 'officer', 'budi');
  await person(desk, 'officer', 'dewi', OTHER_OFFICE);
  const { world } = desk;
  const chat = `chat-${TIPS.length - 1}`;
  let receipt: Receipt | undefined;
  for (const [i, told] of TIPS.entries()) receipt = await tell(desk, `chat-${i}`, told, `chat-${i}` === chat ? 1 : 0);
  const last = (await world.office.cases(budi.id as Id)).find(({ day }) => day === world.today);
  if (receipt === undefined || last === undefined) throw new Error('no tip');
  await new Questions(world.core).ask(world.from('chat-question'), QUESTION);

  const colleague = { officer: { id: budi.id }, identity: budi.identity } as Colleague;
  await world.answer(
    colleague,
    await world.open(colleague, last.id),
    'Terima kasih sudah memberi tahu kami. Kira-kira berapa orang yang hadir, dan apakah ada undangan tertulis? Tulis sebatas yang Anda tahu.',
  );
  world.now += MINUTE;
  await world.intake.look(world.from(chat), receipt);
  await world.intake.add(world.from(chat), REPLY);
  const opened = await world.open(colleague, last.id);
  const note = await world.entry(opened, 'note', 'Cocok dengan kabar dari pengawas kelurahan. Saya cek aulanya besok.');
  await world.office.write(colleague.officer.id, last.id, opened.record.version, note);
  world.now = Date.now();
  return { desk, budi, name: nickname(last.id) };
}

async function picture(page: Page, name: string): Promise<void> {
  // toasts and the line on what is still being opened come and go
  await page.getByText(/^Membuka/).waitFor({ state: 'detached' });
  await page.evaluate('document.fonts.ready');
  const path = fileURLToPath(new URL(`../../../../docs/images/desk-${name}.png`, import.meta.url));
  const { size } = await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, effort: 10 })
    .toFile(path);
  expect(size).toBeLessThan(LARGEST);
}

const open = async (desk: DeskServices, who: Person, options: BrowserContextOptions): Promise<DeskPage> => {
  const opened = await DeskPage.open(browser, desk, who, options);
  await opened.page.getByRole('heading', { level: 1 }).waitFor();
  return opened;
};

describe.runIf(process.env.UPDATE_SCREENSHOTS === '1')('pictures for the guide', () => {
  test('cases: the list, one case, the hand-over; on a PC, on a phone, in the dark', {
    timeout: PATIENCE,
  }, async () => {
    const { desk, budi, name } = await office();
    const officer = await open(desk, budi, PC);
    const { page } = officer;
    await page.getByText(/^Kepala dinas membagikan/).waitFor();
    await picture(page, 'list');
    await officer.openCase(name);
    await page.getByText('Sekitar tiga puluh orang').waitFor();
    await page.getByRole('img', { name: /^Bukti/ }).waitFor();
    await page.setViewportSize({ width: 1200, height: 1680 });
    await picture(page, 'case');

    await page.getByRole('link', { name: /^Serahkan/ }).click();
    await page.evaluate('window.print = () => {}');
    await page.getByLabel('Untuk instansi').fill('BKN (SBT)');
    await page.getByLabel('Keperluan').fill('tindak lanjut dugaan pelanggaran netralitas');
    await officer.button('Cetak').click();
    await page.getByRole('article', { name: 'Lembar serah' }).waitFor();
    await officer.button('Tutup pesan').click();
    await page.setViewportSize({ width: 1000, height: 1250 });
    await picture(page, 'hand-over');

    const phone = await open(desk, budi, PHONE);
    await phone.openCase(name);
    await phone.page.getByText('Sekitar tiga puluh orang').waitFor();
    await picture(phone.page, 'phone');
    const dark = await open(desk, budi, { ...PC, colorScheme: 'dark' });
    await dark.openCase(name);
    await dark.page.getByRole('img', { name: /^Bukti/ }).waitFor();
    await picture(dark.page, 'dark');
    expect([...officer.complaints, ...phone.complaints, ...dark.complaints]).toEqual([]);
  });

  test('the team, as an admin sees it', { timeout: PATIENCE }, async () => {
    const desk = await deskServices();
    const admin = await person(desk, 'admin', 'rina');
    await person(desk, 'officer', 'budi');
    await person(desk, 'officer', 'dewi', OTHER_OFFICE);
    await person(desk, 'curator', 'sari');
    const opened = await open(desk, admin, { ...PC, viewport: { width: 1000, height: 780 } });
    const { page } = opened;
    await page.getByRole('link', { name: 'Tim', exact: true }).click();
    await page.getByLabel('Kantor').fill(OFFICE);
    await opened.button('Buat tautan').click();
    await page.getByText('Tautan sekali pakai').waitFor();
    // the address of the test's server says nothing to a reader
    await page.locator('code.link').evaluate((code) => {
      code.textContent = 'https://netral.example.go.id/desk#undangan=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx';
    });
    await picture(page, 'team');
    expect(opened.complaints).toEqual([]);
  });

  test('what nobody knew, and the charts', { timeout: PATIENCE }, async () => {
    const desk = await deskServices();
    await person(desk, 'admin', 'rina');
    await person(desk, 'officer', 'budi');
    const sari = await person(desk, 'curator', 'sari');
    for (const text of ASKED)
      await desk.server.inject({ method: 'POST', url: '/api/chat', payload: { session: null, text } });
    await desk.insights.write();
    await weeks(desk);
    for (let i = 0; i < 7; i += 1) await desk.world.tip(`chat-${i}`);
    const opened = await open(desk, sari, PC);
    const { page } = opened;
    await page.getByText(/^\d+ kelompok/).waitFor();
    await picture(page, 'unknown');
    await page.getByRole('link', { name: 'Grafik' }).click();
    await page.getByRole('heading', { name: 'Putusan jawaban' }).waitFor();
    await page.setViewportSize({ width: 1200, height: 1380 });
    await picture(page, 'charts');
    expect(opened.complaints).toEqual([]);
  });
});

const TOPICS = [
  ['medsos', 'forbidden', 34],
  ['uang', 'forbidden', 9],
  ['hadir-acara', 'conditional', 16],
  ['keluarga', 'allowed', 12],
] as const;

/** A month of questions, more on working days. */
async function weeks({ database }: DeskServices): Promise<void> {
  for (let ago = 28; ago >= 0; ago -= 1) {
    const now = Date.now() - ago * DAY;
    const insights = new Insights({
      database,
      now: () => now,
      onError: (error) => {
        throw error;
      },
    });
    const busy = [0, 6].includes(new Date(now).getUTCDay()) ? 0.4 : 1;
    const times = (most: number, i: number) => Math.round(most * busy * (1 + 0.35 * Math.sin(ago * 1.7 + i)));
    for (const [i, [topic, verdict, most]] of TOPICS.entries())
      insights.heard(
        Array.from({ length: times(most, i) }, () => ({ kind: 'answered', rule: 'x', topic, verdict }) as const),
      );
    insights.heard(Array.from({ length: times(7, 5) }, () => ({ kind: 'unknown', text: undefined }) as const));
    insights.heard(Array.from({ length: times(11, 6) }, () => ({ kind: 'offered' }) as const));
    await insights.write();
  }
}
