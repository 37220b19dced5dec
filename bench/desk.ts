/** The officers' desk with 1,000 cases, in a real browser: until the list stands, until all can be searched, and from a key to its rows. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { Accounts } from '../src/accounts/accounts.ts';
import { registerAssets } from '../src/channels/web/assets.ts';
import { registerDesk } from '../src/channels/web/desk/desk.ts';
import { cacheFolder } from '../src/config.ts';
import { Insights } from '../src/insights/insights.ts';
import { KNOWLEDGE_FOLDER } from '../src/knowledge/load.ts';
import { loadBrain } from '../src/learning/brain.ts';
import { PAGES_FOLDER } from '../src/operations/build-pages.ts';
import { openPages } from '../src/operations/pages.ts';
import { noteAudit, readAudit } from '../src/reports/audit.ts';
import { Core } from '../src/reports/core.ts';
import { StoredOffice } from '../src/reports/stored-office.ts';
import { openDatabase } from '../src/store/database.ts';
import { ServerKey } from '../src/store/keys.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { PHRASE, person } from '../test/support/desk-browser.ts';
import { silent } from '../test/support/door-services.ts';
import { manyCases } from '../test/support/many-cases.ts';
import { webServices } from '../test/support/web-services.ts';

const CASES = 1_000;
const ROUNDS = 3;
const PATIENCE = 300_000;
const TEXT = 'Kepala dinas membagikan sembako bergambar calon bupati di balai desa, disaksikan perangkat desa.';

/** @param pages folder of the built pages: give another one to hold a change against what was before */
export async function benchDesk(pages: readonly string[] = [PAGES_FOLDER]): Promise<void> {
  const desk = await openDesk(pages);
  try {
    console.log(
      `\nThe desk with ${CASES} cases of four texts; load average ${(loadavg()[0] as number).toFixed(1)}\n\n` +
        '| pages | list stands (ms) | all opened (s) | key to rows while opening, p50 / p95 (ms) | afterwards |\n|---|---|---|---|---|',
    );
    // in turn, so that what else the machine does meets all of them
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, folder] of pages.entries())
        console.log(`| ${folder} | ${await measured(desk.origins[i] ?? '')} |`);
  } finally {
    await desk.close();
  }
}

async function openDesk(folders: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-bench-'));
  const database = await openDatabase({ folder });
  const key = new ServerKey(randomBytes(32));
  const core = new Core({ database, key, now: Date.now, escrow: undefined, storageBytes: 1e12 });
  const audit = (actor: string, event: string, detail: string) =>
    noteAudit(database, Date.now(), { actor, event, detail } as never);
  const accounts = new Accounts({ database, key, now: Date.now, audit: audit as never });
  const insights = new Insights({ database, now: Date.now, onError: console.error });
  const brain = await loadBrain(KNOWLEDGE_FOLDER, { cache: cacheFolder() });
  await person({ accounts }, 'admin', 'rina');
  await person({ accounts }, 'officer', 'budi');
  await manyCases(core, CASES, (i) => ({
    what: `${TEXT} Kejadian nomor ${i}.`,
    who: 'Kepala dinas',
    where: `Kecamatan ${i % 40}, Kabupaten Contoh`,
    when: 'Senin pagi',
  }));
  const servers: FastifyInstance[] = [];
  const origins: string[] = [];
  for (const pagesFolder of folders) {
    const { server } = await webServices(brain);
    const pages = await openPages(silent, pagesFolder, pagesFolder === PAGES_FOLDER);
    registerAssets(server, pages);
    let origin = '';
    await registerDesk(server, {
      accounts,
      audit: { entries: () => readAudit(database), verified: async () => true },
      keeping: { retentionDays: 90, openDays: 730 },
      office: new StoredOffice(database, key),
      insights,
      knowledge: () => brain.knowledge,
      pages,
      root: () => origin,
    });
    origin = await server.listen({ host: '127.0.0.1', port: 0 });
    servers.push(server);
    origins.push(origin);
  }
  const close = async () => {
    for (const server of servers) await server.close();
    await database.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { origins, close };
}

async function measured(origin: string): Promise<string> {
  const browser = await launchBrowser();
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  try {
    await page.goto(`${origin}/desk`);
    await page.getByLabel('Nama masuk').fill('budi');
    await page.getByLabel('Frasa sandi').fill(PHRASE);
    await watch(page);
    await page.getByRole('button', { name: 'Masuk', exact: true }).click();
    await page.locator('.case-link').first().waitFor();
    await page.getByText('Kejadian nomor').first().waitFor();
    const while_ = await keys(page);
    await page.locator('.opening').waitFor({ state: 'detached' });
    const { menu, list, all } = (await page.evaluate('window.seen')) as Record<'menu' | 'list' | 'all', number>;
    return `${(list - menu).toFixed(0)} | ${((all - list) / 1000).toFixed(1)} | ${while_} | ${await keys(page)}`;
  } finally {
    await browser.close();
  }
}

/** Notes in the page when what stood first, so that this process' own pace does not count. */
const watch = (page: Page) =>
  page.evaluate(`(() => {
    const seen = window.seen = {};
    const note = (name, there) => { if (there && seen[name] === undefined) seen[name] = performance.now(); };
    const look = () => {
      note('menu', document.querySelector('nav'));
      note('list', document.querySelector('.case-link'));
      if (seen.list !== undefined) note('all', !document.querySelector('.opening'));
    };
    new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  })()`);

/** From a letter in the search to the next frame with its rows. Leaves the search as it was. */
async function keys(page: Page): Promise<string> {
  const times = (await page.evaluate(`(async () => {
    const input = document.getElementById('search');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const times = [];
    const typed = async (text) => {
      const started = performance.now();
      set.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      times.push(performance.now() - started);
    };
    const text = 'kejadian nomor 99';
    for (let length = 1; length <= text.length; length++) await typed(text.slice(0, length));
    await typed('');
    return times;
  })()`)) as number[];
  times.sort((one, other) => one - other);
  const at = (part: number) => (times[Math.floor(times.length * part)] as number).toFixed(0);
  return `${at(0.5)} / ${at(0.95)}`;
}
