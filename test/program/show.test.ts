/**
 * The product from the first link to the last word: the whole program as a process, people on Telegram and WhatsApp, and the desk in a real
 * browser. One story: a chapter goes on where the one before ended, and where one fails the rest is not told.
 *
 * The last chapter of it, a curator who makes a rule that `check` takes of a question that nobody knew, is told in
 * `test/channels/web/desk/curator.test.ts`.
 */
import { rmSync } from 'node:fs';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer } from '../channels/whatsapp/bot.ts';
import { FakeBotApi } from '../support/bot-api.ts';
import { launchBrowser } from '../support/browser.ts';
import { DeskPage, OFFICE, saved } from '../support/desk-browser.ts';
import { photoWithPlace, SECRETS_OF_PHOTO } from '../support/photo-with-place.ts';
import { realDataFolder } from '../support/real-data-folder.ts';
import { hearing, receiptWords } from '../support/tip-tellers.ts';
import { until } from '../support/until.ts';
import type { FakePeer, WhatsAppServer } from '../support/whatsapp/interface.ts';
import { startWholeProgram, type WholeProgram } from '../support/whole-program.ts';

/** Of one chapter on a busy machine, in milliseconds. */
const PATIENCE = 180_000;
/** The bot's own number, digits, country code first. */
const BOT_PHONE = '6281234500001';
const REPORTER = 7_340_051;
const ASKER = 7_340_052;

const TIP = {
  what: 'Kepala dinas membagikan sembako bergambar calon di kantor kelurahan.',
  who: '=HYPERLINK("http://jahat.example";"Kepala dinas")',
  where: 'Aula lantai dua',
  when: 'Senin pagi sekitar jam sembilan',
};
const ASKED_BACK = 'Siapa lagi yang melihat? Jangan sebut nama.';
const ANSWERED = 'Ada sekitar dua puluh pegawai di aula.';
const QUESTION = 'Saya guru PPPK, boleh jadi saksi partai di TPS?';
const ADVICE = 'Tidak boleh. Saksi partai dianggap memihak.';

const cleanups: Array<() => unknown> = [];
const whenFinished = (cleanup: () => unknown) => void cleanups.unshift(cleanup);
const pages: DeskPage[] = [];

let browser: Browser;
let telegram: FakeBotApi;
let whatsapp: WhatsAppServer;
let program: WholeProgram;
let reporterOnWhatsApp: FakePeer;

/** What the chapters hand on to each other. */
let receipt: readonly string[];
let budi: DeskPage;
/** The case's two words, and its id. */
let name: string;
let id: string;

async function visit(path: string, options: BrowserContextOptions = {}): Promise<DeskPage> {
  const visited = await DeskPage.visit(browser, new URL(path, program.root).href, options);
  pages.push(visited);
  return visited;
}

async function signedIn(login: string): Promise<DeskPage> {
  const page = await visit('/desk');
  await page.signIn(login);
  return page;
}

/** Asks the desk's API with a browser's own cookies. */
async function api({ page }: DeskPage, path: string): Promise<{ readonly status: number; readonly body: string }> {
  const response = await page.context().request.get(`${program.root}/desk/api/${path}`);
  return { status: response.status(), body: await response.text() };
}

/** Text, a button that is pressed, or any other content of a message. */
type OnTelegram = string | { readonly press: string } | { readonly photo: readonly object[] };

const onTelegram = (chat: number) =>
  hearing<OnTelegram>(
    async (sent) => {
      if (typeof sent === 'string') telegram.sendText(chat, sent);
      else if ('photo' in sent) telegram.send(chat, sent);
      else {
        // a long text comes in several messages, with the buttons under the last
        const buttons = () => telegram.sent(chat).flatMap(({ rows }) => rows.flat());
        await until(() => buttons().some(({ text }) => text === sent.press));
        telegram.press(chat, sent.press);
      }
    },
    () => telegram.sent(chat).map(({ text }) => text),
  );

const onWhatsApp = (person: FakePeer) =>
  hearing(
    (text) => person.sendText(text),
    () => person.received.map((message) => message.text ?? ''),
  );

/** Sends the ten words on WhatsApp, as somebody does who has only the paper with them. Gives the news. */
async function openReceipt(expected: RegExp): Promise<string> {
  const say = onWhatsApp(reporterOnWhatsApp);
  await say('cek laporan', /sepuluh kata/);
  return say(receipt.join(' '), expected);
}

/** Until an answer can be taken back no more: only then does it go its way. */
async function settled(officer: DeskPage): Promise<void> {
  const takeBack = officer.button(/^Tarik kembali/);
  await takeBack.waitFor();
  await takeBack.waitFor({ state: 'detached' });
}

/** Reads what was just said at the lower edge, and puts it away: it lies over what is to be looked at next. */
async function said(officer: DeskPage, words: string): Promise<void> {
  await officer.page.getByText(words).waitFor();
  await officer.button('Tutup pesan').click();
}

const listed = ({ page }: DeskPage, text: string) => page.getByRole('listitem').filter({ hasText: text });
const fold = ({ page }: DeskPage, title: string) => page.locator('summary', { hasText: title });

async function setStatus(officer: DeskPage, label: string, reason: string): Promise<void> {
  const { page } = officer;
  if (!(await page.getByLabel('Status baru').isVisible())) await fold(officer, 'Ubah status atau tutup').click();
  await page.getByLabel('Status baru').selectOption({ label });
  await page.locator('#status-reason').fill(reason);
  await officer.button('Ubah status').click();
}

beforeAll(async () => {
  whatsapp = await startServer({ ownerPhone: BOT_PHONE }, whenFinished);
  const folder = await realDataFolder();
  whenFinished(() => rmSync(folder, { recursive: true, force: true }));
  browser = await launchBrowser();
  whenFinished(() => browser.close());
  telegram = await FakeBotApi.start();
  whenFinished(() => telegram.stop());
  // nothing is in the folder but the trained model, which takes half a minute to make
  program = await startWholeProgram({
    folder,
    execArgv: whatsapp.childProcess.execArgv,
    env: {
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      WHATSAPP_ENABLED: 'true',
      WHATSAPP_PAIRING_NUMBER: BOT_PHONE,
      WHATSAPP_PACE_MS: '0',
      ...whatsapp.childProcess.env,
    },
    whenFinished,
  });
}, PATIENCE);
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

describe('from the first link to the last word', { timeout: PATIENCE }, () => {
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    skip(broken, 'a chapter before failed');
    onTestFailed(() => {
      broken = true;
    });
  });
  afterEach(() => {
    expect(pages.flatMap(({ complaints, elsewhere }) => [...complaints, ...elsewhere])).toEqual([]);
  });

  test('the printed link makes the admin, who invites the office; the phone is linked with the printed code', async () => {
    const code = await until(() => /pairing code: (\w{4})-(\w{4})/.exec(program.output()) ?? undefined);
    await whatsapp.enterPairingCode(BOT_PHONE, `${code[1]}${code[2]}`);
    const link = /not set up; .*\n\s*(\S+\/desk\/?#undangan=[\w-]{43})\n/.exec(program.output())?.[1] ?? '';

    const rina = await visit(link);
    await rina.heading('Siapkan meja petugas').waitFor();
    await rina.accept('Rina Admin', 'rina', OFFICE);
    await rina.button('Buka meja').click();
    await rina.heading('Tim').waitFor();
    const newcomers = [
      { role: 'Petugas', login: 'budi', begins: 'Kasus' },
      { role: 'Petugas', login: 'sari', begins: 'Kasus' },
      { role: 'Kurator', login: 'dewi', begins: 'Belum terjawab' },
    ];
    let last = '';
    for (const { role, login, begins } of newcomers) {
      await rina.page.getByLabel('Peran').selectOption({ label: role });
      await rina.page.getByLabel('Kantor').fill(OFFICE);
      await rina.button('Buat tautan').click();
      const shown = rina.page.locator('code.link');
      const before = last;
      last = await until(async () => {
        const text = (await shown.textContent()) ?? '';
        return text !== before && text;
      });
      const newcomer = await visit(last);
      await newcomer.heading('Undangan ke meja petugas').waitFor();
      await newcomer.accept(`${login} ${role}`, login);
      await newcomer.button('Buka meja').click();
      await newcomer.page.getByRole('link', { name: begins, exact: true }).waitFor();
      await newcomer.page.context().close();
    }
    await rina.page.reload();
    await rina.unlock();
    await rina.page.getByRole('row', { name: /dewi Kurator/ }).waitFor();
    expect(await rina.page.getByRole('row').count()).toBe(1 + 4);
    expect(await rina.findings()).toEqual([]);
    await rina.button('Keluar').click();
    await whatsapp.waitForLogin(60_000);
  });

  test('a tip is told on Telegram, with a photo, until the receipt is confirmed', async () => {
    const say = onTelegram(REPORTER);
    await say('mau lapor min', /Sebelum mulai/);
    await say({ press: 'Mulai' }, /Apa yang terjadi/);
    await say(TIP.what, /Tercatat dan disegel/);
    await say({ press: 'Lanjut' }, /Siapa yang melakukan/);
    await say(TIP.who, /Tercatat/);
    await say({ press: 'Lanjut' }, /Di mana/);
    await say('kota bandung', /apakah maksudnya salah satu ini/);
    await say({ press: 'Kota Bandung' }, /Wilayahnya tercatat/);
    await say(TIP.where, /Tercatat/);
    await say({ press: 'Lanjut' }, /Kapan/);
    await say(TIP.when, /Tercatat/);
    await say({ press: 'Lanjut' }, /Ada bukti/);
    const photo = { ...telegram.addFile(await photoWithPlace()), width: 1200, height: 800 };
    await say({ photo: [photo] }, /Data lokasi dan kameranya sudah dihapus/);
    const summary = await say({ press: 'Lanjut' }, /Ringkasan/);
    expect(summary).toMatch(/Bukti: 1/);
    expect(summary).not.toContain(TIP.what);
    const given = await say({ press: 'Kirim' }, /kata ke-\d+ dan ke-\d+/);
    receipt = receiptWords(given);
    const [, first, second] = /kata ke-(\d+) dan ke-(\d+)/.exec(given) ?? [];
    await say(`${receipt[Number(first) - 1]} ${receipt[Number(second) - 1]}`, /Cocok/);
    // what was written is taken off the chat
    await until(() => telegram.written(REPORTER).length === 0);
  });

  test('an officer reads it, sees the photo without its place, and asks back', async () => {
    budi = await signedIn('budi');
    const { page } = budi;
    const item = listed(budi, TIP.what);
    await item.waitFor();
    expect(await item.textContent()).toContain('Kota Bandung, Jawa Barat');
    expect(await item.textContent()).toContain('belum dibaca');
    expect(await budi.findings()).toEqual([]);
    await item.getByRole('link').click();
    await page.getByRole('heading', { name: 'Tindakan' }).waitFor();
    name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
    id = /#\/kasus\/([\w-]{22})$/.exec(page.url())?.[1] ?? '';
    expect(id).not.toBe('');
    for (const words of Object.values(TIP)) expect(await page.locator('main').textContent()).toContain(words);

    const image = page.getByRole('img', { name: /^Bukti dari pelapor/ });
    // turned as the phone was held: 800 wide, 1200 high
    const size = await image.evaluate(async (element) => {
      const shown = element as unknown as { decode(): Promise<void>; naturalWidth: number; naturalHeight: number };
      await shown.decode();
      return [shown.naturalWidth, shown.naturalHeight];
    });
    expect(size).toEqual([800, 1200]);
    const { bytes } = await saved(page, () => budi.button(/^Simpan \d\d-/).click());
    expect((await photoWithPlace()).includes(SECRETS_OF_PHOTO[0] ?? '')).toBe(true);
    for (const secret of SECRETS_OF_PHOTO) expect(bytes.includes(secret)).toBe(false);

    await setStatus(budi, 'Menunggu pelapor', '');
    await said(budi, 'Status sekarang: Menunggu pelapor');
    await page.getByLabel('Jawab pelapor').fill(ASKED_BACK);
    await budi.button('Kirim jawaban').click();
    await page.locator('.talk').getByText(ASKED_BACK).waitFor();
    await settled(budi);
    expect(await budi.findings()).toEqual([]);
  });

  test('the reporter opens the receipt on WhatsApp, reads the question and answers', async () => {
    reporterOnWhatsApp = whatsapp.addPeer();
    const news = await openReceipt(/petugas menulis[\s\S]*Selesai/);
    expect(news).toContain('dibaca petugas');
    expect(news).toContain(ASKED_BACK);
    const say = onWhatsApp(reporterOnWhatsApp);
    await say(ANSWERED, /Tercatat dan disegel untuk petugas/);
    await say('selesai', /saya tutup/);

    await budi.page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
    await budi.openCase(name);
    await budi.page.locator('.talk').getByText(ANSWERED).waitFor();
    expect(await budi.findings()).toEqual([]);
  });

  test('of two officers at once the second is refused, told why, and repeats it', async () => {
    const sari = await signedIn('sari');
    await sari.openCase(name);
    await budi.page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
    await budi.openCase(name);
    await sari.page.getByLabel('Catatan untuk sesama petugas').fill('Saya hubungi camatnya');
    await budi.page.getByLabel('Catatan untuk sesama petugas').fill('Sudah saya cek di lapangan');
    await budi.button('Simpan catatan').click();
    await budi.page.locator('.talk').getByText('Sudah saya cek di lapangan').waitFor();

    await sari.button('Simpan catatan').click();
    await said(sari, 'Kasus ini baru saja diubah orang lain. Isi terbaru sudah dimuat, dan yang Anda ketik masih ada.');
    await sari.page.locator('.talk').getByText('Sudah saya cek di lapangan').waitFor();
    expect(await sari.page.locator('.talk').getByText('Saya hubungi camatnya').count()).toBe(0);
    expect(await sari.findings()).toEqual([]);
    expect(await sari.page.getByLabel('Catatan untuk sesama petugas').inputValue()).toBe('Saya hubungi camatnya');
    await sari.button('Simpan catatan').click();
    await sari.page.locator('.talk').getByText('Saya hubungi camatnya').waitFor();
    await sari.button('Keluar').click();
  });

  test('it is handed over with a reason and closed, and the reporter sees both', async () => {
    const { page } = budi;
    await page.getByRole('link', { name: /^Serahkan/ }).click();
    await budi.heading(`Serahkan ${name}`).waitFor();
    await page.getByLabel('Untuk instansi').fill('BKN (SBT)');
    await page.getByLabel('Keperluan').fill('tindak lanjut');
    const json = await saved(page, () => budi.button('Unduh JSON').click());
    expect(JSON.parse(json.text)).toMatchObject({
      what: TIP.what,
      reported: TIP.who,
      made: { to: 'BKN (SBT)', reason: 'tindak lanjut' },
      files: [{ type: 'image/jpeg', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const csv = await saved(page, () => budi.button('Unduh CSV').click());
    expect(csv.text).toContain(TIP.what);
    expect(csv.text).toContain(`"'=HYPERLINK(""http`);
    await said(budi, 'Tercatat di jejak.');
    // what officers noted for each other stays with them
    for (const { text } of [json, csv]) expect(text).not.toContain('Sudah saya cek');
    expect(await budi.findings()).toEqual([]);
    await budi.button('Tandai diteruskan').click();
    await said(budi, 'Status sekarang: Diteruskan');
    expect(await openReceipt(/Selesai/)).toContain('diteruskan ke instansi yang berwenang');

    await page.getByRole('link', { name: 'Kembali ke kasus' }).click();
    await setStatus(budi, 'Ditutup', 'selesai');
    await said(budi, 'Status sekarang: Ditutup');
    await fold(budi, 'Riwayat').click();
    await page.getByText('json: BKN (SBT): tindak lanjut').waitFor();
    expect(await budi.findings()).toEqual([]);
    expect(await openReceipt(/Selesai/)).toContain('petugas menutup');
  });

  test('a question goes to a person; the bot is mute until the answer is in the chat', async () => {
    const say = onTelegram(ASKER);
    await say('tanya petugas', /saya diam/);
    await say(QUESTION, /Sudah diteruskan ke petugas/);
    const { length } = telegram.sent(ASKER);
    telegram.sendText(ASKER, 'boleh like postingan calon?');
    await telegram.settled();
    expect(telegram.sent(ASKER)).toHaveLength(length);

    await budi.page.getByRole('link', { name: 'Semua kasus', exact: true }).click();
    await budi.button('Kunci').click();
    await budi.heading('Meja terkunci').waitFor();
    await budi.unlock();
    await listed(budi, QUESTION).getByRole('link').click();
    await budi.page.getByLabel('Jawab penanya').fill(ADVICE);
    await budi.button('Kirim terbuka ke obrolan').click();
    await settled(budi);
    await said(budi, 'akan masuk ke obrolan penanya');
    expect(await budi.findings()).toEqual([]);
    const answer = await until(() => {
      const texts = telegram
        .sent(ASKER)
        .slice(length)
        .map(({ text }) => text);
      return texts.some((text) => text.includes('Saya menjawab lagi')) && texts.join('\n');
    });
    expect(answer).toContain('Jawaban petugas');
    expect(answer).toContain(ADVICE);
    await say('boleh like postingan calon?', /TIDAK BOLEH/);
  });

  test('an admin who tries to read gets no case: not in the menu, not by address, not by the API', async () => {
    const rina = await visit(`/desk#/kasus/${id}`);
    await rina.signIn('rina');
    const menu = rina.page.getByRole('navigation', { name: 'Menu' }).getByRole('link');
    expect(await menu.allTextContents()).toEqual(['Tim', 'Grafik', 'Jejak', 'Akun']);
    for (const path of [`kasus/${id}`, 'kasus', `kasus/${id}/serah`]) {
      await rina.page.goto(`${program.root}/desk#/akun`);
      await rina.heading('Akun').waitFor();
      await rina.page.goto(`${program.root}/desk#/${path}`);
      // where the menu begins, as for any address that there is not
      await rina.heading('Tim').waitFor();
      const shown = await rina.page.content();
      for (const secret of [TIP.what, name]) expect(shown).not.toContain(secret);
    }
    for (const path of ['cases', `cases/${id}`, `cases/${id}/entries/${id}`, `grants/${id}`, 'templates'])
      expect([path, (await api(rina, path)).status]).toEqual([path, 403]);
    expect(await rina.findings()).toEqual([]);
  });

  test('a stolen session shows a locked desk and sealed bytes, and is dead once the officer signs out everywhere', async () => {
    const cookies = await budi.page.context().cookies();
    expect(cookies).toMatchObject([{ name: 'desk', httpOnly: true, sameSite: 'Strict' }]);
    const thief = await visit(`/desk#/kasus/${id}`, { storageState: { cookies, origins: [] } });
    await thief.heading('Meja terkunci').waitFor();
    await thief.page.getByLabel('Frasa sandi').fill('tebakan seorang pencuri');
    await thief.button('Buka kunci').click();
    await thief.page.getByText('Frasa sandi salah').waitFor();
    expect(await thief.findings()).toEqual([]);
    const taken = [await thief.page.content()];
    for (const path of ['cases', `cases/${id}`]) {
      const { status, body } = await api(thief, path);
      expect(status).toBe(200);
      // every field that could be bytes, too
      taken.push(body, ...(body.match(/[\w-]{40,}/g) ?? []).map((text) => Buffer.from(text, 'base64url').toString()));
    }
    expect(taken.some((text) => text.startsWith('age-encryption.org/v1'))).toBe(true);
    for (const secret of [...Object.values(TIP), 'Kota Bandung', ASKED_BACK, ANSWERED, QUESTION, 'AGE-SECRET-KEY'])
      expect(taken.filter((text) => text.includes(secret))).toEqual([]);

    await budi.page.getByRole('link', { name: 'Akun', exact: true }).click();
    expect(await budi.findings()).toEqual([]);
    await budi.button('Keluar di semua perangkat').click();
    await budi.page.getByText('Semua sesi sudah diakhiri').waitFor();
    for (const path of ['me', 'cases', `cases/${id}`]) expect((await api(thief, path)).status).toBe(401);
    await thief.page.reload();
    await thief.heading('Masuk ke meja petugas').waitFor();
    expect(await thief.findings()).toEqual([]);
  });
});
