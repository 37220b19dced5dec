import { describe, expect, test } from 'vitest';
import { htmlMessages } from '../../../src/channels/telegram/split.ts';
import { card } from '../../../src/conversation/card.ts';
import { parseHtml } from '../../support/bot-api-html.ts';
import { QUESTION, quickBrain, startBot } from '../../support/telegram-services.ts';

const GROUP = -1001;

describe('groups', () => {
  test('silence unless addressed; an answer quotes the question', async () => {
    const { telegram } = await startBot();
    telegram.sendText(GROUP, QUESTION, { from: 3 });
    telegram.sendText(GROUP, '/topik', { from: 3 });
    telegram.sendText(GROUP, '/topik@BotLain', { from: 3 });
    await telegram.settled();
    expect(telegram.sent(GROUP)).toHaveLength(0);
    telegram.sendText(GROUP, `@tanyanetralbot ${QUESTION}`, { from: 3 });
    const [card] = await telegram.messages(GROUP, 1);
    expect(card?.text).toContain('TIDAK BOLEH');
    expect(card?.payload.reply_parameters).toEqual({ message_id: 4, allow_sending_without_reply: true });
  });

  test('each person has a conversation and settings of their own', async () => {
    const { telegram } = await startBot();
    telegram.sendText(GROUP, '/saya@TanyaNetralBot pppk', { from: 3 });
    await telegram.messages(GROUP, 1);
    telegram.sendText(GROUP, '/saya@TanyaNetralBot', { from: 4 });
    const texts = (await telegram.messages(GROUP, 2)).map(({ text }) => text);
    expect(texts[0]).toContain('Tersimpan: PPPK');
    expect(texts[1]).toContain('belum diisi');
    telegram.sendText(GROUP, '/saya@TanyaNetralBot', { from: 3 });
    expect((await telegram.messages(GROUP, 3))[2]?.text).toContain('PPPK');
  });

  test('what is said in a group is not known in the private chat', async () => {
    const { telegram } = await startBot();
    telegram.sendText(GROUP, '/saya@TanyaNetralBot pppk', { from: 3 });
    await telegram.messages(GROUP, 1);
    telegram.sendText(3, '/saya');
    expect((await telegram.messages(3, 1))[0]?.text).toContain('belum diisi');
  });

  test('a reply to the bot goes on with its answer, a pressed button too', async () => {
    const { telegram } = await startBot();
    telegram.sendText(GROUP, `@TanyaNetralBot ${QUESTION}`, { from: 3 });
    await telegram.messages(GROUP, 1);
    telegram.sendText(GROUP, 'sanksinya apa?', { from: 3, replyToBot: true });
    expect((await telegram.messages(GROUP, 2))[1]?.text).toContain('Sanksi');
    telegram.press(GROUP, '/rinci medsos-like', 4);
    expect((await telegram.messages(GROUP, 3))[2]?.text).toContain('Sanksi');
  });

  test('in a forum the answer stays in its topic', async () => {
    const { telegram } = await startBot();
    telegram.sendText(GROUP, `@TanyaNetralBot ${QUESTION}`, { from: 3, thread: 44 });
    expect((await telegram.messages(GROUP, 1))[0]?.payload.message_thread_id).toBe(44);
  });
});

describe('inline mode', () => {
  test('offers rules with their verdict, and the card as the text', async () => {
    const { telegram } = await startBot();
    const { articles, payload } = await telegram.inlineAnswer(telegram.inlineQuery(QUESTION));
    expect(articles.length).toBeGreaterThan(1);
    expect(articles.length).toBeLessThanOrEqual(10);
    expect(articles[0]).toMatchObject({ id: 'medsos-like', description: 'tidak boleh' });
    expect(articles[0]?.title).toBe(quickBrain().knowledge.rules.get('medsos-like')?.title);
    expect(articles[0]?.html).toContain('<b>TIDAK BOLEH</b>');
    expect(payload).toMatchObject({ cache_time: 60, is_personal: false });
    await telegram.settled();
    expect(telegram.count('sendMessage')).toBe(0);
  });

  test('words of a title are found, and nothing typed shows common rules', async () => {
    const { telegram } = await startBot();
    const searched = quickBrain().matcher.search('stiker', 10);
    const { articles } = await telegram.inlineAnswer(telegram.inlineQuery('stiker'));
    const ids = articles.map(({ id }) => id);
    expect(searched.length).toBeGreaterThan(0);
    expect(ids).toEqual(expect.arrayContaining(searched.slice(0, 10 - 3)));
    const empty = await telegram.inlineAnswer(telegram.inlineQuery(''));
    expect(empty.articles.length).toBeGreaterThan(3);
  });

  test('every rule can be sent: its card is one message that Telegram takes', () => {
    const { knowledge } = quickBrain();
    for (const rule of knowledge.rules.values()) {
      const messages = htmlMessages(card(rule, knowledge));
      expect(messages, rule.id).toHaveLength(1);
      expect(parseHtml(messages[0] ?? ''), rule.id).toHaveProperty('plain');
    }
  });

  test('an answer that comes too late is no trouble and holds nothing up', async () => {
    const { telegram, logged } = await startBot();
    telegram.fail('answerInlineQuery', { kind: 'error', code: 400, description: 'Bad Request: query is too old' });
    telegram.inlineQuery('like');
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    expect(telegram.count('answerInlineQuery')).toBe(1);
    expect(logged.join('')).not.toContain('"level":50');
  });

  test('odd queries are survived', async () => {
    const { telegram } = await startBot();
    for (const words of ['😀', '<b>', 'x'.repeat(3_000), '\u0000', '%%%', '/topik'])
      await telegram.inlineAnswer(telegram.inlineQuery(words));
    await telegram.settled();
  });
});
