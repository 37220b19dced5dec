/** People of the desk with a passphrase, and the desk as they see it in a real browser. */

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Download, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { type Derived, derive, wrapIdentity } from '../../src/sealing/passphrase.ts';
import type { Identity } from '../../src/sealing/seal.ts';
import { closeContext } from './close-context.ts';
import type { DeskServices } from './desk-services.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const OFFICE = 'Bawaslu Kabupaten Contoh';

/** Of everybody who was made here. */
export const PHRASE = 'kelapa meja biru hujan';
const SALT = randomBytes(16);
/** Slow by intention: once for everybody. */
let derived: Promise<Derived> | undefined;

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly identity: Identity;
}

/** An account whose passphrase opens its key. The first one must be an admin. */
export async function person(
  desk: Pick<DeskServices, 'accounts'>,
  role: 'officer' | 'curator' | 'admin',
  login: string,
  unit: string = OFFICE,
): Promise<Person> {
  derived ??= derive(PHRASE, SALT);
  const { auth, wrap } = await derived;
  const { identity, recipient } = makeKeyPairFast();
  const admin = (await desk.accounts.team()).find((account) => account.role === 'admin');
  const token = admin === undefined ? await desk.accounts.firstLink() : await desk.accounts.invite(admin, role, unit);
  const name = `${login[0]?.toUpperCase()}${login.slice(1)}`;
  const wrapped = Buffer.from(await wrapIdentity(identity, wrap, login));
  const made = await desk.accounts.accept(token ?? '', {
    login,
    name,
    unit,
    salt: SALT,
    auth: Buffer.from(auth),
    wrapped,
    recipient,
  });
  if (made.kind !== 'in') throw new Error(made.kind);
  return { id: made.account.id, login, identity };
}

/** The file that the page gives to be saved. */
export async function saved(
  page: Page,
  act: () => Promise<void>,
): Promise<{ readonly name: string; readonly bytes: Buffer; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download') as Promise<Download>, act()]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

export class DeskPage {
  readonly page: Page;
  /** What the browser complained of: errors, blocked requests. */
  readonly complaints: string[] = [];
  /** Requests to anybody else. */
  readonly elsewhere: string[] = [];

  private constructor(page: Page, origin: string) {
    this.page = page;
    page.setDefaultTimeout(90_000);
    page.on('console', (message) => {
      // a refused request is told by Chromium on the console
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      if (
        !request
          .url()
          .replace(/^blob:/, '')
          .startsWith(origin)
      )
        this.elsewhere.push(request.url());
    });
  }

  /** An address of the desk, in a browser that knows nothing of other pages; gone with the browser. */
  static async visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<DeskPage> {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'id-ID', ...options });
    const visited = new DeskPage(await context.newPage(), new URL(url).origin);
    await visited.page.goto(url);
    return visited;
  }

  /** Somebody signed in. Gone when the test has ended. */
  static async open(
    browser: Browser,
    desk: DeskServices,
    { login }: Pick<Person, 'login'>,
    options: BrowserContextOptions = {},
  ): Promise<DeskPage> {
    const opened = await DeskPage.visit(browser, `${desk.origin}/desk`, options);
    onTestFinished(() => closeContext(opened.page.context()));
    await opened.signIn(login);
    return opened;
  }

  /** Takes an invitation: the key is made here. @param unit the first admin's own office; others are invited to theirs */
  async accept(name: string, login: string, unit?: string): Promise<void> {
    await this.page.getByLabel('Nama Anda, seperti dikenal rekan kerja').fill(name);
    if (unit !== undefined) await this.page.getByLabel('Kantor').fill(unit);
    await this.page.getByLabel('Nama masuk').fill(login);
    await this.page.getByLabel('Frasa sandi', { exact: true }).fill(PHRASE);
    await this.page.getByLabel('Ketik sekali lagi').fill(PHRASE);
    await this.button('Buat akun').click();
    await this.heading('Akun Anda siap').waitFor();
  }

  async signIn(login: string): Promise<void> {
    await this.page.getByLabel('Nama masuk').fill(login);
    await this.page.getByLabel('Frasa sandi').fill(PHRASE);
    await this.button('Masuk').click();
    await this.page.getByRole('navigation', { name: 'Menu' }).waitFor();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  async unlock(): Promise<void> {
    await this.page.getByLabel('Frasa sandi').fill(PHRASE);
    await this.button('Buka kunci').click();
    await this.page.getByRole('navigation', { name: 'Menu' }).waitFor();
  }

  /** From the list, by the two words. */
  async openCase(name: string): Promise<void> {
    await this.page.getByRole('link', { name }).first().click();
    await this.heading(name).waitFor();
    await this.page.getByRole('heading', { name: 'Tindakan' }).waitFor();
  }

  /** Opens everything that is folded away, to be looked at. */
  async unfold(): Promise<void> {
    await this.page.evaluate(`for (const fold of document.querySelectorAll('details')) fold.open = true`);
  }

  /** See {@link findingsOf}. */
  findings(): Promise<string[]> {
    return findingsOf(this.page);
  }
}

/** Each width and each scheme once: what depends on both at a time (nothing does: colours are the same at every width) would take as long again. */
const LOOKS = [
  { colorScheme: 'dark', width: 360 },
  { colorScheme: 'light', width: 1280 },
] as const;

/** What axe finds, in light and dark, on a phone and on an office PC; and what is wider than the phone. */
export async function findingsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  const before = page.viewportSize();
  for (const { colorScheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 740 });
    // at the end nothing lies under the messages, which stay at the lower edge
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    const at = `${colorScheme} ${width}`;
    found.push(...(await axe(page)).map((finding) => `${at}: ${finding}`));
    if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`${at}: too wide`);
  }
  await page.emulateMedia({ colorScheme: null });
  if (before !== null) await page.setViewportSize(before);
  return found;
}

const axe = (page: Page): Promise<string[]> =>
  page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await window.axe.run(document, { runOnly: ${JSON.stringify(RULES)} });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html));
  })()`);
