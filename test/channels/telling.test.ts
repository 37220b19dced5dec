/** What the reports need of a channel: files as readable bytes, errors without a word in them, and a way back to the chat. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { FileUnavailable, reply } from '../../src/conversation/message.ts';
import type { Incoming } from '../../src/dialogue/dialogue.ts';
import { type TellingChannel, tellCloud, tellTelegram, tellWhatsApp } from '../support/drivers/telling.ts';
import { fileOf } from '../support/scripted-dialogue.ts';

const LIMIT = 1_000_000;
const LONG = { timeout: 20_000 };

/** Reads the file of the next message while that is handled, as the conversation does. Gives bytes, or why there are none. */
function reading(
  { dialogue }: TellingChannel,
  limit = LIMIT,
): Promise<{ incoming: Incoming; read: Uint8Array | unknown }> {
  return new Promise((resolve) => {
    dialogue.script = async (incoming) => {
      const file = fileOf(incoming);
      resolve({ incoming, read: file && (await file.read(limit).catch((error: unknown) => error)) });
      return {};
    };
  });
}

describe.each([
  ['telegram', tellTelegram],
  ['whatsapp', tellWhatsApp],
  ['whatsapp-cloud', tellCloud],
] as const)('on %s', (name, open) => {
  test.each([
    ['photo', 'photo', undefined],
    ['document', 'document', 'surat.pdf'],
    ['voice', 'voice', undefined],
  ] as const)('a %s is read as it was sent', async (kind, what, fileName) => {
    const channel = await open();
    const bytes = randomBytes(70_001);
    const heard = reading(channel);
    await channel.send(kind, bytes, fileName === undefined ? {} : { name: fileName });
    const { incoming, read } = await heard;
    expect(incoming).toMatchObject({ channel: name, message: { kind: 'unsupported', what } });
    expect(incoming.private ?? true).toBe(true);
    expect(Buffer.from(read as Uint8Array).equals(bytes)).toBe(true);
    expect(fileOf(incoming)?.name).toBe(fileName);
    // the Cloud API tells the size only when it is asked
    if (name !== 'whatsapp-cloud') expect(fileOf(incoming)?.size).toBe(bytes.length);
  });

  test('what is not read is not fetched', async () => {
    const channel = await open();
    await channel.send('photo', randomBytes(5_000), { caption: 'lihat ini' });
    await expect.poll(() => channel.got(), LONG).toEqual(['baik']);
    expect(channel.dialogue.heard[0]?.message).toMatchObject({ caption: 'lihat ini' });
    expect(channel.fetches()).toBe(0);
  });

  test.each([
    ['larger than may be', 20_000, undefined, 'too-big'],
    ['larger than the platform says', 20_000, 'bigger', 'too-big'],
    ['not there any more', LIMIT, 'gone', 'unavailable'],
  ] as const)('a file that is %s: %s bytes at most', async (_, limit, trouble, why) => {
    const channel = await open();
    const heard = reading(channel, limit);
    await channel.send('document', randomBytes(20_001), { name: 'rahasia.pdf', ...(trouble ? { trouble } : {}) });
    const { read } = await heard;
    expect(read).toBeInstanceOf(FileUnavailable);
    expect(read).toMatchObject({ why, message: `the file is ${why}` });
    expect((read as Error).cause).toBeUndefined();
    await expect.poll(() => channel.got(), LONG).toEqual(['baik']);
    for (const secret of [...channel.secrets, 'rahasia']) {
      expect(channel.logged.join('')).not.toContain(secret);
      expect(String((read as Error).stack)).not.toContain(secret);
    }
  });

  test('a hiccup on the way passes', async () => {
    const channel = await open();
    const bytes = randomBytes(50_000);
    const heard = reading(channel);
    await channel.send('document', bytes, { name: 'a.pdf', trouble: 'hiccup' });
    expect(Buffer.from((await heard).read as Uint8Array).equals(bytes)).toBe(true);
    for (const secret of channel.secrets) expect(channel.logged.join('')).not.toContain(secret);
  }, 20_000);

  test('something can be said to a chat that has not just asked', async () => {
    const channel = await open();
    await channel.sendText('halo');
    await expect.poll(() => channel.got(), LONG).toEqual(['baik']);
    const [incoming] = channel.dialogue.heard;
    const told = await channel.dialogue.push(incoming as Incoming, [reply('Petugas menjawab: ya.'), reply('Selesai.')]);
    expect(told).toBe('sent');
    await expect.poll(() => channel.got(), LONG).toEqual(['baik', 'Petugas menjawab: ya.', 'Selesai.']);
    const nobody = {
      ...(incoming as Incoming),
      chat: 'bukan alamat' as Incoming['chat'],
      address: 'bukan alamat' as Incoming['chat'],
    };
    expect(await channel.dialogue.push(nobody, [reply('x')])).toBe('unreachable');
  }, 20_000);
});
