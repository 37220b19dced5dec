import { downloadMediaMessage, hkdf, hmacSign, sha256 } from '@whiskeysockets/baileys';
import { describe, expect, test } from 'vitest';
import { linked } from './linked-bot.ts';
import type { MediaTampering } from './messages.ts';

/** What is true of a file when nobody lies. */
const honest = { status: 200, arrived: true, cipherHash: true, mac: true, plainHash: true, length: true };
const nothing = { cipherHash: false, mac: false };
const lies: Record<MediaTampering['kind'], Partial<Record<keyof typeof honest, unknown>>> = {
  'plain-hash': { plainHash: false },
  'cipher-hash': { cipherHash: false },
  mac: { mac: false },
  body: { cipherHash: false, mac: false },
  length: { length: false },
  huge: nothing,
  status: { status: 410, ...nothing },
  redirect: { status: 302, ...nothing },
  location: {},
  stall: { arrived: false, cipherHash: undefined, mac: undefined },
};
const tamperings: MediaTampering[] = [
  { kind: 'plain-hash' },
  { kind: 'cipher-hash' },
  { kind: 'mac' },
  { kind: 'body' },
  { kind: 'length', declared: 10 },
  { kind: 'huge', bytes: 3_000_000 },
  { kind: 'status', status: 410 },
  { kind: 'redirect', location: 'http://127.0.0.1:1/' },
  { kind: 'stall' },
];

describe('files', () => {
  const bytes = Buffer.from('isi berkas yang tidak pendek '.repeat(200));

  test('in: Baileys downloads and decrypts what people send', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    for (const send of [ani.sendImage, ani.sendDocument, ani.sendAudio]) {
      const { message } = await bot.upsert((await send.call(ani, bytes)).id);
      expect(bytes.equals(await downloadMediaMessage(message, 'buffer', {}))).toBe(true);
    }
    const captioned = await bot.upsert((await ani.sendDocument(bytes, { caption: 'surat', fileName: 'a.pdf' })).id);
    const document = captioned.message.message?.documentWithCaptionMessage?.message?.documentMessage;
    expect(document).toMatchObject({ caption: 'surat', fileName: 'a.pdf' });
  });

  test('out: the phone checks hashes, MAC and length', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    await bot.socket.sendMessage(ani.lid, {
      document: bytes,
      mimetype: 'application/pdf',
      fileName: 'b.pdf',
      caption: 'ini',
    });
    const answer = await ani.waitForMessage();
    expect(answer).toMatchObject({ kind: 'document', text: 'ini' });
    expect(bytes.equals(await answer.media())).toBe(true);
  });

  test.each(tamperings)('a lie about a file: $kind', async (tamper) => {
    const { server, bot } = await linked();
    const { message } = await bot.upsert((await server.addPeer().sendImage(bytes, { tamper })).id);
    const image = message.message!.imageMessage!;
    const url = new URL(image.url!);
    const secret = hkdf(image.mediaKey!, 112, { info: 'WhatsApp Image Keys' });
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(500) });
    const blob = await response.arrayBuffer().then(Buffer.from, () => undefined);
    const signed = blob && Buffer.concat([secret.slice(0, 16), blob.subarray(0, -10)]);
    expect({
      status: response.status,
      arrived: blob !== undefined,
      cipherHash: blob ? sha256(blob).equals(image.fileEncSha256!) : undefined,
      mac: signed ? hmacSign(signed, secret.slice(48, 80)).subarray(0, 10).equals(blob!.subarray(-10)) : undefined,
      plainHash: sha256(bytes).equals(image.fileSha256!),
      length: Number(image.fileLength) === bytes.length,
    }).toEqual({ ...honest, ...lies[tamper.kind] });
  });
});
