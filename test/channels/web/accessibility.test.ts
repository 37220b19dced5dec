import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realBrain } from '../../support/brain.ts';
import { launchBrowser } from '../../support/browser.ts';
import { type WebServices, webServices } from '../../support/web-services.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let web: WebServices;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  [browser, web] = await Promise.all([launchBrowser(), realBrain().then(webServices)]);
  origin = await web.server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await browser?.close();
  await web?.server.close();
});

/** What axe finds on the page as it stands, one line each. */
const findings = (page: Page): Promise<string[]> =>
  page.evaluate(`(async () => {
    ${AXE};
    const { violations } = await window.axe.run(document, { runOnly: ${JSON.stringify(RULES)} });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html));
  })()`);

test.each(['light', 'dark'] as const)('axe finds nothing in the %s theme', async (colorScheme) => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    colorScheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(origin);
  await page.getByText('Contoh pertanyaan:').waitFor();
  expect(await findings(page)).toEqual([]);

  const field = page.getByRole('textbox');
  await field.fill('boleh like postingan calon?');
  await field.press('Enter');
  await page.getByRole('button', { name: 'Sanksi & dasar' }).click();
  await page.getByText('Ini penjelasan').waitFor();
  expect(await findings(page)).toEqual([]);

  await page.getByRole('button', { name: 'Menu' }).click();
  expect(await findings(page)).toEqual([]);

  await page.route('**/api/chat', (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('button', { name: 'Kalender pemilu' }).first().click();
  await page.getByRole('button', { name: 'Coba lagi' }).waitFor();
  await field.fill('terlalu panjang '.repeat(200));
  expect(await findings(page)).toEqual([]);
  await context.close();
});
