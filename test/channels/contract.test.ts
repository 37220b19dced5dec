/**
 * The contract of a channel: every channel plays the same transcripts, and keeps the same promises about what people may send. A new channel
 * joins by adding its opener to `CHANNELS`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelUnderTest } from '../support/drivers/channel.ts';
import { openTelegramDriver } from '../support/drivers/telegram.ts';
import { openTerminalDriver } from '../support/drivers/terminal.ts';
import { openWebDriver } from '../support/drivers/web.ts';
import { openWhatsAppDriver } from '../support/drivers/whatsapp.ts';
import { openWhatsAppCloudDriver } from '../support/drivers/whatsapp-cloud.ts';
import { play, transcripts } from '../support/transcript.ts';

const CHANNELS: Readonly<Record<string, () => Promise<ChannelUnderTest>>> = {
  telegram: openTelegramDriver,
  web: openWebDriver,
  terminal: openTerminalDriver,
  whatsapp: openWhatsAppDriver,
  'whatsapp-cloud': openWhatsAppCloudDriver,
};

for (const [name, open] of Object.entries(CHANNELS)) {
  describe(`channel ${name}`, () => {
    let channel: ChannelUnderTest;
    beforeAll(async () => {
      channel = await open();
    });
    afterAll(() => channel.close());

    for (const [title, transcript] of transcripts) {
      test(`plays ${title}`, async () => {
        await play(transcript, channel.driver());
      });
    }

    test('a text of 100,000 characters gets a kind answer', async () => {
      const heard = await channel.driver().say('boleh like postingan calon? '.repeat(3_600).slice(0, 100_000));
      expect(heard.text.toLowerCase()).toMatch(/terlalu panjang|tulis intinya/);
    });

    test('control characters and odd Unicode do not break it', async () => {
      const driver = channel.driver();
      await driver.say('\u0007\u0001 \ud83d\ude00 boleh \u202elike\u202c postingan \ufeffcalon?');
      expect((await driver.say('boleh like postingan calon?')).text).toContain('TIDAK BOLEH');
    });

    test('two people do not share a conversation', async () => {
      const [one, other] = [channel.driver(), channel.driver()];
      await one.say('/saya pppk');
      await other.say('/saya cpns');
      expect((await one.say('/saya')).text).toContain('PPPK');
      expect((await other.say('/saya')).text).toContain('CPNS');
    });

    test('choices can be pressed long after; where they are numbers to type, a number means the newest list', async () => {
      const driver = channel.driver();
      const first = await driver.say('boleh like postingan calon?');
      await driver.say('makasih');
      const newest = await driver.say('/topik');
      const choice = first.choices.find(({ label }) => label.startsWith('Sanksi'));
      expect(choice).toBeDefined();
      if (!choice) return;
      const { text } = await driver.press(choice);
      if (/^\d+$/.test(choice.send)) expect(text).toContain(newest.choices[Number(choice.send) - 1]?.label);
      else expect(text).toContain('Menyukai (like) unggahan calon');
    });
  });
}
