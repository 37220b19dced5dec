/** The transcripts as conversations on WhatsApp. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWhatsAppCloudDriver } from '../../support/graph-api-driver.ts';
import { play, transcripts } from '../../support/transcript.ts';

let channel: Awaited<ReturnType<typeof openWhatsAppCloudDriver>>;
beforeAll(async () => {
  channel = await openWhatsAppCloudDriver();
});
afterAll(() => channel.close());

describe('transcripts on the WhatsApp Cloud API', () => {
  for (const [name, entry] of transcripts) test(name, () => play(entry, channel.driver()));
});

test('a text of 100,000 characters gets a kind answer', async () => {
  const { text } = await channel.driver().say('boleh like postingan calon? '.repeat(3_600));
  expect(text).toContain('terlalu panjang');
});
