/** What a person sees in a private chat. */
import { describe, expect, test } from 'vitest';
import type { FakeBotApi } from '../../support/bot-api.ts';
import { QUESTION, startBot } from '../../support/telegram-services.ts';

/** The text of the n-th bot message in a chat, once it is there. */
async function answer(telegram: FakeBotApi, chat: number, n = 1): Promise<string> {
  return (await telegram.messages(chat, n))[n - 1]?.text ?? '';
}

describe('questions and buttons', () => {
  test('a question is answered with the card, its buttons and no link preview', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, QUESTION);
    const [card] = await telegram.messages(7, 1);
    expect(card?.html).toContain('<b>TIDAK BOLEH</b>');
    expect(card?.rows.flat().map(({ data }) => data)).toContain('/rinci medsos-like');
    expect(card?.payload.link_preview_options).toEqual({ is_disabled: true });
    expect(card?.payload.reply_parameters).toBeUndefined();
    await telegram.settled();
  });

  test('a pressed button stops its spinner before it is answered', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    telegram.fail('answerCallbackQuery', { kind: 'delay', ms: 100 });
    const query = telegram.press(7, '/rinci medsos-like');
    expect(await answer(telegram, 7, 2)).toMatch(/Sanksi/);
    const spinner = telegram.calls('answerCallbackQuery');
    expect(spinner.map(({ payload }) => payload.callback_query_id)).toEqual([query]);
    const [, asked] = telegram.calls('sendMessage');
    expect((asked?.at ?? 0) - (spinner[0]?.at ?? 0)).toBeGreaterThanOrEqual(95);
  });

  test('a spinner that cannot be stopped does not keep the answer back', async () => {
    const { telegram } = await startBot();
    telegram.fail('answerCallbackQuery', { kind: 'error', code: 400, description: 'Bad Request: query is too old' });
    telegram.pressData(7, '/aturan medsos-like');
    expect(await answer(telegram, 7)).toContain('TIDAK BOLEH');
  });

  test('a spinner whose call hangs holds the answer up for a second at most', async () => {
    const { telegram } = await startBot();
    telegram.fail('answerCallbackQuery', { kind: 'silence' });
    telegram.pressData(7, '/aturan medsos-like');
    expect(await answer(telegram, 7)).toContain('TIDAK BOLEH');
  });

  test('an old button works in a new process that has never seen the chat', async () => {
    const first = await startBot();
    first.telegram.sendText(7, QUESTION);
    await first.telegram.messages(7, 1);
    await first.stop();
    const second = await startBot({ telegram: first.telegram });
    second.telegram.press(7, '/rinci medsos-like');
    expect(await answer(second.telegram, 7, 2)).toMatch(/Sanksi/);
  });

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another bot', 'vote:1:yes'],
    ['a rule that does not exist', '/aturan tidak-ada-aturan-ini'],
    ['far too long', `/aturan ${'x'.repeat(5_000)}`],
    ['prototype names', '/aturan __proto__'],
    ['null bytes and marks', '/rinci \u0000<b>**'],
  ])('forged data is answered like typed text: %s', async (_, data) => {
    const { telegram, logged } = await startBot();
    telegram.pressData(7, data);
    expect(await answer(telegram, 7)).not.toBe('');
    await telegram.settled();
    expect(telegram.count('answerCallbackQuery')).toBe(1);
    expect(logged.join('')).not.toMatch(/"level":(40|50)/);
  });

  test('a press without a message is only acknowledged', async () => {
    const { telegram, metrics } = await startBot();
    telegram.update({ callback_query: { id: 'x', from: { id: 7, is_bot: false, first_name: 'A' }, data: '/topik' } });
    await telegram.settled();
    expect(telegram.count('answerCallbackQuery')).toBe(1);
    expect(telegram.count('sendMessage')).toBe(0);
    expect(metrics.render()).toContain('telegram_updates_total{result="ignored"} 1');
  });
});

describe('other messages', () => {
  test('markup in a text is taken and given back as text', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, '<b>boleh</b> &amp; **like** <script> _x_ [a](http://b.c) `d`');
    expect(await answer(telegram, 7)).not.toBe('');
    expect(telegram.count('sendMessage')).toBe(1);
  });

  test('a text over the limit is told so', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, 'panjang '.repeat(500));
    expect(await answer(telegram, 7)).toContain('terlalu panjang');
  });

  test('an edited question is answered anew', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, '/bantuan');
    await answer(telegram, 7);
    telegram.sendText(7, QUESTION, { editOf: 1 });
    expect(await answer(telegram, 7, 2)).toContain('TIDAK BOLEH');
  });

  test('a photo is refused kindly, its caption is read', async () => {
    const { telegram } = await startBot();
    telegram.sendPhoto(7);
    expect(await answer(telegram, 7)).toContain('hanya bisa membaca tulisan');
    telegram.sendPhoto(7, QUESTION);
    expect(await answer(telegram, 7, 2)).toContain('TIDAK BOLEH');
  });

  test('a voice message, a sticker and a poll each get an answer', async () => {
    const { telegram } = await startBot();
    telegram.send(7, { voice: { file_id: 'v', duration: 3 } });
    expect(await answer(telegram, 7)).toContain('pesan suara');
    telegram.send(7, { sticker: {} });
    telegram.send(7, { poll: {} });
    await telegram.messages(7, 3);
  });

  test('an album is refused once, not once a picture', async () => {
    const { telegram } = await startBot();
    for (let i = 0; i < 5; i++) telegram.sendPhoto(7, undefined, { extra: { media_group_id: 'a1' } });
    await telegram.settled();
    expect(telegram.sent(7)).toHaveLength(1);
  });

  test('service messages, bots and channel posts are met with silence', async () => {
    const { telegram } = await startBot();
    telegram.send(-5, { new_chat_members: [{ id: telegram.bot.id, is_bot: true, first_name: 'x' }] }, { from: 3 });
    telegram.send(7, { pinned_message: {} });
    telegram.sendText(7, QUESTION, { fromBot: true });
    telegram.sendText(-1001, QUESTION, { channel: true });
    await telegram.settled();
    expect(telegram.count('sendMessage')).toBe(0);
  });

  test('a message from the day before yesterday is answered all the same', async () => {
    const { telegram } = await startBot({ start: false }).then(async (bot) => {
      bot.telegram.sendText(7, QUESTION, { date: Math.floor(Date.now() / 1000) - 2 * 24 * 3600 });
      await bot.channel.start();
      return bot;
    });
    expect(await answer(telegram, 7)).toContain('TIDAK BOLEH');
  });

  test('a deep link opens its rule; one that names none still greets', async () => {
    const { telegram } = await startBot();
    telegram.sendText(7, '/start medsos-like');
    expect(await answer(telegram, 7)).toContain('TIDAK BOLEH');
    telegram.sendText(8, '/start XyZ_9');
    expect(await answer(telegram, 8)).toContain('Tanya Netral');
  });
});

describe('what Telegram shows around the chat', () => {
  test('the commands are in the menu', async () => {
    const { telegram } = await startBot();
    expect(telegram.menu.map(({ command }) => command)).toEqual([
      'topik',
      'saya',
      'kalender',
      'lapor',
      'cek',
      'petugas',
      'batal',
      'bantuan',
      'lupakan',
    ]);
  });

  test('every command of the menu is understood', async () => {
    const { telegram } = await startBot();
    const unknown = 'tidak saya kenal';
    for (const [i, { command }] of telegram.menu.entries()) telegram.sendText(10 + i, `/${command}`);
    for (const i of telegram.menu.keys()) expect(await answer(telegram, 10 + i)).not.toContain(unknown);
    telegram.sendText(7, '/ngawur');
    expect(await answer(telegram, 7)).toContain(unknown);
  });

  test('"typing" is shown when an answer takes long, and not when it does not', async () => {
    const { telegram, conversations } = await startBot({ timing: { typingAfter: 200 } });
    telegram.sendText(7, QUESTION);
    await telegram.settled();
    expect(telegram.count('sendChatAction')).toBe(0);
    conversations.onLoad = () => new Promise((resolve) => setTimeout(resolve, 350));
    telegram.sendText(8, QUESTION);
    telegram.sendText(8, QUESTION);
    await telegram.messages(8, 2);
    expect(telegram.calls('sendChatAction').map(({ payload }) => payload)).toEqual([{ chat_id: 8, action: 'typing' }]);
  });

  test('"typing" that hangs delays nothing', async () => {
    const { telegram } = await startBot({ timing: { typingAfter: 0 } });
    telegram.fail('sendChatAction', { kind: 'silence' }, 10);
    telegram.sendText(7, QUESTION);
    expect(await answer(telegram, 7)).toContain('TIDAK BOLEH');
  });
});
