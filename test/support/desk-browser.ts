/** People of the desk with a passphrase, and the desk as they see it in a real browser. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { type Derived, derive, wrapIdentity } from '../../src/sealing/passphrase.ts';
import type { Identity } from '../../src/sealing/seal.ts';
import type { DeskServices } from './desk-services.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
export const OFFICE = 'Bawaslu Kabupaten Contoh';

const PHRASE = 'kelapa meja biru hujan';
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
  desk: DeskServices,
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

  /** Gone when the test has ended. */
  static async open(
    browser: Browser,
    desk: DeskServices,
    { login }: Pick<Person, 'login'>,
    options: BrowserContextOptions = {},
  ): Promise<DeskPage> {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'id-ID', ...options });
    onTestFinished(() => context.close());
    const opened = new DeskPage(await context.newPage(), desk.origin);
    await opened.page.goto(`${desk.origin}/desk`);
    await opened.page.getByLabel('Nama masuk').fill(login);
    await opened.page.getByLabel('Frasa sandi').fill(PHRASE);
    await opened.button('Masuk').click();
    await opened.page.getByRole('navigation', { name: 'Menu' }).waitFor();
    return opened;
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

  /** What axe finds, in light and dark, on a phone and on an office PC; and what is wider than the phone. */
  async findings(): Promise<string[]> {
    const found: string[] = [];
    const before = this.page.viewportSize();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [360, 1280]) {
        await this.page.emulateMedia({ colorScheme });
        await this.page.setViewportSize({ width, height: 740 });
        const at = `${colorScheme} ${width}`;
        found.push(...(await this.#axe()).map((finding) => `${at}: ${finding}`));
        if (await this.page.evaluate('document.documentElement.scrollWidth > innerWidth'))
          found.push(`${at}: too wide`);
      }
    await this.page.emulateMedia({ colorScheme: null });
    if (before !== null) await this.page.setViewportSize(before);
    return found;
  }

  #axe(): Promise<string[]> {
    return this.page.evaluate(`(async () => {
      ${AXE};
      const { violations } = await window.axe.run(document, { runOnly: ${JSON.stringify(RULES)} });
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html));
    })()`);
  }
}
