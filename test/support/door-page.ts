/** The door as a person sees it in a real browser. */
import type { BrowserContext, Locator, Page } from 'playwright-core';

export interface Told {
  readonly what?: string;
  readonly who?: string;
  readonly province?: string;
  readonly regency?: string;
  readonly place?: string;
  readonly day?: string;
  readonly when?: string;
  readonly files?: ReadonlyArray<{ readonly name: string; readonly mimeType: string; readonly buffer: Buffer }>;
}

export class DoorPage {
  readonly page: Page;
  /** What the browser complained of: errors, blocked requests. */
  readonly complaints: string[] = [];
  /** Requests to anybody else. */
  readonly elsewhere: string[] = [];

  constructor(page: Page, origin: string) {
    this.page = page;
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) this.elsewhere.push(request.url());
    });
  }

  static async open(context: BrowserContext, origin: string, path = '/lapor'): Promise<DoorPage> {
    const door = new DoorPage(await context.newPage(), origin);
    await door.page.goto(`${origin}${path}`);
    return door;
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { name, level: 1, exact: true });
  }

  get words(): Promise<string[]> {
    return this.page
      .getByRole('list', { name: 'Tanda terima' })
      .getByRole('listitem')
      .allTextContents()
      .then((items) => items.map((item) => item.replace(/^\d+/, '')));
  }

  /** From the beginning to the summary. */
  async tell(told: Told): Promise<void> {
    const { page } = this;
    const next = page.getByRole('button', { name: /^(?:Lanjut|Lewati)$/ });
    await this.button('Mulai').click();
    await page.getByLabel('Ceritakan kejadiannya').fill(told.what ?? '');
    await next.click();
    await page.getByLabel('Siapa, dari kantor mana').fill(told.who ?? '');
    await next.click();
    if (told.province !== undefined) await page.getByLabel('Provinsi').selectOption(told.province);
    if (told.regency !== undefined) await page.getByLabel('Kabupaten atau kota').selectOption(told.regency);
    await page.getByLabel('Tempatnya').fill(told.place ?? '');
    await next.click();
    if (told.day !== undefined) await page.getByLabel('Tanggal, kalau ingat').fill(told.day);
    await page.getByLabel('Keterangan waktu').fill(told.when ?? '');
    await next.click();
    await this.pick(told.files ?? []);
    await next.click();
    await this.heading('Periksa dulu').waitFor();
  }

  /** Picks files one after another, and takes those that are warned of. */
  async pick(files: NonNullable<Told['files']>): Promise<void> {
    for (const file of files) {
      const kept = this.page.getByRole('button', { name: /^Hapus / });
      const before = await kept.count();
      await this.page.locator('input[type=file]').setInputFiles({ ...file });
      const anyway = this.button('Tetap sertakan');
      await kept.nth(before).or(anyway).waitFor();
      if (await anyway.isVisible()) await anyway.click();
      await kept.nth(before).waitFor();
    }
  }

  /** From the summary to the receipt. */
  async send(): Promise<string[]> {
    await this.button('Kunci dan kirim').click();
    await this.heading('Sudah diterima').waitFor();
    return this.words;
  }

  /** From the receipt to the end. */
  async confirm(words: readonly string[]): Promise<void> {
    await this.button('Sudah saya catat').click();
    for (const field of await this.page.getByLabel(/^Kata ke-/).all()) {
      const place = Number((await field.getAttribute('id'))?.replace('word-', ''));
      await field.fill(words[place] ?? '');
    }
    await this.button('Cocokkan').click();
    await this.heading('Selesai. Terima kasih.').waitFor();
  }

  /** At `/lapor/cek`: enters words. */
  async check(text: string): Promise<void> {
    await this.page.getByLabel('Sepuluh kata, dengan spasi').fill(text);
    await this.button('Buka').click();
  }

  /** All that the browser keeps of this origin, by name of the place; every one empty where it keeps nothing. */
  async kept(): Promise<Readonly<Record<string, unknown>>> {
    const stored = (await this.page.evaluate(`(async () => ({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      script: document.cookie,
      window: window.name,
    }))()`)) as Record<string, unknown>;
    return { ...stored, cookies: await this.page.context().cookies() };
  }
}

export const NOTHING_KEPT = {
  local: [],
  session: [],
  databases: [],
  caches: [],
  workers: 0,
  script: '',
  window: '',
  cookies: [],
};
