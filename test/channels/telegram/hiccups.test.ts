/** Telegram and the network in a bad mood. */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../support/bot-api.ts';
import { QUESTION, startBot } from '../../support/telegram-services.ts';

const HICCUPS: ReadonlyArray<readonly [string, Fault]> = [
  ['409', { kind: 'error', code: 409, description: 'Conflict: terminated by other getUpdates request' }],
  ['429', { kind: 'error', code: 429, retryAfter: 0.02 }],
  [
    '429 without saying how long',
    { kind: 'garbage', status: 429, body: '{"ok":false,"error_code":429,"parameters":{"retry_after":0.01}}' },
  ],
  ['500', { kind: 'error', code: 500 }],
  ['502 from a proxy', { kind: 'garbage', status: 502, body: '<html>Bad Gateway</html>' }],
  ['a reset connection', { kind: 'reset' }],
  ['malformed JSON', { kind: 'garbage', body: '{"ok":tru' }],
  ['no JSON at all', { kind: 'garbage', body: '' }],
];

describe('while polling', () => {
  test.each([
    ...HICCUPS,
    ['a result of the wrong shape', { kind: 'garbage', body: '{"ok":true,"result":{}}' }] as const,
    ['an answer that is no object', { kind: 'garbage', body: 'null' }] as const,
  ])('%s is survived', async (_, fault) => {
    const { telegram } = await startBot({ start: false }).then(async (bot) => {
      bot.telegram.fail('getUpdates', fault, 3);
      await bot.channel.start();
      return bot;
    });
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    expect(telegram.sent(7)).toHaveLength(1);
    expect(telegram.count('getUpdates')).toBeGreaterThan(3);
  });

  test('a silent connection is given up', async () => {
    const { telegram } = await startBot({ timing: { callTimeout: 60 } });
    telegram.fail('sendMessage', { kind: 'silence' });
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    expect(telegram.count('sendMessage')).toBe(2);
  });

  test('retry_after is kept to', async () => {
    const { telegram } = await startBot();
    await telegram.until(() => telegram.polled || undefined, 'a poll');
    telegram.fail('getUpdates', { kind: 'error', code: 429, retryAfter: 0.3 });
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    const polls = telegram.calls('getUpdates').map(({ at }) => at);
    const longest = Math.max(...polls.slice(1).map((at, i) => at - (polls[i] as number)));
    expect(longest).toBeGreaterThanOrEqual(295);
  });

  test('a server that does not hold the call open is not asked without a pause', async () => {
    const { telegram } = await startBot({ fake: { holdPolls: false }, timing: { breath: 40 } });
    await telegram.until(() => telegram.count('getUpdates') > 0 || undefined, 'a poll');
    const before = telegram.count('getUpdates');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(telegram.count('getUpdates') - before).toBeLessThan(10);
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
  });

  test('what was confirmed and comes again all the same is not handled again', async () => {
    const { telegram, metrics } = await startBot();
    const id = telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.until(() => (telegram.polled && telegram.pending.length === 0) || undefined, 'the long poll');
    const old = {
      update_id: id,
      message: { message_id: 1, chat: { id: 7, type: 'private' }, from: { id: 7 }, text: 'x' },
    };
    telegram.fail('getUpdates', { kind: 'garbage', body: JSON.stringify({ ok: true, result: [old] }) });
    telegram.sendText(8, QUESTION);
    await telegram.messages(8, 1);
    await telegram.settled();
    expect(metrics.render()).not.toContain('duplicate');
  });

  test('two pollers: the older one is ended by 409 and comes back', async () => {
    const first = await startBot();
    const second = await startBot({ telegram: first.telegram, conversations: first.conversations, key: first.key });
    const { telegram } = first;
    for (let chat = 1; chat <= 5; chat++) telegram.sendText(chat, QUESTION);
    for (let chat = 1; chat <= 5; chat++) await telegram.messages(chat, 1);
    await telegram.until(
      () => /kind="409"/.test(first.metrics.render() + second.metrics.render()) || undefined,
      'a conflict',
    );
    await second.stop();
    telegram.sendText(9, QUESTION);
    await telegram.messages(9, 1);
    await telegram.settled();
  });

  test('a token revoked later ends polling, with a line in the log', async () => {
    const { telegram, logged, stop } = await startBot();
    await telegram.until(() => telegram.polled || undefined, 'a poll');
    telegram.fail('getUpdates', { kind: 'error', code: 401, description: 'Unauthorized' }, 100);
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    const ended = () => logged.join('').includes('TELEGRAM_BOT_TOKEN') || undefined;
    await telegram.until(() => telegram.count('getUpdates') >= 2 || undefined, 'the refusal');
    await expect.poll(ended).toBe(true);
    const polls = telegram.count('getUpdates');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(telegram.count('getUpdates')).toBe(polls);
    await stop();
    expect(logged.join('')).not.toContain(telegram.token);
  });
});

describe('while answering', () => {
  test.each(HICCUPS)('%s is survived', async (_, fault) => {
    const { telegram } = await startBot();
    telegram.fail('sendMessage', fault, 2);
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    expect(telegram.count('sendMessage')).toBe(3);
    expect(telegram.sent(7)).toHaveLength(1);
  });

  test('429 is waited out as long as Telegram says', async () => {
    const { telegram } = await startBot();
    telegram.fail('sendMessage', { kind: 'error', code: 429, retryAfter: 0.25 });
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    const [first, second] = telegram.calls('sendMessage').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(245);
  });

  test('a very long 429 does not hold the next question of the same chat up', async () => {
    const { telegram } = await startBot({ timing: { longestRetryAfter: 100 } });
    telegram.fail('sendMessage', { kind: 'error', code: 429, retryAfter: 0.6 });
    telegram.sendText(7, '/bantuan');
    await telegram.until(() => telegram.count('sendMessage') || undefined, 'the refusal');
    telegram.sendText(7, QUESTION);
    const [first, second] = await telegram.messages(7, 2);
    expect(first?.text).toContain('TIDAK BOLEH');
    expect(second?.text).toContain('Cara pakai');
  });

  test('what Telegram refuses is not sent again', async () => {
    const { telegram, metrics } = await startBot();
    telegram.fail('sendMessage', { kind: 'error', code: 400, description: "Bad Request: can't parse entities" });
    const id = telegram.sendText(7, QUESTION);
    await telegram.until(() => !telegram.pending.includes(id) || undefined, 'the end of it');
    expect(metrics.render()).toContain('result="gave-up"} 1');
    // the one refused, and the apology
    expect(telegram.sent(7).map(({ text }) => text)).toEqual([expect.stringContaining('gangguan')]);
    expect(telegram.count('sendMessage')).toBe(2);
  });

  test.each(['blocked', 'gone'] as const)(
    'somebody who is %s is written to once, and the update is done',
    async (how) => {
      const { telegram, conversations, metrics, logged } = await startBot();
      telegram.lose(7, how);
      telegram.sendText(7, QUESTION);
      await telegram.settled();
      expect(telegram.count('sendMessage')).toBe(1);
      expect(conversations.done.size).toBe(1);
      expect(metrics.render()).toContain('telegram_updates_total{result="gone"} 1');
      expect(logged.join('')).not.toContain('"level":50');
    },
  );

  test('an outage longer than all retries loses nothing', async () => {
    const { telegram } = await startBot();
    await telegram.until(() => telegram.polled || undefined, 'a poll');
    telegram.sendText(7, QUESTION);
    telegram.fail('*', { kind: 'reset' }, 40);
    await telegram.messages(7, 1);
    await telegram.settled();
    expect(telegram.sent(7)).toHaveLength(1);
  });
});

test('no log line of all this names a token, a chat, a person or a text', async () => {
  const { telegram, logged, conversations } = await startBot();
  let saves = 0;
  conversations.onSave = async () => {
    if (saves++ < 5) throw new Error(`UNIQUE failed for 70007 ${QUESTION}`);
  };
  for (const fault of HICCUPS) telegram.fail('sendMessage', fault[1]);
  for (const fault of HICCUPS) telegram.fail('getUpdates', fault[1]);
  telegram.fail('answerInlineQuery', { kind: 'reset' }, 9);
  telegram.sendText(70_007, `${QUESTION} Budi`);
  telegram.inlineQuery('Budi like');
  telegram.pressData(70_007, '/aturan Budi');
  await telegram.settled();
  expect(logged.length).toBeGreaterThan(5);
  expect(logged.join('')).not.toMatch(/70007|Budi|postingan|Orang|AAtest/);
});
