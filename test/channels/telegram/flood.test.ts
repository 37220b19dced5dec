import { expect, test } from 'vitest';
import { Floods } from '../../../src/channels/telegram/floods.ts';
import { QUESTION, startBot } from '../../support/telegram-services.ts';

test.concurrent('50 messages of one chat in a moment: another is answered promptly, and so are all in time', async ({
  onTestFinished,
}) => {
  const { telegram } = await startBot({ whenFinished: onTestFinished });
  for (let i = 0; i < 50; i++) telegram.sendText(1, `/cari xyz${i}`);
  const asked = Date.now();
  telegram.sendText(2, QUESTION);
  const answered = (await telegram.messages(2, 1))[0]?.at ?? 0;
  expect(answered - asked).toBeLessThan(2_500);
  expect(telegram.sent(1).length).toBeLessThan(50);
  await telegram.messages(1, 50, 15_000);
  await telegram.settled();
  expect(telegram.sent(1)).toHaveLength(50);
});

test.concurrent('a flood of hundreds is cut off, told so once, and keeps nobody else waiting for its end', async ({
  onTestFinished,
}) => {
  const { telegram, metrics } = await startBot({ whenFinished: onTestFinished });
  for (let i = 0; i < 400; i++) telegram.sendText(1, '/bantuan');
  telegram.sendText(2, QUESTION);
  // 400 answers at the pace of a flooding chat would take a minute
  await telegram.messages(2, 1, 12_000);
  await telegram.settled();
  const texts = telegram.sent(1).map(({ text }) => text);
  expect(texts.filter((text) => text.includes('terlalu cepat'))).toHaveLength(1);
  expect(metrics.render()).toContain(`result="dropped"} ${401 - texts.length}`);
});

test('a flooding chat is heard again when it has been quiet', () => {
  const floods = new Floods();
  expect(floods.goesOn('a', 0)).toBe(false);
  floods.begin('a', 0);
  expect(floods.goesOn('a', 2_900)).toBe(true);
  expect(floods.goesOn('a', 5_800)).toBe(true);
  expect(floods.goesOn('b', 5_800)).toBe(false);
  expect(floods.goesOn('a', 9_000)).toBe(false);
  expect(floods.goesOn('a', 9_001)).toBe(false);
});
