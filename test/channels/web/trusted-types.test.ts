/** What a browser does with a text that would become HTML or a script in one of our pages: it refuses. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { DeskPage, person } from '../../support/desk-browser.ts';
import { deskServices } from '../../support/desk-services.ts';
import { openDoor } from '../../support/open-door.ts';

const PATIENCE = 180_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** By name, what an injected text would use, as JavaScript. */
const SINKS: Readonly<Record<string, string>> = {
  innerHTML: `document.body.innerHTML = '<b>disusupkan</b>'`,
  insertAdjacentHTML: `document.body.insertAdjacentHTML('beforeend', '<b>disusupkan</b>')`,
  'document.write': `document.write('<b>disusupkan</b>')`,
  srcdoc: `document.createElement('iframe').srcdoc = '<b>disusupkan</b>'`,
  'script by address': `document.createElement('script').src = 'assets/disusupkan.js'`,
  'script by text': `document.createElement('script').text = '1'`,
  worker: `new Worker('assets/disusupkan.js')`,
  'another policy': `trustedTypes.createPolicy('lain', { createHTML: (text) => text })`,
};

/** What threw, and of which kind; without an entry it went through. */
const refused = (page: Page, sinks: Readonly<Record<string, string>>): Promise<Record<string, string>> =>
  page.evaluate(`(() => {
    const refused = {};
    const attempt = (name, act) => {
      try { act(); } catch (error) { refused[name] = error.name; }
    };
    ${Object.entries(sinks)
      .map(([name, act]) => `attempt(${JSON.stringify(name)}, () => { ${act} });`)
      .join('\n')}
    return refused;
  })()`);

const ALL = Object.fromEntries(Object.keys(SINKS).map((name) => [name, 'TypeError']));
/** The page's own policy has been made, and its name is not given twice. */
const TAKEN = { 'the same policy': `trustedTypes.createPolicy('pages', { createScriptURL: (url) => url })` };

test('the desk, with its worker at work', { timeout: PATIENCE }, async () => {
  const desk = await deskServices();
  const admin = await person(desk, 'admin', 'rina');
  const { page } = await DeskPage.open(browser, desk, admin);
  expect(await refused(page, { ...SINKS, ...TAKEN })).toEqual({ ...ALL, 'the same policy': 'TypeError' });
  expect(await page.textContent('body')).not.toContain('disusupkan');
});

test('the door', { timeout: PATIENCE }, async () => {
  const { door } = await openDoor(browser);
  await door.button('Mulai').waitFor();
  expect(await refused(door.page, { ...SINKS, ...TAKEN })).toEqual({ ...ALL, 'the same policy': 'TypeError' });
  expect(await door.page.textContent('body')).not.toContain('disusupkan');
});

test('the chat', { timeout: PATIENCE }, async () => {
  const { services, door } = await openDoor(browser);
  const address = services.server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  await door.page.goto(`http://127.0.0.1:${address.port}/`);
  expect(await refused(door.page, SINKS)).toEqual(ALL);
  expect(await door.page.textContent('body')).not.toContain('disusupkan');
});
