/** Lost connections, and those that are not to be made again. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { QUESTION } from '../../support/telegram-services.ts';
import { newDisk, startBot, startServer } from './bot.ts';

const LONG = { timeout: 5_000 };

describe('connected again', () => {
  test.each([515, 503, 500, 428, 408])('after stream error %i', async (code) => {
    const { server, channel } = await startBot();
    server.streamError(code);
    await expect.poll(() => server.logins, { timeout: 5_000 }).toBe(2);
    await expect.poll(() => channel.status().kind).toBe('open');
    const ani = server.addPeer();
    await ani.sendText(QUESTION);
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
  });

  test('after the line broke, again and again, with nothing lost or answered twice', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    for (let i = 0; i < 5; i++) {
      await ani.sendText(QUESTION);
      server.dropConnection();
      await server.waitForLogin();
    }
    await expect.poll(() => ani.received.length, { timeout: 10_000 }).toBe(5);
    await server.waitForIdle();
    expect(ani.received).toHaveLength(5);
  });

  test('after several refused logins, with longer and longer pauses', async () => {
    const bot = await startBot({ start: false });
    bot.server.failNextLogin(503, 4);
    await bot.channel.start();
    await bot.server.waitForLogin();
    const waits = bot.logged.flatMap((line) => /"wait":(\d+)/.exec(line)?.[1] ?? []).map(Number);
    expect(waits).toHaveLength(4);
    expect(waits[0]).toBeLessThanOrEqual(20);
    expect(waits[3]).toBeGreaterThanOrEqual(80);
  });

  test('a server that asks for a restart at every login is not asked at full speed', async () => {
    const bot = await startBot({ start: false });
    bot.server.failNextLogin(515, 4);
    await bot.channel.start();
    await bot.server.waitForLogin();
    await expect.poll(() => bot.channel.status().kind, { timeout: 5_000 }).toBe('open');
  });

  test('once WhatsApp can be reached', async () => {
    const reserved = createServer();
    await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const disk = newDisk();
    const elsewhere = await startServer();
    const config = { webSocketUrl: `ws://127.0.0.1:${port}/ws/chat` };
    const bot = await startBot({ server: elsewhere, disk, linked: false, config });
    await expect
      .poll(() => bot.logged.filter((line) => line.includes('connecting again')).length, LONG)
      .toBeGreaterThan(2);
    const server = await startServer({ port });
    await server.waitForUnlinkedBot();
    await expect.poll(() => bot.channel.status().kind, LONG).toBe('pairing');
  });

  test('a server that takes the connection and says nothing', async () => {
    const { WebSocketServer } = await import('ws');
    const mute = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => {
      for (const socket of mute.clients) socket.terminate();
      mute.close();
    });
    await new Promise((resolve) => mute.once('listening', resolve));
    let asked = 0;
    mute.on('connection', () => asked++);
    const url = `ws://127.0.0.1:${(mute.address() as AddressInfo).port}/ws`;
    const bot = await startBot({ start: false, config: { webSocketUrl: url }, timing: { connectTimeout: 100 } });
    await bot.channel.start();
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(1);
  });

  test('a proxy on the way that says 401 or 403 is not WhatsApp saying so', async () => {
    const proxy = createServer();
    let asked = 0;
    proxy.on('upgrade', (_request, socket) => {
      asked++;
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const url = `ws://127.0.0.1:${(proxy.address() as AddressInfo).port}/ws`;
    const bot = await startBot({ start: false, config: { webSocketUrl: url } });
    await bot.channel.start();
    await expect.poll(() => asked, { timeout: 5_000 }).toBeGreaterThan(2);
    expect(bot.channel.status().kind).not.toBe('stopped');
    expect(await bot.database.selectFrom('whatsapp_auth').select('id').execute()).not.toEqual([]);
  });

  test('a socket that sends but never receives is given up', async () => {
    const { server, metrics } = await startBot();
    const ani = server.addPeer();
    await ani.sendText('/topik');
    await ani.waitForMessage();
    await ani.sendText(QUESTION);
    server.silence();
    await expect.poll(() => server.logins, { timeout: 10_000 }).toBe(2);
    expect((await ani.waitForMessage(undefined, 10_000)).text).toContain('TIDAK BOLEH');
    expect(metrics.render()).toMatch(/whatsapp_restarts_total\{why="(silence|no-ack)"\} 1/);
  });

  test('a socket on which only pings are answered is given up too', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText(QUESTION);
    server.silence({ pings: true });
    await expect.poll(() => server.logins, { timeout: 10_000 }).toBe(2);
    expect((await ani.waitForMessage(undefined, 10_000)).text).toContain('TIDAK BOLEH');
    await server.waitForIdle();
    expect(ani.received).toHaveLength(1);
  });

  test('a long silence of the whole world is checked by connecting anew', async () => {
    const { server, metrics } = await startBot({ timing: { idle: 300 } });
    await expect.poll(() => server.logins, { timeout: 5_000 }).toBeGreaterThan(1);
    expect(metrics.render()).toContain('whatsapp_restarts_total{why="idle"}');
  });
});

describe('stopped, with what the operator does next', () => {
  test.each([
    ['stream', 401, 'logged-out', /pair again/],
    ['stream', 403, 'banned', /ask for a review/],
    ['stream', 440, 'replaced', /only one process/],
    ['login', 401, 'logged-out', /pair again/],
    ['login', 403, 'banned', /ask for a review/],
    ['login', 405, 'refused-version', /WHATSAPP_VERSION/],
    ['login', 411, 'mismatch', /Update WhatsApp/],
    ['login', 440, 'replaced', /only one process/],
  ] as const)('%s %i: %s', async (where, code, reason, next) => {
    const bot = await startBot({ start: where === 'stream' });
    if (where === 'stream') bot.server.streamError(code);
    else {
      bot.server.failNextLogin(code);
      await bot.channel.start();
    }
    await expect.poll(() => bot.channel.status(), { timeout: 5_000 }).toMatchObject({ kind: 'stopped', reason });
    expect(bot.channel.status()).toMatchObject({ next: expect.stringMatching(next) });
    await expect.poll(() => bot.logged.join('')).toMatch(next);
    const { logins } = bot.server;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(bot.server.logins).toBe(logins);
    expect(bot.server.online).toBe(false);
    const rows = await bot.database.selectFrom('whatsapp_auth').select('id').execute();
    expect(rows.length > 0).toBe(reason !== 'logged-out');
    // what people wrote is not lost with it, and a stop does not wait for anything
    const begun = Date.now();
    await bot.stop();
    expect(Date.now() - begun).toBeLessThan(1_500);
  });

  test('removed on the phone: the next start pairs anew', async () => {
    const bot = await startBot();
    const ani = bot.server.addPeer();
    await ani.sendText(QUESTION);
    await ani.waitForMessage();
    bot.server.unlink();
    await expect.poll(() => bot.channel.status().kind, { timeout: 5_000 }).toBe('stopped');
    await bot.stop();
    const again = await startBot({ server: bot.server, disk: bot.disk, linked: false });
    await bot.server.waitForUnlinkedBot();
    await expect.poll(() => again.shown.length).toBe(1);
  });
});

describe('stop', () => {
  test('while WhatsApp cannot be reached it does not wait', async () => {
    const bot = await startBot({
      start: false,
      config: { webSocketUrl: 'ws://127.0.0.1:9/' },
      timing: { firstPause: 60_000 },
    });
    await bot.channel.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const begun = Date.now();
    await bot.stop();
    expect(Date.now() - begun).toBeLessThan(1_500);
  });

  test('lets the message that is on its way arrive, and leaves the rest for the next start', async () => {
    const bot = await startBot({ config: { paceMs: 60 } });
    const { server } = bot;
    const people = Array.from({ length: 10 }, () => server.addPeer());
    for (const person of people) await person.sendText(QUESTION);
    await people[0]!.waitForMessage();
    await server.waitForIdle();
    await bot.stop();
    const before = people.reduce((sum, { received }) => sum + received.length, 0);
    expect(before).toBeLessThan(10);
    await startBot({ server, disk: bot.disk });
    for (const person of people) await expect.poll(() => person.received.length, { timeout: 10_000 }).toBe(1);
    expect(people.flatMap(({ received }) => received)).toHaveLength(10);
  });
});
