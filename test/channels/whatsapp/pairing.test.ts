/** Linking the bot's number. */
import { toString as drawQr } from 'qrcode';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Pairing } from '../../../src/channels/whatsapp/pairing.ts';
import { QUESTION } from '../../support/telegram-services.ts';
import { newDisk, startBot, startServer } from './bot.ts';

const LONG = { timeout: 5_000 };

const PHONE = '6281100000001';

/** The QR codes that the bot was offered, as the phone would read them. */
function offered(): string[] {
  const codes: string[] = [];
  const offer = Pairing.prototype.offer;
  const spy = vi.spyOn(Pairing.prototype, 'offer').mockImplementation(function (this: Pairing, socket, qr) {
    codes.push(qr);
    return offer.call(this, socket, qr);
  });
  onTestFinished(() => void spy.mockRestore());
  return codes;
}

test('by QR code: in the terminal, on the page behind the link in the log, and gone afterwards', async () => {
  const codes = offered();
  const server = await startServer();
  const bot = await startBot({ server, linked: false });
  await server.waitForUnlinkedBot();
  await expect.poll(() => bot.shown.length, LONG).toBe(1);
  expect(bot.shown[0]).toBe(
    `${await drawQr(codes[0]!, { type: 'terminal', small: true, errorCorrectionLevel: 'L' })}\n`,
  );
  expect(bot.channel.status()).toEqual({ kind: 'pairing' });

  const link = /\/whatsapp\/pair\/[\w-]{43}/.exec(bot.logged.join(''))![0];
  const page = await bot.web.inject(link);
  expect(page.statusCode).toBe(200);
  expect(page.headers).toMatchObject({ refresh: '5', 'cache-control': 'no-store' });
  const path = / d="(M4[^"]+)"/.exec(await drawQr(codes[0]!, { type: 'svg', errorCorrectionLevel: 'L' }))![1];
  expect(page.body).toContain(path);
  expect(page.body).not.toContain('<script');
  for (const wrong of [`${link.slice(0, -1)}_`, '/whatsapp/pair/', '/whatsapp/pair/x', `${link}x`])
    expect((await bot.web.inject(wrong)).statusCode, wrong).toBe(404);

  await server.scanQr(codes[0]!);
  await server.waitForLogin();
  await expect.poll(() => bot.channel.status().kind, LONG).toBe('open');
  expect((await bot.web.inject(link)).statusCode).toBe(404);
  const ani = server.addPeer();
  await ani.sendText(QUESTION);
  expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');

  // a restart needs no code
  await bot.stop();
  const again = await startBot({ server, disk: bot.disk });
  await ani.sendText('/topik');
  await ani.waitForMessage();
  expect(again.shown).toEqual([]);
  expect(server.preKeys.uploaded).toBeGreaterThan(700);
});

test('by code: one line on standard output, and the question is answered', async () => {
  const server = await startServer({ ownerPhone: PHONE });
  const bot = await startBot({ server, linked: false, config: { pairingNumber: PHONE } });
  await server.waitForUnlinkedBot();
  await expect.poll(() => bot.shown.length, LONG).toBe(1);
  const [, first, second] = /^WhatsApp pairing code: ([A-Z0-9]{4})-([A-Z0-9]{4})\n$/.exec(bot.shown[0]!)!;
  await expect(server.enterPairingCode(PHONE, 'AAAABBBB')).rejects.toThrow();
  await server.enterPairingCode(PHONE, `${first}${second}`);
  await server.waitForLogin();
  const ani = server.addPeer();
  await ani.sendText(QUESTION);
  expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
  expect(bot.logged.join('')).not.toContain(first);
  expect(bot.logged.join('')).not.toContain(PHONE);
});

test('a pairing that was begun and left is begun anew', async () => {
  const server = await startServer({ ownerPhone: PHONE });
  const disk = newDisk();
  const first = await startBot({ server, disk, linked: false, config: { pairingNumber: PHONE } });
  await server.waitForUnlinkedBot();
  await expect.poll(() => first.shown.length, LONG).toBe(1);
  await first.stop();
  const codes = offered();
  const second = await startBot({ server, disk, linked: false });
  await server.waitForUnlinkedBot();
  await expect.poll(() => codes.length, LONG).toBeGreaterThan(0);
  await server.scanQr(codes.at(-1)!);
  await server.waitForLogin();
  await expect.poll(() => second.channel.status().kind, LONG).toBe('open');
});

test('when the codes are used up, new ones come', async () => {
  const codes = offered();
  const server = await startServer({ qrCodes: 1 });
  const bot = await startBot({ server, linked: false });
  await server.waitForUnlinkedBot();
  await expect.poll(() => codes.length, LONG).toBe(1);
  server.dropConnection();
  await expect.poll(() => codes.length, LONG).toBe(2);
  // one link for the whole of a pairing
  expect(bot.logged.join('').match(/whatsapp\/pair/g)).toHaveLength(1);
  await server.scanQr(codes[1]!);
  await server.waitForLogin();
});
