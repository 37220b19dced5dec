/** What is promised about updates: answered first, confirmed then, and nobody waits for anybody else. */
import { describe, expect, test } from 'vitest';
import { QUESTION, startBot } from '../../support/telegram-services.ts';

/** Faults for one chat only. */
const inChat = (chat: number) => (payload: Readonly<Record<string, unknown>>) => payload.chat_id === chat;

describe('confirming', () => {
  test('an update is confirmed only after its answer has gone out', async () => {
    const { telegram } = await startBot();
    telegram.fail('sendMessage', { kind: 'delay', ms: 150 });
    const id = telegram.sendText(7, QUESTION);
    let confirmedAt = 0;
    await telegram.until(() => {
      if (telegram.pending.includes(id)) return undefined;
      confirmedAt = Date.now();
      return true;
    }, 'the confirmation');
    expect(telegram.sent(7)).toHaveLength(1);
    expect(confirmedAt).toBeGreaterThanOrEqual(telegram.sent(7)[0]?.at ?? Number.POSITIVE_INFINITY);
    expect(telegram.calls('getUpdates').length).toBeGreaterThan(2);
  });

  test('after a crash the unanswered are answered, and the answered are not answered again', async () => {
    const first = await startBot();
    const { telegram, conversations, key } = first;
    // the oldest hangs, so that nothing after it can be confirmed
    telegram.fail('sendMessage', { kind: 'silence' }, 100, inChat(1));
    telegram.sendText(1, QUESTION);
    telegram.sendText(2, QUESTION);
    telegram.sendText(3, QUESTION);
    await telegram.messages(2, 1);
    await telegram.messages(3, 1);
    await telegram.until(() => conversations.done.size >= 2 || undefined, 'both kept');
    expect(telegram.pending).toHaveLength(3);
    // no goodbye: a second process takes over while the first still hangs
    telegram.faults.clear();
    const second = await startBot({ telegram, conversations, key });
    await telegram.messages(1, 1);
    await telegram.settled();
    expect([1, 2, 3].map((chat) => telegram.sent(chat).length)).toEqual([1, 1, 1]);
    expect(second.metrics.render()).toContain('telegram_updates_total{result="duplicate"} 2');
  });

  test('an update that is delivered twice is answered once', async () => {
    const { telegram, metrics } = await startBot();
    const id = telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    telegram.sendText(7, QUESTION, { updateId: id + 1_000 });
    await telegram.messages(7, 2);
    await telegram.settled();
    telegram.sendText(8, QUESTION, { updateId: id + 1_000 });
    telegram.sendText(8, QUESTION, { updateId: id + 1_001 });
    await telegram.messages(8, 1);
    await telegram.settled();
    expect(telegram.sent(8)).toHaveLength(1);
    expect(metrics.render()).toContain('telegram_updates_total{result="answered"} 3');
  });

  test('a store that fails is tried again, and the person is not written to twice', async () => {
    const { telegram, conversations } = await startBot();
    let failures = 2;
    conversations.onSave = async () => {
      if (failures-- > 0) throw new Error('disk full');
    };
    telegram.sendText(7, QUESTION);
    await telegram.settled();
    expect(failures).toBeLessThan(0);
    expect(telegram.sent(7)).toHaveLength(1);
    expect(conversations.done.size).toBe(1);
  });

  test('of two messages the one that went out is not sent again where the second failed', async () => {
    const { telegram } = await startBot();
    let calls = 0;
    // the first goes out; the second fails more often than one call tries
    telegram.fail('sendMessage', { kind: 'error', code: 500 }, 6, (payload) => payload.chat_id === 7 && calls++ > 0);
    telegram.sendText(7, `${QUESTION} Mengikuti akun KPU boleh?`);
    const texts = (await telegram.messages(7, 2)).map(({ text }) => text);
    await telegram.settled();
    expect(telegram.count('sendMessage')).toBe(8);
    expect(texts[0]).toContain('TIDAK BOLEH');
    expect(texts[1]).not.toBe(texts[0]);
    expect(telegram.sent(7)).toHaveLength(2);
  });

  test('a poison update is given up after a few tries, said so, counted, and blocks nobody', async () => {
    const { telegram, conversations, metrics, logged } = await startBot();
    let poison = true;
    conversations.onLoad = async () => {
      if (poison) throw new Error('rahasia sekali');
    };
    telegram.sendText(7, QUESTION);
    expect((await telegram.messages(7, 1))[0]?.text).toContain('gangguan');
    await telegram.settled();
    poison = false;
    telegram.sendText(7, QUESTION);
    expect((await telegram.messages(7, 2))[1]?.text).toContain('TIDAK BOLEH');
    expect(metrics.render()).toContain('telegram_updates_total{result="gave-up"} 1');
    expect(metrics.render()).toContain('telegram_retries_total{failure="internal"} 3');
    expect(logged.join('')).toContain('an update was given up');
    expect(logged.join('')).not.toContain('rahasia');
  });

  test('an update of no known shape is passed over', async () => {
    const { telegram, metrics } = await startBot();
    telegram.update({ message: null });
    telegram.update({ message: { message_id: 1, text: 'tanpa pengirim' } });
    telegram.update({ callback_query: {} });
    telegram.sendText(7, QUESTION);
    await telegram.messages(7, 1);
    await telegram.settled();
    expect(metrics.render()).toMatch(/telegram_updates_total\{result="gave-up"\} \d/);
  });
});

describe('many at once', () => {
  test('a slow chat does not delay another', async () => {
    const { telegram } = await startBot();
    telegram.fail('sendMessage', { kind: 'delay', ms: 1_500 }, 1, inChat(1));
    telegram.sendText(1, QUESTION);
    await telegram.until(() => telegram.count('sendMessage') > 0 || undefined, 'the slow one under way');
    for (let i = 0; i < 3; i++) {
      telegram.sendText(2, QUESTION);
      await telegram.messages(2, i + 1);
      expect(telegram.sent(1)).toHaveLength(0);
    }
    await telegram.settled();
    expect(telegram.sent(1)).toHaveLength(1);
  });

  test('while the oldest is not done, polling neither spins nor stops', async () => {
    const { telegram } = await startBot({ timing: { breath: 20, slowestBreath: 80 } });
    telegram.fail('sendMessage', { kind: 'delay', ms: 700 }, 1, inChat(1));
    telegram.sendText(1, QUESTION);
    await telegram.settled();
    // 20 + 40 + 80 + 80 + ... ms: about ten polls; an unheld loop makes hundreds
    expect(telegram.count('getUpdates')).toBeLessThan(25);
    expect(telegram.count('getUpdates')).toBeGreaterThan(3);
  });

  test('messages of one chat are answered in their order', async () => {
    const { telegram } = await startBot();
    const commands = ['/bantuan', '/topik', '/kalender', '/lapor', '/saya'];
    for (const command of commands) telegram.sendText(1, command);
    const together = (await telegram.messages(1, commands.length)).map(({ text }) => text);
    const alone: string[] = [];
    for (const [i, command] of commands.entries()) {
      telegram.sendText(10 + i, command);
      alone.push((await telegram.messages(10 + i, 1))[0]?.text ?? '');
    }
    expect(together).toEqual(alone);
  });

  test('at most eighty are in hand at a time', async () => {
    const { telegram } = await startBot({ timing: { stopPatience: 50 } });
    telegram.fail('sendMessage', { kind: 'silence' }, 100);
    for (let chat = 1; chat <= 90; chat++) telegram.sendText(chat, '/bantuan');
    await telegram.until(() => telegram.count('sendMessage') >= 80 || undefined, 'eighty');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(telegram.count('sendMessage')).toBe(80);
  });

  test('300 chats at once are all answered once', async () => {
    const { telegram } = await startBot();
    for (let chat = 1; chat <= 300; chat++) telegram.sendText(chat, '/bantuan');
    await telegram.settled(20_000);
    for (let chat = 1; chat <= 300; chat++) expect(telegram.sent(chat)).toHaveLength(1);
  });
});
