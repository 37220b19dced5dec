import { expect, test } from 'vitest';
import { webhookUrl } from '../../../src/channels/telegram/webhook.ts';
import { FakeBotApi } from '../../support/bot-api.ts';
import { type BotOptions, QUESTION, type RunningBot, startBot } from '../../support/telegram-services.ts';

const SECRET = 'rahasia-webhook-0123456789';
const PATH = '/telegram/webhook';
const HEADER = 'x-telegram-bot-api-secret-token';

/** A bot with a webhook at a public URL that leads to its web server. */
async function webhookBot(options: BotOptions = {}): Promise<RunningBot> {
  const telegram = options.telegram ?? (await FakeBotApi.start());
  const webhook = { url: new URL('https://bot.example.go.id'), secret: SECRET };
  const bot = await startBot({ ...options, telegram, webhook, start: false });
  telegram.webhook.origin = await bot.web.listen({ host: '127.0.0.1', port: 0 });
  if (options.start !== false) await bot.channel.start();
  return bot;
}

const post = (bot: RunningBot, payload: unknown, headers: Record<string, string> = { [HEADER]: SECRET }) =>
  bot.web.inject({
    method: 'POST',
    url: PATH,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

const update = (id: number, text: string, chat = 7) => ({
  update_id: id,
  message: { message_id: id, date: 1, chat: { id: chat, type: 'private' }, from: { id: chat, is_bot: false }, text },
});

test('the address is the public one with the fixed path', () => {
  expect(webhookUrl(new URL('https://a.go.id'))).toBe(`https://a.go.id${PATH}`);
  expect(webhookUrl(new URL('https://a.go.id:8443/bot/'))).toBe(`https://a.go.id:8443/bot${PATH}`);
  expect(webhookUrl(new URL(`https://a.go.id${PATH}`))).toBe(`https://a.go.id${PATH}`);
});

test('it is set with its secret, and updates come through it, waiting ones too', async () => {
  const telegram = await FakeBotApi.start();
  telegram.sendText(6, QUESTION);
  const bot = await webhookBot({ telegram });
  expect(telegram.calls('setWebhook').map(({ payload }) => payload)).toEqual([
    {
      url: `https://bot.example.go.id${PATH}`,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'inline_query'],
      max_connections: 40,
      drop_pending_updates: false,
    },
  ]);
  telegram.sendText(7, QUESTION);
  for (const chat of [6, 7]) expect((await telegram.messages(chat, 1))[0]?.text).toContain('TIDAK BOLEH');
  await telegram.settled();
  telegram.press(7, '/rinci medsos-like');
  await telegram.messages(7, 2);
  await telegram.settled();
  expect(telegram.count('getUpdates')).toBe(0);
  // not in the body of the HTTP answer, but as calls of their own
  expect(telegram.count('answerCallbackQuery')).toBe(1);
  expect(bot.logged.join('')).not.toContain(SECRET);
});

test.each([
  ['missing', {}],
  ['wrong', { [HEADER]: 'rahasia-webhook-012345678X' }],
  ['shorter', { [HEADER]: 'rahasia' }],
  ['empty', { [HEADER]: '' }],
])('a %s secret is refused before anything is read', async (_, headers) => {
  const bot = await webhookBot();
  expect((await post(bot, update(1, QUESTION), headers)).statusCode).toBe(401);
  expect((await post(bot, '{"not json', headers)).statusCode).toBe(401);
  await bot.stop();
  expect(bot.telegram.count('sendMessage')).toBe(0);
  expect(bot.conversations.done.size).toBe(0);
});

test.each([['{"update_id":'], [''], ['null'], ['[]'], ['{}'], ['{"update_id":"1"}']])('%s is 400', async (body) => {
  const bot = await webhookBot();
  expect((await post(bot, body)).statusCode).toBe(400);
});

test('200 comes only after the answer has gone out', async () => {
  const bot = await webhookBot();
  bot.telegram.fail('sendMessage', { kind: 'delay', ms: 100 });
  const answer = await post(bot, update(1, QUESTION));
  expect(answer.statusCode).toBe(200);
  expect(bot.telegram.sent(7)).toHaveLength(1);
  expect(bot.conversations.done.size).toBe(1);
});

test('what takes too long is answered 500, delivered again, and answered once', async () => {
  const bot = await webhookBot({ timing: { webhookPatience: 40 } });
  const { telegram } = bot;
  telegram.fail('sendMessage', { kind: 'delay', ms: 150 });
  const id = telegram.sendText(7, QUESTION);
  await telegram.settled();
  const tries = telegram.webhook.tries.filter((entry) => entry.update === id).map(({ status }) => status);
  expect(tries[0]).toBe(500);
  expect(tries.at(-1)).toBe(200);
  expect(telegram.sent(7)).toHaveLength(1);
});

test('duplicates, at the same time and later, are answered once', async () => {
  const bot = await webhookBot();
  const both = await Promise.all([post(bot, update(1, QUESTION)), post(bot, update(1, QUESTION))]);
  const later = await post(bot, update(1, QUESTION));
  expect([...both, later].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
  expect(bot.telegram.sent(7)).toHaveLength(1);
});

test('an inline query delivered twice at the same time is answered once', async () => {
  const bot = await webhookBot();
  const query = { update_id: 5, inline_query: { id: 'q9', from: { id: 7 }, query: 'like', offset: '' } };
  await Promise.all([post(bot, query), post(bot, query)]);
  expect(bot.telegram.count('answerInlineQuery')).toBe(1);
});

test('a poison update is taken after a few tries, so that Telegram stops sending it', async () => {
  const bot = await webhookBot();
  bot.conversations.onLoad = async () => {
    throw new Error('broken');
  };
  expect((await post(bot, update(1, QUESTION))).statusCode).toBe(200);
  expect(bot.metrics.render()).toContain('telegram_updates_total{result="gave-up"} 1');
});

test('before the start and during the stop Telegram is asked to come again', async () => {
  const bot = await webhookBot({ start: false });
  expect((await post(bot, update(1, QUESTION))).statusCode).toBe(503);
  await bot.channel.start();
  expect((await post(bot, update(2, QUESTION))).statusCode).toBe(200);
  await bot.channel.stop();
  expect((await post(bot, update(3, QUESTION))).statusCode).toBe(503);
  expect(bot.telegram.sent(7)).toHaveLength(1);
});

test('the stop waits for what is being answered', async () => {
  const bot = await webhookBot();
  bot.telegram.fail('sendMessage', { kind: 'delay', ms: 100 });
  const answer = post(bot, update(1, QUESTION));
  await bot.telegram.until(() => bot.telegram.count('sendMessage') || undefined, 'the answer under way');
  await bot.channel.stop();
  expect(bot.telegram.sent(7)).toHaveLength(1);
  expect((await answer).statusCode).toBe(200);
});

test('a URL that Telegram refuses is named, with the repair', async () => {
  const telegram = await FakeBotApi.start();
  const bot = await webhookBot({ telegram, start: false });
  telegram.fail('setWebhook', { kind: 'error', code: 400, description: 'Bad Request: bad webhook' });
  await expect(bot.channel.start()).rejects.toThrow(/TELEGRAM_WEBHOOK_URL.*https/);
});

test('when polling there is no such route', async () => {
  const bot = await startBot();
  expect((await post(bot, update(1, QUESTION))).statusCode).toBe(404);
});
