/** The fake Bot API itself: tests against it prove something only if it refuses what Telegram refuses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FakeBotApi } from '../../support/bot-api.ts';

let telegram: FakeBotApi;
beforeAll(async () => {
  telegram = await FakeBotApi.start();
});
afterAll(() => telegram.stop());

interface Answer {
  readonly ok: boolean;
  readonly result: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: unknown;
}

const call = async (method: string, payload: unknown = {}, token = telegram.token): Promise<Answer> => {
  const body = JSON.stringify(payload);
  return (await (await fetch(`${telegram.url}/bot${token}/${method}`, { method: 'POST', body })).json()) as Answer;
};
const send = (text: unknown, more: object = {}) =>
  call('sendMessage', { chat_id: 7, text, parse_mode: 'HTML', ...more });
const button = (more: object) => send('x', { reply_markup: { inline_keyboard: [[{ text: 'a', ...more }]] } });

describe('refusals', () => {
  test.each([
    ['an unclosed tag', '<b>x', "Can't find end tag"],
    ['crossed tags', '<b><i>x</b></i>', 'Unmatched end tag'],
    ['an unknown tag', '<div>x</div>', 'Unsupported start tag "div"'],
    ['a bare <', 'a < b', 'start tag'],
    ['an end without a start', 'x</b>', 'Unmatched end tag'],
    ['nothing', '', 'message text is empty'],
    ['only tags', '<b> </b>', 'message text is empty'],
    ['too much', 'x'.repeat(4097), 'message is too long'],
  ])('%s', async (_, text, description) => {
    const answer = await send(text);
    expect(answer).toMatchObject({ ok: false, error_code: 400 });
    expect(answer.description).toContain(description);
  });

  test('4096 characters count without tags and entities', async () => {
    expect((await send(`<b>${'&amp;'.repeat(4096)}</b>`)).ok).toBe(true);
    expect((await send('&amp;'.repeat(4097))).ok).toBe(false);
  });

  test('callback data of 1 to 64 bytes', async () => {
    expect((await button({ callback_data: 'x'.repeat(64) })).ok).toBe(true);
    expect((await button({ callback_data: 'ä'.repeat(33) })).description).toContain('BUTTON_DATA_INVALID');
    expect((await button({ callback_data: '' })).description).toContain('BUTTON_DATA_INVALID');
    expect((await button({})).ok).toBe(false);
  });

  test('tokens, methods, chats and queries that do not exist', async () => {
    expect(await call('getMe', {}, '1:abc')).toMatchObject({ error_code: 401 });
    expect(await call('getMe', {}, 'abc')).toMatchObject({ error_code: 404 });
    expect(await call('getNothing')).toMatchObject({ error_code: 404 });
    telegram.lose(66, 'blocked');
    telegram.lose(67, 'gone');
    expect(await call('sendMessage', { chat_id: 66, text: 'x' })).toMatchObject({ error_code: 403 });
    expect(await call('sendMessage', { chat_id: 67, text: 'x' })).toMatchObject({ error_code: 400 });
    expect(await call('answerCallbackQuery', { callback_query_id: 'x' })).toMatchObject({ error_code: 400 });
  });
});

describe('updates', () => {
  test('wait for the poll, come again until confirmed, and at most `limit` of them', async () => {
    const ids = [1, 2, 3].map((n) => telegram.sendText(7, `pesan ${n}`));
    const first = await call('getUpdates', { limit: 2 });
    expect((first.result as { update_id: number }[]).map(({ update_id }) => update_id)).toEqual(ids.slice(0, 2));
    expect((await call('getUpdates')).result).toHaveLength(3);
    expect((await call('getUpdates', { offset: (ids[1] as number) + 1 })).result).toHaveLength(1);
    expect(telegram.pending).toEqual(ids.slice(2));
    expect((await call('getUpdates', { offset: (ids[2] as number) + 1 })).result).toEqual([]);
  });

  test('a long poll is held until something comes', async () => {
    const poll = call('getUpdates', { timeout: 5 });
    await telegram.until(() => telegram.polled || undefined, 'the poll');
    const id = telegram.sendText(7, 'halo');
    expect((await poll).result).toMatchObject([{ update_id: id, message: { text: 'halo', from: { id: 7 } } }]);
    await call('getUpdates', { offset: id + 1 });
  });

  test('a second poll ends the first with 409, and none works beside a webhook', async () => {
    const first = call('getUpdates', { timeout: 5 });
    await telegram.until(() => telegram.polled || undefined, 'the poll');
    expect(await call('getUpdates')).toMatchObject({ ok: true });
    expect(await first).toMatchObject({ ok: false, error_code: 409 });
    expect(await call('setWebhook', { url: 'http://example.org/x' })).toMatchObject({ error_code: 400 });
    await call('setWebhook', { url: 'https://example.org/x' });
    expect(await call('getUpdates')).toMatchObject({ error_code: 409 });
    await call('deleteWebhook');
    expect(await call('getUpdates')).toMatchObject({ ok: true });
  });

  test('kinds that were not asked for are kept back', async () => {
    await call('getUpdates', { allowed_updates: ['message'] });
    telegram.inlineQuery('x');
    const id = telegram.sendText(7, 'y');
    expect(telegram.pending).toEqual([id]);
    await call('getUpdates', { offset: id + 1, allowed_updates: [] });
  });
});

describe('faults', () => {
  test('happen as often as they were asked for', async () => {
    telegram.fail('sendMessage', { kind: 'error', code: 429, retryAfter: 3 });
    expect(await send('x')).toMatchObject({ ok: false, error_code: 429, parameters: { retry_after: 3 } });
    expect((await send('x')).ok).toBe(true);
    telegram.fail('*', { kind: 'reset' });
    await expect(send('x')).rejects.toThrow();
    telegram.fail('sendMessage', { kind: 'lost-answer' });
    const before = telegram.sent(7).length;
    await expect(send('x')).rejects.toThrow();
    expect(telegram.sent(7)).toHaveLength(before + 1);
  });
});

test('messages can be edited and deleted', async () => {
  await send('satu', { chat_id: 9 });
  const id = telegram.sent(9)[0]?.id;
  await call('editMessageText', { chat_id: 9, message_id: id, text: 'dua' });
  expect(telegram.sent(9).map(({ text }) => text)).toEqual(['dua']);
  expect((await call('editMessageText', { chat_id: 9, message_id: 1e9, text: 'x' })).ok).toBe(false);
  await call('deleteMessage', { chat_id: 9, message_id: id });
  expect(telegram.sent(9)).toEqual([]);
});
