import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/config.ts';
import { FakeBotApi } from '../../support/bot-api.ts';
import { QUESTION, startBot } from '../../support/telegram-services.ts';

test.each([
  ['123456789:AAwrongButWellFormedTokenOfTheFake0', '401'],
  ['not-a-token', '404'],
])('the token %s ends the start with what to repair, and without the token', async (token, code) => {
  const bot = await startBot({ token, start: false });
  const error = await bot.channel.start().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConfigError);
  expect(String(error)).toMatch(new RegExp(`TELEGRAM_BOT_TOKEN.*${code}.*BotFather`));
  expect(String(error) + bot.logged.join('')).not.toContain(token);
  expect(bot.telegram.count('getUpdates')).toBe(0);
});

test('a webhook left behind is removed, and the updates that wait are kept', async () => {
  const bot = await startBot({ start: false });
  const { telegram } = bot;
  await fetch(`${telegram.url}/bot${telegram.token}/setWebhook`, {
    method: 'POST',
    body: JSON.stringify({ url: 'http://127.0.0.1:9/nobody' }),
  });
  telegram.sendText(7, QUESTION);
  await bot.channel.start();
  await telegram.messages(7, 1);
  expect(telegram.calls('deleteWebhook').map(({ payload }) => payload)).toEqual([{ drop_pending_updates: false }]);
});

test('a Telegram that cannot be reached at first is tried again in the background', async () => {
  const bot = await startBot({ start: false });
  const { telegram } = bot;
  telegram.fail('getMe', { kind: 'error', code: 502 }, 2);
  telegram.fail('deleteWebhook', { kind: 'reset' }, 2);
  await bot.channel.start();
  telegram.sendText(7, QUESTION);
  await telegram.messages(7, 1);
  expect(telegram.count('getMe')).toBe(5);
});

test('a token that turns out wrong in the background is told in the log', async () => {
  const bot = await startBot({ start: false });
  const { telegram } = bot;
  telegram.fail('getMe', { kind: 'reset' });
  telegram.fail('getMe', { kind: 'error', code: 401 });
  await bot.channel.start();
  await expect.poll(() => bot.logged.join('')).toContain('TELEGRAM_BOT_TOKEN');
  expect(telegram.count('getMe')).toBe(2);
});

test('a stop while Telegram cannot be reached does not wait for it', async () => {
  const bot = await startBot({ start: false, timing: { firstPause: 60_000, longestPause: 60_000 } });
  bot.telegram.fail('getMe', { kind: 'reset' }, 100);
  await bot.channel.start();
  const begun = Date.now();
  await bot.stop();
  expect(Date.now() - begun).toBeLessThan(1_000);
});

test('a menu that cannot be set is only logged', async () => {
  const bot = await startBot({ start: false });
  bot.telegram.fail('setMyCommands', { kind: 'error', code: 400 });
  await bot.channel.start();
  bot.telegram.sendText(7, QUESTION);
  await bot.telegram.messages(7, 1);
  expect(bot.logged.join('')).toContain('menu');
});

test('an API root with a path works', async () => {
  const telegram = await FakeBotApi.start();
  await startBot({ telegram, apiRoot: `${telegram.url}/proxy/telegram` });
  telegram.sendText(7, QUESTION);
  await telegram.messages(7, 1);
});

test('a stop ends the poll at once and confirms what was answered', async () => {
  const { telegram, stop } = await startBot({ timing: { pollTimeout: 30 } });
  telegram.sendText(7, QUESTION);
  await telegram.messages(7, 1);
  await telegram.until(() => (telegram.polled && telegram.pending.length === 0) || undefined, 'the long poll');
  const begun = Date.now();
  await stop();
  expect(Date.now() - begun).toBeLessThan(1_000);
  expect(telegram.calls('getUpdates').at(-1)?.payload).toMatchObject({ timeout: 0, limit: 1 });
  expect(telegram.polled).toBe(false);
});

test('a stop waits for what is in flight, and leaves what comes after it to the next process', async () => {
  const { telegram, stop, conversations } = await startBot();
  telegram.fail('sendMessage', { kind: 'delay', ms: 200 });
  telegram.sendText(7, QUESTION);
  await telegram.until(() => telegram.count('sendMessage') || undefined, 'the answer under way');
  const stopping = stop();
  const late = telegram.sendText(8, QUESTION);
  await stopping;
  expect(telegram.sent(7)).toHaveLength(1);
  expect(conversations.done.size).toBe(1);
  expect(telegram.pending).toEqual([late]);
});

test('a stop does not wait for long retries; their update is delivered again', async () => {
  const { telegram, stop, conversations } = await startBot();
  telegram.fail('sendMessage', { kind: 'error', code: 429, retryAfter: 50 });
  const id = telegram.sendText(7, QUESTION);
  await telegram.until(() => telegram.count('sendMessage') || undefined, 'the refusal');
  const begun = Date.now();
  await stop();
  expect(Date.now() - begun).toBeLessThan(1_000);
  expect(conversations.done.size).toBe(0);
  expect(telegram.pending).toEqual([id]);
});

test('a stop does not wait for ever for what hangs', async () => {
  const { telegram, stop } = await startBot({ timing: { stopPatience: 100 } });
  telegram.fail('sendMessage', { kind: 'silence' });
  const id = telegram.sendText(7, QUESTION);
  await telegram.until(() => telegram.count('sendMessage') || undefined, 'the answer under way');
  const begun = Date.now();
  await stop();
  expect(Date.now() - begun).toBeLessThan(1_000);
  expect(telegram.pending).toEqual([id]);
});

test('stopping before anything was started, or twice, is fine', async () => {
  const bot = await startBot({ start: false });
  await bot.channel.stop();
  await bot.channel.stop();
  expect(bot.telegram.count('getUpdates')).toBe(0);
});
