import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChatResponse } from '../../../src/channels/web/server.ts';
import { realBrain } from '../../support/brain.ts';
import { type WebServices, webServices } from '../../support/web-services.ts';

let web: WebServices;
beforeAll(async () => {
  web = await webServices(await realBrain());
});
afterAll(() => web.server.close());

interface Asking {
  readonly session?: unknown;
  /** Address of the person, as a reverse proxy on this machine tells it. */
  readonly from?: string;
}

const post = (payload: string, headers: Record<string, string> = {}) =>
  web.server.inject({
    method: 'POST',
    url: '/api/chat',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

async function ask(text: string, { session, from }: Asking = {}): Promise<ChatResponse> {
  const response = await post(JSON.stringify({ session, text }), from ? { 'x-forwarded-for': from } : {});
  expect(response.statusCode, response.body).toBe(200);
  return response.json<ChatResponse>();
}

const said = ({ replies }: ChatResponse): string => replies.map(({ text }) => text).join('\n');

describe('an answer', () => {
  test('has a session, the text with and without marks, and choices', async () => {
    const { session, replies } = await ask('boleh like postingan calon?');
    expect(session).toMatch(/^[\w-]{43}$/);
    expect(replies).toHaveLength(1);
    expect(Object.keys(replies[0] ?? {})).toEqual(['text', 'markup', 'choices']);
    expect(replies[0]?.text).toContain('TIDAK BOLEH\nMenyukai (like) unggahan calon');
    expect(replies[0]?.text).not.toContain('**');
    expect(replies[0]?.markup).toContain('**TIDAK BOLEH**');
    expect(replies[0]?.choices[0]).toEqual({ label: 'Sanksi & dasar', send: '/rinci medsos-like' });
  });

  test('is not kept by caches', async () => {
    expect((await post('{"text":"/start"}')).headers['cache-control']).toBe('no-store');
  });

  test('is the same for the same question', async () => {
    const [one, other] = [await ask('honorer boleh hadir kampanye?'), await ask('honorer boleh hadir kampanye?')];
    expect(one.replies).toEqual(other.replies);
    expect(one.session).not.toBe(other.session);
  });
});

describe('the session', () => {
  test('carries the conversation on', async () => {
    const { session } = await ask('boleh like postingan calon?');
    const next = await ask('sanksinya apa?', { session });
    expect(next.session).toBe(session);
    expect(said(next)).toContain('Menyukai (like) unggahan calon');
  });

  test('keeps what a person told, apart from others, until it is to be forgotten', async () => {
    const { session } = await ask('/saya pppk');
    expect(said(await ask('/saya', { session }))).toContain('PPPK');
    expect(said(await ask('/saya'))).toContain('belum diisi');
    expect(said(await ask('/lupakan', { session }))).toContain('dihapus');
    expect(said(await ask('/saya', { session }))).toContain('belum diisi');
  });

  test.each([null, undefined, '', 'a', '../../etc/passwd', `${'a'.repeat(42)}!`, `${'a'.repeat(43)}\n`, '\u0000'])(
    'is made anew in place of %j',
    async (forged) => {
      const { session } = await ask('/start', { session: forged });
      expect(session).toMatch(/^[\w-]{43}$/);
      expect(session).not.toBe(forged);
    },
  );

  test('that nobody was given opens nobody else’s conversation', async () => {
    await ask('/saya pppk');
    expect(said(await ask('/saya', { session: 'A'.repeat(43) }))).toContain('belum diisi');
  });

  test('is not stored as it is, nor is what was written', async () => {
    const { session } = await ask('kalimat-rahasia-sekali boleh like calon?');
    const stored = JSON.stringify([...web.conversations.states]);
    expect(stored).not.toContain(session);
    expect(stored).not.toContain('rahasia');
  });
});

describe('a request that cannot be read is refused in a sentence', () => {
  const JSON_TYPE = 'application/json';
  test.each([
    ['malformed JSON', '{"text":', JSON_TYPE, 400],
    ['an empty body', '', JSON_TYPE, 400],
    ['no object', '"boleh?"', JSON_TYPE, 400],
    ['null', 'null', JSON_TYPE, 400],
    ['no text', '{"session":null}', JSON_TYPE, 400],
    ['a number as text', '{"text":1}', JSON_TYPE, 400],
    ['a list as text', '{"text":["boleh"]}', JSON_TYPE, 400],
    ['null as text', '{"text":null}', JSON_TYPE, 400],
    ['a number as session', '{"session":1,"text":"a"}', JSON_TYPE, 400],
    ['an endless session', `{"session":"${'a'.repeat(65)}","text":"a"}`, JSON_TYPE, 400],
    ['a prototype', '{"__proto__":{"text":"a"}}', JSON_TYPE, 400],
    ['plain text', 'boleh like?', 'text/plain', 400],
    ['a form', 'text=boleh', 'application/x-www-form-urlencoded', 415],
    ['XML', '<text/>', 'application/xml', 415],
    ['more than half a megabyte', JSON.stringify({ text: 'a'.repeat(600_000) }), JSON_TYPE, 413],
  ])('%s', async (_what, payload, type, status) => {
    const response = await post(payload, { 'content-type': type });
    expect(response.statusCode).toBe(status);
    expect(Object.keys(response.json())).toEqual(['error']);
    expect(response.json<{ error: string }>().error).toMatch(/^[A-Z].+\.$/);
  });

  test('another method', async () => {
    expect((await web.server.inject({ method: 'GET', url: '/api/chat' })).statusCode).toBe(404);
    expect((await web.server.inject({ method: 'DELETE', url: '/api/chat' })).statusCode).toBe(404);
  });

  test.each(['/nothing', '/../package.json', '/%2e%2e/package.json', '/tsconfig.json', '/page.ts', '//evil.example'])(
    'the path %s',
    async (url) => {
      const response = await web.server.inject({ method: 'GET', url });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toEqual({ error: 'Alamat ini tidak ada.' });
    },
  );
});

describe('whatever a person writes is answered in words', () => {
  test.each([
    ['nothing', '', 'kosong'],
    ['blanks', ' \n\t ', 'kosong'],
    ['zero-width and direction marks', '\u200b\u200d\u202e\u2066\ufeff', 'kosong'],
    ['emoji', '🙏😂❤️', 'hanya bisa membaca tulisan'],
    ['punctuation', '?!...', 'hanya bisa membaca tulisan'],
    ['100,000 letters', 'a'.repeat(100_000), 'terlalu panjang'],
    ['100,000 characters of four bytes', '🙏'.repeat(50_000), 'hanya bisa membaca tulisan'],
    ['control characters', 'boleh\u0000 like\u0007 postingan\u001b calon?', 'TIDAK BOLEH'],
    ['a question with marks in it', 'boleh\u200b like \u202epostingan\u202c calon?', 'TIDAK BOLEH'],
    ['an unpaired surrogate', 'boleh like postingan calon? \ud83d', 'TIDAK BOLEH'],
    ['an unknown command', '/rm -rf', 'tidak saya kenal'],
    ['a forged button', '/rinci __proto__', 'tidak saya kenal'],
    ['a button of a rule that is no more', '/aturan tidak-pernah-ada', 'sudah tidak ada'],
  ])('%s', async (_what, text, answer) => {
    const response = await ask(text);
    expect(said(response)).toContain(answer);
    expect(response.replies.every(({ markup }) => markup.length <= 3_500)).toBe(true);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '**tebal** [x](javascript:alert(1))',
    '{{7*7}} #{7*7}',
    "'; drop table chats; --",
  ])('%s never comes back', async (text) => {
    const { session, replies } = await ask(text);
    expect(JSON.stringify(replies)).not.toContain(text.slice(0, 12));
    expect(said(await ask('sanksinya?', { session }))).not.toContain(text.slice(0, 12));
  });
});

describe('the process', () => {
  const get = (url: string, from = '127.0.0.1') => web.server.inject({ method: 'GET', url, remoteAddress: from });

  test('is healthy, and ready once the full model answers', async () => {
    expect((await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await get('/readyz')).statusCode).toBe(200);
    web.ready = false;
    const training = await get('/readyz');
    web.ready = true;
    expect(training.statusCode).toBe(503);
    expect(training.json()).toEqual({ status: 'training' });
  });

  test('counts answers, never what was asked', async () => {
    await ask('kalimat-rahasia-sekali boleh like calon?');
    const { body, statusCode } = await get('/metrics');
    expect(statusCode).toBe(200);
    expect(body).toMatch(/^tanya_netral_messages_total\{outcome="answered",channel="web"\} \d+$/m);
    expect(body).not.toContain('rahasia');
  });

  test('shows its metrics to this machine alone', async () => {
    expect((await get('/metrics', '::1')).statusCode).toBe(200);
    expect((await get('/metrics', '203.0.113.7')).statusCode).toBe(404);
    const throughProxy = (forwarded: string) =>
      web.server.inject({ method: 'GET', url: '/metrics', headers: { 'x-forwarded-for': forwarded } });
    expect((await throughProxy('203.0.113.7')).statusCode).toBe(404);
    expect((await throughProxy('127.0.0.1, 203.0.113.7')).statusCode).toBe(404);
  });

  test('does not believe an address that a stranger claims', async () => {
    const claimed = { 'x-forwarded-for': '127.0.0.1' };
    const url = '/metrics';
    const response = await web.server.inject({ method: 'GET', url, remoteAddress: '203.0.113.7', headers: claimed });
    expect(response.statusCode).toBe(404);
  });
});

describe('the headers', () => {
  test.each(['/', '/chat.js', '/api/nothing', '/healthz'])('of %s allow nothing from elsewhere', async (url) => {
    const { headers } = await web.server.inject({ method: 'GET', url });
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join()).not.toMatch(/unsafe|\*|https?:|data:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each([
    ['/', 'text/html; charset=utf-8'],
    ['/chat.js', 'text/javascript; charset=utf-8'],
    ['/chat.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
    ['/chat.webmanifest', 'application/manifest+json'],
  ])('of %s say what it is', async (url, type) => {
    const { statusCode, headers, body } = await web.server.inject({ method: 'GET', url });
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(body.length).toBeGreaterThan(100);
  });
});

describe('too many requests of one address', () => {
  test('are told when to come back, and others are served', async () => {
    const from = '198.51.100.1';
    const burst = await Promise.all(Array.from({ length: 300 }, () => post('{}', { 'x-forwarded-for': from })));
    expect(new Set(burst.map(({ statusCode }) => statusCode))).toEqual(new Set([400]));
    const refused = await post('{"text":"/start"}', { 'x-forwarded-for': from });
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.json<{ error: string }>().error).toContain('Terlalu banyak');
    await ask('/start', { from: '198.51.100.2' });
  });
});
