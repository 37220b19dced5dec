import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { realBrain } from '../../support/brain.ts';
import { launchBrowser } from '../../support/browser.ts';
import { closeContext } from '../../support/close-context.ts';
import { type WebServices, webServices } from '../../support/web-services.ts';

const QUESTION = 'boleh like postingan calon?';
const PATIENT = { timeout: 5_000 };
const PHONE = { width: 360, height: 740 };

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
afterEach(async () => {
  for (const context of browser.contexts()) if (context !== shared?.page.context()) await closeContext(context);
  await shared?.page.unrouteAll();
  await shared?.page.evaluate('localStorage.clear()');
});

/** A chat as a person sees it: parts of the page by role and name. */
interface Chat {
  readonly page: Page;
  readonly log: Locator;
  readonly field: Locator;
  readonly send: Locator;
  readonly menu: Locator;
  /** What the page sent, in order. */
  readonly sent: Array<{ readonly session: string | null; readonly text: string }>;
  readonly elsewhere: string[];
  readonly errors: string[];
  button(name: string): Locator;
  ask(text: string): Promise<void>;
}

/** A chat in a browser context of its own: slower, for what an open page can't be switched to. */
async function openChat(options: BrowserContextOptions = {}): Promise<Chat> {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce', ...options });
  return watch(await context.newPage());
}

function watch(page: Page): Chat {
  page.setDefaultTimeout(5_000);
  const field = page.getByRole('textbox', { name: 'Tulis pertanyaan Anda' });
  const chat: Chat = {
    page,
    log: page.getByRole('log'),
    field,
    send: page.getByRole('button', { name: 'Kirim' }),
    menu: page.getByRole('button', { name: 'Menu' }),
    sent: [],
    elsewhere: [],
    errors: [],
    button: (name) => page.getByRole('button', { name, exact: true }),
    ask: async (text) => {
      await field.fill(text);
      await field.press('Enter');
    },
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) chat.errors.push(message.text());
  });
  page.on('pageerror', (error) => chat.errors.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) chat.elsewhere.push(request.url());
    if (request.url().endsWith('/api/chat')) chat.sent.push(request.postDataJSON());
  });
  return chat;
}

/** The page of most tests, made new by loading it again. */
let shared: Chat | undefined;

/** A chat that has greeted, with nothing left of the test before. */
async function greeted(viewport = PHONE, colorScheme: 'light' | 'dark' = 'light'): Promise<Chat> {
  shared ??= await openChat();
  const { page } = shared;
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  for (const seen of [shared.sent, shared.elsewhere, shared.errors]) seen.length = 0;
  await arrive(shared);
  return shared;
}

async function arrive(chat: Chat): Promise<void> {
  await chat.page.goto(origin);
  await chat.log.getByText('Contoh pertanyaan:').waitFor();
}

const answered = (chat: Chat): Promise<void> => chat.button('Sanksi & dasar').last().waitFor();
const mine = (chat: Chat): Promise<string[]> => chat.page.locator('.mine .bubble').allTextContents();
const stored = (chat: Chat): Promise<unknown> =>
  chat.page.evaluate('JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie])');
const NOTHING_STORED = '[[],[],""]';
const focused = (chat: Chat): Promise<unknown> =>
  chat.page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
const overflow = (chat: Chat): Promise<unknown> =>
  chat.page.evaluate(`Math.max(...[document.documentElement, document.querySelector('#scroller')]
    .map((box) => box.scrollWidth - box.clientWidth))`);

/** What a server in trouble answers. */
const failing = (status: number, headers: Record<string, string> = {}) => {
  return (route: Route) => route.fulfill({ status, headers, contentType: 'application/json', body: '{"error":"-"}' });
};

describe('a first visit', () => {
  test('greets, offers questions, stores nothing, and asks nobody else', async () => {
    const chat = await greeted();
    expect(await chat.log.textContent()).toContain('Halo, saya Tanya Netral');
    expect(await mine(chat)).toEqual([]);
    expect(chat.sent).toEqual([{ session: null, text: '/start' }]);
    for (const name of ['Boleh like unggahan calon?', 'Daftar topik'])
      expect(await chat.button(name).isVisible()).toBe(true);
    expect(await chat.page.locator('html').getAttribute('lang')).toBe('id');
    expect(await stored(chat)).toBe(NOTHING_STORED);
    expect(chat.elsewhere).toEqual([]);
    expect(chat.errors).toEqual([]);
  });

  test('each of the questions offered finds its answer', async () => {
    const chat = await greeted();
    const list = chat.page.getByRole('list', { name: 'Pilihan' }).first();
    const examples = await list.getByRole('button').allTextContents();
    expect(examples).toHaveLength(4);
    for (const [index, name] of examples.entries()) {
      await chat.button(name).click();
      await expect.poll(() => chat.button('Sanksi & dasar').count(), PATIENT).toBe(index + 1);
    }
    expect(await mine(chat)).toEqual(examples);
  });

  test('without JavaScript says where else to turn', async () => {
    const chat = await openChat({ javaScriptEnabled: false });
    await chat.page.goto(origin);
    expect(await chat.page.locator('noscript .notice').isVisible()).toBe(true);
    expect(await chat.field.isVisible()).toBe(false);
    expect(await chat.menu.isVisible()).toBe(false);
  });
});

describe('asking', () => {
  test('shows the question, then the answer with its marks as bold, lists and lines', async () => {
    const chat = await greeted();
    await chat.field.fill(QUESTION);
    await chat.send.click();
    await answered(chat);
    expect(await mine(chat)).toEqual([QUESTION]);
    expect(await chat.log.locator('strong', { hasText: 'TIDAK BOLEH' }).isVisible()).toBe(true);
    expect(await chat.log.locator('.bot').last().locator('li').count()).toBeGreaterThan(1);
    expect(await chat.log.textContent()).not.toContain('**');
    expect(await chat.field.inputValue()).toBe('');
    expect(chat.errors).toEqual([]);
  });

  test('a long answer is read from its beginning', async () => {
    const chat = await greeted();
    await chat.ask(QUESTION);
    await answered(chat);
    expect(await chat.page.locator('.mine').last().isVisible()).toBe(true);
    const header = await chat.page.getByRole('banner').boundingBox();
    const question = await chat.page.locator('.mine').last().boundingBox();
    expect(question?.y).toBeLessThan((header?.height ?? 0) + 40);
  });

  test('pressing a choice shows its label as one’s own words; an old one still works', async () => {
    const chat = await greeted();
    await chat.ask(QUESTION);
    await chat.button('Sanksi & dasar').click();
    await chat.log.getByText('bukan keputusan resmi').waitFor();
    await chat.button('Kalau status lain').click();
    await chat.button('PPPK').click();
    await chat.log.getByText('👤 PPPK').waitFor();
    await chat.button('Daftar topik').first().click();
    await chat.log.getByText('Pilih topik').waitFor();
    expect(await mine(chat)).toEqual([QUESTION, 'Sanksi & dasar', 'Kalau status lain', 'PPPK', 'Daftar topik']);
    expect(chat.sent.at(-1)?.text).toBe('/topik');
    expect(new Set(chat.sent.slice(1).map(({ session }) => session)).size).toBe(1);
  });

  test('two questions in a row are both answered, in order', async () => {
    const chat = await greeted();
    await chat.ask(QUESTION);
    await chat.ask('/saya');
    await chat.log.getByText('Status Anda sekarang').waitFor();
    expect(chat.sent.map(({ text }) => text)).toEqual(['/start', QUESTION, '/saya']);
  });

  test('HTML and Markdown in a question are shown as they are', async () => {
    const chat = await greeted();
    const nasty = '<img src=x onerror="document.title=1"> <b>boleh</b> **like** https://example.org calon?';
    await chat.ask(nasty);
    await expect.poll(() => chat.log.locator('.bot').count(), PATIENT).toBe(2);
    expect(await mine(chat)).toEqual([nasty]);
    expect(await chat.page.locator('.mine .bubble > *').count()).toBe(0);
    expect(chat.errors).toEqual([]);
  });

  test('a reply can make bold, lists and safe links, and nothing else', async () => {
    const chat = await greeted();
    const markup =
      '**<i>a</i>**\n\n• satu (https://bawaslu.go.id/a?b=1).\n  https://kpu.go.id\n• **dua**\njavascript:alert(1) http://x.id';
    const replies = [{ text: '', markup, choices: [{ label: '<b>x</b>', send: '/x' }] }];
    await chat.page.route('**/api/chat', (route) => route.fulfill({ json: { session: 'x', replies } }));
    await chat.ask('apa saja');
    const bubble = chat.log.locator('.bot').last().locator('.bubble');
    await bubble.waitFor();
    expect(await bubble.innerHTML()).toBe(
      '<p class="lead"><strong>&lt;i&gt;a&lt;/i&gt;</strong></p><ul class="apart">' +
        '<li>satu (<a href="https://bawaslu.go.id/a?b=1" target="_blank" rel="noopener noreferrer">https://bawaslu.go.id/a?b=1</a>).<br>' +
        '<a href="https://kpu.go.id" target="_blank" rel="noopener noreferrer">https://kpu.go.id</a></li>' +
        '<li><strong>dua</strong></li></ul><p>javascript:alert(1) http://x.id</p>',
    );
    expect(await chat.button('<b>x</b>').isVisible()).toBe(true);
  });
});

describe('writing', () => {
  test('Enter sends, Shift+Enter begins a line, blanks are not sent', async () => {
    const chat = await greeted();
    expect(await chat.send.isDisabled()).toBe(true);
    await chat.field.fill('  \n ');
    expect(await chat.send.isDisabled()).toBe(true);
    await chat.field.press('Enter');
    await chat.field.fill('');
    await chat.field.pressSequentially('boleh like');
    await chat.field.press('Shift+Enter');
    await chat.field.pressSequentially('postingan calon?');
    expect(await chat.send.isDisabled()).toBe(false);
    await chat.field.press('Enter');
    await answered(chat);
    expect(chat.sent.map(({ text }) => text)).toEqual(['/start', 'boleh like\npostingan calon?']);
  });

  test('the field grows up to five lines', async () => {
    const chat = await greeted();
    const height = async (lines: number) => {
      await chat.field.fill(Array(lines).fill('baris').join('\n'));
      return (await chat.field.boundingBox())?.height ?? 0;
    };
    const [one, three, five, nine] = [await height(1), await height(3), await height(5), await height(9)];
    expect(three).toBe(one + 48);
    expect(five).toBe(one + 96);
    expect(nine).toBe(five);
  });

  test('letters are counted near the limit; above it nothing is cut and nothing is sent', async () => {
    const chat = await greeted();
    await chat.field.fill('a'.repeat(1_500));
    expect(await chat.page.locator('#count').isVisible()).toBe(false);
    await chat.field.fill('a'.repeat(1_501));
    expect(await chat.page.locator('#count').textContent()).toBe('1.501 / 2.000');
    expect(await chat.send.isDisabled()).toBe(false);
    await chat.field.fill('a'.repeat(2_001));
    expect(await chat.page.getByRole('status').textContent()).toContain('Terlalu panjang');
    expect(await chat.send.isDisabled()).toBe(true);
    await chat.field.press('Enter');
    expect((await chat.field.inputValue()).length).toBe(2_001);
    expect(chat.sent).toHaveLength(1);
  });
});

describe('when something goes wrong', () => {
  test.each([
    ['the server has a fault', failing(500), 'gangguan di pihak kami'],
    ['a proxy answers with a page', (route: Route) => route.fulfill({ body: '<html>' }), 'tidak terbaca'],
    ['the server is gone', (route: Route) => route.abort('connectionrefused'), 'Belum bisa tersambung'],
    [
      'the chat is told to slow down',
      (route: Route) => route.fulfill({ json: { session: 'x', replies: [] } }),
      'terlalu cepat',
    ],
  ])('%s: the message and the draft stay, and "coba lagi" brings the answer', async (_what, trouble, words) => {
    const chat = await greeted();
    await chat.page.route('**/api/chat', trouble);
    await chat.ask(QUESTION);
    await chat.log.getByText(words).waitFor();
    await chat.field.fill('kalau komen?');
    await chat.page.unroute('**/api/chat');
    await chat.button('Coba lagi').click();
    await answered(chat);
    expect(await mine(chat)).toEqual([QUESTION]);
    expect(await chat.button('Coba lagi').count()).toBe(0);
    expect(await chat.field.inputValue()).toBe('kalau komen?');
    expect(await focused(chat)).toBe('text');
  });

  test('a greeting that failed can be tried again', async () => {
    const chat = await greeted();
    await chat.page.route('**/api/chat', failing(502));
    await chat.page.reload();
    await chat.button('Coba lagi').waitFor();
    await chat.page.unroute('**/api/chat');
    await chat.button('Coba lagi').click();
    await chat.log.getByText('Halo, saya').waitFor();
  });

  test('the next question sends the one before it first', async () => {
    const chat = await greeted();
    await chat.page.route('**/api/chat', failing(503));
    await chat.ask(QUESTION);
    await chat.button('Coba lagi').waitFor();
    await chat.page.unroute('**/api/chat');
    await chat.ask('/saya');
    await chat.log.getByText('Status Anda sekarang').waitFor();
    expect(chat.sent.map(({ text }) => text)).toEqual(['/start', QUESTION, QUESTION, '/saya']);
  });

  test('too many requests: says how long, and sends again by itself', async () => {
    const chat = await greeted();
    await chat.page.route('**/api/chat', failing(429, { 'retry-after': '1' }));
    await chat.ask(QUESTION);
    await chat.log.getByText('kirim lagi dalam 1 detik').waitFor();
    await chat.page.unroute('**/api/chat');
    await answered(chat);
    expect(await mine(chat)).toEqual([QUESTION]);
  });

  test('without internet: says so, and sends again once it is back', async () => {
    const chat = await greeted();
    await chat.page.context().setOffline(true);
    await chat.ask(QUESTION);
    await chat.log.getByText('tanpa internet').waitFor();
    await chat.page.context().setOffline(false);
    await answered(chat);
  });

  test('a message the server refuses goes back to be changed', async () => {
    const chat = await greeted();
    await chat.page.route('**/api/chat', (route) => route.fulfill({ status: 413, json: { error: 'Terlalu besar.' } }));
    await chat.ask(QUESTION);
    await chat.log.getByText('Terlalu besar.').waitFor();
    expect(await chat.button('Coba lagi').count()).toBe(0);
    expect(await chat.field.inputValue()).toBe(QUESTION);
  });

  test('a slow answer is shown as being written', async () => {
    const chat = await greeted();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await chat.page.route('**/api/chat', async (route) => {
      await held;
      await route.continue();
    });
    await chat.ask(QUESTION);
    const typing = chat.page.locator('#typing');
    await typing.waitFor();
    expect(await typing.textContent()).toContain('sedang mengetik');
    release();
    await answered(chat);
    expect(await typing.isVisible()).toBe(false);
  });
});

describe('what is remembered', () => {
  test('is gone after a reload', async () => {
    const chat = await greeted();
    await chat.ask('/saya pppk');
    await chat.log.getByText('Tersimpan: PPPK').waitFor();
    await chat.page.reload();
    await chat.log.getByText('Contoh pertanyaan').waitFor();
    expect(chat.sent.at(-1)).toEqual({ session: null, text: '/start' });
    expect(await mine(chat)).toEqual([]);
    expect(await stored(chat)).toBe(NOTHING_STORED);
  });

  test('is the session’s id alone where the person ticks the box, until it is un-ticked', async () => {
    const chat = await greeted();
    await chat.ask('/saya pppk');
    await chat.log.getByText('Tersimpan: PPPK').waitFor();
    const box = chat.page.getByRole('checkbox', { name: 'Ingat obrolan ini di perangkat ini' });
    await chat.menu.click();
    await box.check();
    const id = chat.sent.at(-1)?.session;
    expect(await stored(chat)).toBe(JSON.stringify([[['tanya-netral.session', id]], [], '']));
    await chat.page.reload();
    await chat.log.getByText('Contoh pertanyaan').waitFor();
    expect(chat.sent.at(-1)?.session).toBe(id);
    await chat.ask('/saya');
    await chat.log.getByText('Status Anda sekarang: PPPK').waitFor();
    await chat.menu.click();
    expect(await box.isChecked()).toBe(true);
    await box.uncheck();
    expect(await stored(chat)).toBe(NOTHING_STORED);
  });

  test('is deleted here and on the server by "hapus obrolan"', async () => {
    const chat = await greeted();
    await chat.ask('/saya pppk');
    await chat.log.getByText('Tersimpan: PPPK').waitFor();
    await chat.menu.click();
    await chat.page.getByRole('checkbox').check();
    await chat.field.fill('draf');
    const id = chat.sent.at(-1)?.session;
    await chat.menu.click();
    await chat.button('Hapus obrolan').click();
    await chat.log.getByText('sudah dihapus').waitFor();
    await chat.log.getByText('Contoh pertanyaan').waitFor();
    expect(chat.sent.slice(-2)).toEqual([
      { session: id, text: '/lupakan' },
      { session: null, text: '/start' },
    ]);
    expect(await chat.log.textContent()).not.toContain('Tersimpan');
    expect(await chat.field.inputValue()).toBe('');
    expect(await stored(chat)).toBe(NOTHING_STORED);
    expect(JSON.stringify([...web.conversations.states.values()].slice(-2))).not.toContain('pppk');
  });

  test('leaves the screen at once even where the server cannot be reached', async () => {
    const chat = await greeted();
    await chat.ask(QUESTION);
    await answered(chat);
    await chat.page.route('**/api/chat', failing(500));
    await chat.menu.click();
    await chat.button('Hapus obrolan').click();
    await chat.button('Coba lagi').waitFor();
    expect(await mine(chat)).toEqual([]);
    await chat.page.unroute('**/api/chat');
    await chat.button('Coba lagi').click();
    await chat.log.getByText('sudah dihapus').waitFor();
  });
});

describe('keyboard alone', () => {
  test('reaches everything, in order, with a focus to be seen', async () => {
    const chat = await greeted({ width: 1280, height: 800 });
    const { keyboard } = chat.page;
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('Langsung ke kotak tulis');
    expect(await chat.page.getByRole('link', { name: 'Langsung ke kotak tulis' }).boundingBox()).toMatchObject({
      y: 8,
    });
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('menu-button');
    expect(await chat.page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('scroller');
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('Boleh like unggahan calon?');
    await keyboard.press('Enter');
    await answered(chat);
    await chat.button('Sanksi & dasar').focus();
    await keyboard.press('Space');
    await chat.log.getByText('Ini penjelasan').waitFor();
  });

  test('jumps to writing and asks', async () => {
    const chat = await greeted();
    const { keyboard } = chat.page;
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect(await focused(chat)).toBe('text');
    await keyboard.type(QUESTION);
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('send');
    await keyboard.press('Enter');
    await answered(chat);
    expect(await focused(chat)).toBe('text');
  });

  test('opens the menu, leaves it with Escape, and chooses from it', async () => {
    const chat = await greeted();
    const { keyboard } = chat.page;
    await chat.menu.focus();
    await keyboard.press('Enter');
    expect(await chat.menu.getAttribute('aria-expanded')).toBe('true');
    await keyboard.press('Tab');
    expect(await focused(chat)).toBe('Daftar topik');
    await keyboard.press('Escape');
    expect(await focused(chat)).toBe('menu-button');
    expect(await chat.menu.getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('Enter');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await chat.log.getByText('Status Anda sekarang').waitFor();
    expect(await focused(chat)).toBe('menu-button');
  });
});

describe('the look', () => {
  test.each([
    [320, 568],
    [360, 740],
    [640, 360],
    [320, 256],
  ])('fits %i x %i without scrolling sideways', async (width, height) => {
    const chat = await greeted({ width, height });
    await chat.ask(`${'panjangsekali'.repeat(20)} ${QUESTION}`);
    await chat.ask(QUESTION);
    await answered(chat);
    await chat.button('Sanksi & dasar').last().click();
    await chat.log.getByText('Ini penjelasan').last().waitFor();
    await chat.page.route('**/api/chat', failing(500));
    await chat.menu.click();
    expect(await overflow(chat)).toBeLessThanOrEqual(0);
    await chat.button('Daftar topik').first().click();
    await chat.button('Coba lagi').waitFor();
    expect(await overflow(chat)).toBeLessThanOrEqual(0);
  });

  test('everything to press is at least 44 pixels high and wide', async () => {
    const chat = await greeted();
    await chat.ask(QUESTION);
    await answered(chat);
    await chat.menu.click();
    const sizes = await Promise.all((await chat.page.getByRole('button').all()).map((button) => button.boundingBox()));
    expect(sizes.length).toBeGreaterThan(10);
    for (const size of sizes) {
      expect(size?.height).toBeGreaterThanOrEqual(44);
      expect(size?.width).toBeGreaterThanOrEqual(44);
    }
  });

  test('follows the system to dark, and stands still where motion is not wanted', async () => {
    const background = (chat: Chat) => chat.page.evaluate('getComputedStyle(document.body).backgroundColor');
    const motion = (chat: Chat) =>
      chat.page.evaluate(`getComputedStyle(document.querySelector('.message')).animationName`);
    expect(await background(await greeted(PHONE, 'light'))).toBe('rgb(245, 243, 238)');
    const chat = await greeted(PHONE, 'dark');
    expect(await background(chat)).toBe('rgb(19, 24, 25)');
    expect(await motion(chat)).toBe('none');
    await chat.page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await motion(chat)).toBe('appear');
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test.runIf(process.env.UPDATE_SCREENSHOTS === '1').each(['light', 'dark'] as const)(
    'in %s, for the README',
    async (colorScheme) => {
      const chat = await openChat({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, colorScheme });
      await arrive(chat);
      await chat.ask(QUESTION);
      await answered(chat);
      const path = fileURLToPath(new URL(`../../../docs/images/web-chat-${colorScheme}.png`, import.meta.url));
      await chat.page.screenshot({ path });
    },
  );
});
