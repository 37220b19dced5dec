/** Files that people send, against the fake server's own media host. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { downloadMedia, type MediaFields, type MediaOptions } from '../../../src/channels/whatsapp/media.ts';
import type { MediaTampering, WhatsAppServer } from '../../support/whatsapp/interface.ts';
import { startBot } from './bot.ts';

const LIMIT = 100_000;

async function sender() {
  const { server } = await startBot();
  const ani = server.addPeer();
  const send = async (bytes: Uint8Array, tamper?: MediaTampering) => {
    const { content } = await ani.sendImage(bytes, tamper ? { tamper } : {});
    return content.imageMessage as MediaFields;
  };
  return { server, send };
}

const take = (server: WhatsAppServer, fields: MediaFields, more: Partial<MediaOptions> = {}) =>
  downloadMedia(fields, 'image', { hosts: [server.mediaHost], limit: LIMIT, timeout: 3_000, ...more }).catch(
    (error: unknown) => (error as { fault?: string }).fault ?? error,
  );

test('what was sent is what comes out, of every length around a block', async () => {
  const { server, send } = await sender();
  for (const length of [0, 1, 15, 16, 17, 5_000]) {
    const bytes = randomBytes(length);
    expect(await take(server, await send(bytes)), String(length)).toEqual(bytes);
  }
});

test.each<[string, MediaTampering, string]>([
  ['other plain hash', { kind: 'plain-hash' }, 'hash'],
  ['other cipher hash', { kind: 'cipher-hash' }, 'hash'],
  ['changed MAC', { kind: 'mac' }, 'mac'],
  ['changed byte', { kind: 'body' }, 'hash'],
  ['declared longer than the limit', { kind: 'length', declared: LIMIT + 1 }, 'too-large'],
  ['declared shorter than it is', { kind: 'length', declared: 10 }, 'too-large'],
  ['declared longer than it is', { kind: 'length', declared: 9_000 }, 'length'],
  ['endless', { kind: 'huge', bytes: 50_000_000 }, 'too-large'],
  ['gone', { kind: 'status', status: 410 }, 'gone'],
  ['broken', { kind: 'status', status: 500 }, 'status'],
  ['stalled', { kind: 'stall' }, 'network'],
])('refused: %s', async (_, tamper, fault) => {
  const { server, send } = await sender();
  const fields = await send(randomBytes(3_000), tamper);
  expect(await take(server, fields, { timeout: 1_500 })).toBe(fault);
});

test('nothing but the allowed hosts is ever asked: not by URL, path, redirect or user name', async () => {
  let hits = 0;
  const victim = createServer((_request, response) => {
    hits++;
    response.end('secret');
  });
  await new Promise<void>((resolve) => victim.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void victim.close());
  const host = `127.0.0.1:${(victim.address() as AddressInfo).port}`;
  const { server, send } = await sender();
  const fields = await send(randomBytes(100));
  const without = { ...fields, directPath: null };
  for (const lie of [
    { ...without, url: `http://${host}/x` },
    { ...without, url: `https://${host}/x` },
    { ...without, url: `http://${server.mediaHost}/x` },
    { ...without, url: `https://${server.mediaHost}@${host}/x` },
    { ...without, url: `https://a@${server.mediaHost}/x` },
    { ...without, url: 'file:///etc/passwd' },
    { ...without, url: '' },
    { ...fields, directPath: `//${host}/x` },
    { ...fields, directPath: `/\\${host}/x` },
    { ...fields, directPath: `@${host}/x` },
    { ...fields, directPath: `https://${host}/x` },
  ])
    expect(await take(server, lie), JSON.stringify(lie.url ?? lie.directPath)).toBe('host');
  const redirected = await send(randomBytes(100), { kind: 'redirect', location: `http://${host}/x` });
  expect(await take(server, redirected)).toBe('network');
  // a foreign URL with a path of ours is fetched from our own host
  expect(await take(server, { ...fields, url: `https://${host}/x` })).toBeInstanceOf(Buffer);
  expect(hits).toBe(0);
});

test.each([['mediaKey'], ['fileSha256'], ['fileEncSha256'], ['fileLength']] as const)(
  'without its %s',
  async (field) => {
    const { server, send } = await sender();
    expect(await take(server, { ...(await send(randomBytes(9))), [field]: undefined })).toBe('incomplete');
  },
);

test('hosts may be whole domains', async () => {
  const asked: string[] = [];
  const fetch = async (url: unknown) => {
    asked.push(String(url));
    return new Response('x', { status: 404 });
  };
  const fields = {
    mediaKey: randomBytes(32),
    fileSha256: randomBytes(32),
    fileEncSha256: randomBytes(32),
    fileLength: 5,
  };
  const options = { hosts: ['*.whatsapp.net'], limit: 10, timeout: 500, fetch: fetch as typeof globalThis.fetch };
  const fault = (url: string) =>
    downloadMedia({ ...fields, url }, 'document', options).catch((error: { fault: string }) => error.fault);
  expect(await fault('https://media.cgk1-1.cdn.whatsapp.net/v/x?y=1')).toBe('gone');
  expect(await fault('https://evilwhatsapp.net/v/x')).toBe('host');
  expect(await fault('https://whatsapp.net.evil.example/v/x')).toBe('host');
  expect(asked).toHaveLength(1);
});
