/** Reports over Telegram: what a person told is taken off the chat, albums come whole, and what cannot be said is told apart. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { reply } from '../../../src/conversation/message.ts';
import type { Incoming } from '../../../src/dialogue/dialogue.ts';
import { FakeBotApi } from '../../support/bot-api.ts';
import { fileOf, ScriptedDialogue } from '../../support/scripted-dialogue.ts';
import { startBot } from '../../support/telegram-services.ts';

const GROUP = -100;
const GIGABYTES = 3_000_000_000;

async function scripted(options: Parameters<typeof startBot>[0] = {}) {
  const dialogue = new ScriptedDialogue();
  return { dialogue, ...(await startBot({ dialogue, ...options })) };
}

describe('the person’s own message', () => {
  test('is deleted after the answer, where the conversation wishes so, and only then', async () => {
    const { telegram, dialogue, metrics } = await scripted();
    dialogue.script = ({ message }) => ({ erase: message.kind === 'text' && message.text.includes('atasan') });
    telegram.sendText(7, 'halo');
    telegram.sendText(7, 'atasan saya memaksa');
    telegram.sendText(7, 'atasan saya memaksa lagi');
    await telegram.messages(7, 3);
    await telegram.until(() => (telegram.written(7).length === 1 ? true : undefined), 'two deleted');
    const deletions = telegram.calls('deleteMessage');
    const answers = telegram.calls('sendMessage').filter(({ payload }) => payload.chat_id === 7);
    expect(deletions).toHaveLength(2);
    expect(deletions[0]?.at).toBeGreaterThanOrEqual(answers[1]?.at ?? Number.POSITIVE_INFINITY);
    await telegram.settled();
    expect(metrics.render()).toContain('telegram_erased_total{result="erased"} 2');
  });

  test('pictures too, each of an album', async () => {
    const { telegram, dialogue } = await scripted();
    dialogue.script = () => ({ erase: true });
    for (let i = 0; i < 3; i++) telegram.sendPhoto(7, undefined, { extra: { media_group_id: 'album' } });
    await telegram.until(() => (telegram.written(7).length === 0 ? true : undefined), 'all deleted');
    expect(telegram.count('deleteMessage')).toBe(3);
  });

  test('stays in groups, under buttons, and after two days', async () => {
    const { telegram, dialogue, metrics } = await scripted();
    dialogue.script = () => ({ erase: true });
    telegram.sendText(GROUP, '@TanyaNetralBot atasan saya memaksa', { from: 7 });
    telegram.sendText(8, 'lama', { date: Math.floor(Date.now() / 1000) - 49 * 3600 });
    telegram.pressData(9, '/topik');
    await telegram.settled();
    await telegram.messages(9, 1);
    expect(telegram.count('deleteMessage')).toBe(0);
    expect(metrics.render()).toContain('telegram_erased_total{result="late"} 1');
  });

  test('that cannot be deleted hinders nothing', async () => {
    const { telegram, dialogue, metrics, logged } = await scripted();
    dialogue.script = () => ({ erase: true });
    telegram.fail('deleteMessage', { kind: 'error', code: 400, description: 'Bad Request: atasan saya' }, 9);
    telegram.sendText(7, 'atasan saya memaksa');
    await telegram.messages(7, 1);
    await telegram.settled();
    await expect.poll(() => metrics.render()).toContain('telegram_erased_total{result="failed"} 1');
    expect(telegram.sent(7)).toHaveLength(1);
    expect(logged.join('')).not.toContain('atasan');
  });

  test('is deleted before a stop has ended', async () => {
    const { telegram, dialogue, stop } = await scripted();
    dialogue.script = () => ({ erase: true });
    telegram.fail('deleteMessage', { kind: 'delay', ms: 200 });
    telegram.sendText(7, 'atasan saya memaksa');
    await telegram.messages(7, 1);
    await stop();
    expect(telegram.written(7)).toEqual([]);
  });
});

describe('files', () => {
  test('every picture of an album comes, the later ones marked as such', async () => {
    const { telegram, dialogue } = await scripted();
    const read: Buffer[] = [];
    dialogue.script = async (incoming) => {
      read.push(Buffer.from((await fileOf(incoming)?.read(1_000)) ?? []));
      return { replies: [] };
    };
    const pictures = Array.from({ length: 4 }, () => randomBytes(100));
    for (const [i, bytes] of pictures.entries())
      telegram.send(
        7,
        {
          photo: [{ ...telegram.addFile(bytes), width: 900, height: 900 }],
          ...(i === 0 ? { caption: 'di kantor' } : {}),
        },
        { extra: { media_group_id: 'album' } },
      );
    await telegram.settled();
    expect(read.map((bytes) => bytes.toString('hex')).sort()).toEqual(pictures.map((b) => b.toString('hex')).sort());
    expect(dialogue.heard.map(({ message }) => message.kind === 'unsupported' && message.followsInAlbum)).toEqual([
      undefined,
      true,
      true,
      true,
    ]);
    expect(telegram.sent(7)).toEqual([]);
  });

  test('that the Bot API does not hand over because of their size', async () => {
    const { telegram, dialogue } = await scripted();
    const results: unknown[] = [];
    dialogue.script = async (incoming) => {
      results.push(
        await fileOf(incoming)
          ?.read(GIGABYTES)
          .catch((error: unknown) => error),
      );
      return {};
    };
    telegram.send(7, { video: { ...telegram.addFile(Buffer.alloc(20 * 1024 * 1024 + 1)), duration: 9 } });
    await telegram.messages(7, 1);
    expect(results).toMatchObject([{ name: 'FileUnavailable', why: 'too-big' }]);
    expect(telegram.count('file')).toBe(0);
  });

  test('a Bot API under a path of its own hands files over as well', async () => {
    const telegram = await FakeBotApi.start();
    const { dialogue } = await scripted({ telegram, apiRoot: `${telegram.url}/proxy/telegram` });
    const bytes = randomBytes(64);
    let read: Uint8Array | undefined;
    dialogue.script = async (incoming) => {
      read = await fileOf(incoming)?.read(100);
      return {};
    };
    telegram.send(7, { document: telegram.addFile(bytes) });
    await telegram.messages(7, 1);
    expect(Buffer.from(read ?? []).equals(bytes)).toBe(true);
  });

  test('of groups are not handed on, and groups are told apart', async () => {
    const { telegram, dialogue } = await scripted();
    telegram.sendPhoto(GROUP, '@TanyaNetralBot boleh?', { from: 7 });
    telegram.sendPhoto(7, 'boleh?');
    await telegram.settled();
    expect(dialogue.heard.map((incoming) => [incoming.private, fileOf(incoming) !== undefined]).sort()).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});

describe('something to say without being asked', () => {
  const asked = async () => {
    const bot = await scripted();
    bot.telegram.sendText(7, 'halo');
    await bot.telegram.messages(7, 1);
    await bot.telegram.settled();
    const incoming = bot.dialogue.heard[0] as Incoming;
    return { ...bot, say: () => bot.dialogue.push(incoming, [reply('Jawaban petugas.')]) };
  };

  test.each(['blocked', 'gone'] as const)('who has %s is never reached', async (how) => {
    const { telegram, say } = await asked();
    telegram.lose(7, how);
    expect(await say()).toBe('unreachable');
  });

  test.each([
    ['a flood', { kind: 'error', code: 429, retryAfter: 3_000 }],
    ['an outage', { kind: 'error', code: 502 }],
    ['a broken way', { kind: 'reset' }],
  ] as const)('%s passes: later', async (_, fault) => {
    const { telegram, say, logged } = await asked();
    telegram.fail('sendMessage', fault, 20);
    expect(await say()).toBe('later');
    expect(logged.join('')).not.toContain('Jawaban');
    telegram.faults.clear();
    expect(await say()).toBe('sent');
    expect(telegram.sent(7).at(-1)?.text).toBe('Jawaban petugas.');
  });

  test('in a group it goes to the group; after the stop nothing goes out', async () => {
    const { telegram, dialogue, stop } = await scripted();
    telegram.sendText(GROUP, '@TanyaNetralBot halo', { from: 7 });
    await telegram.messages(GROUP, 1);
    const incoming = dialogue.heard[0] as Incoming;
    expect(await dialogue.push(incoming, [reply('Jawaban petugas.')])).toBe('sent');
    expect(telegram.sent(GROUP).at(-1)?.text).toBe('Jawaban petugas.');
    await stop();
    expect(await dialogue.push(incoming, [reply('Jawaban petugas.')])).toBe('later');
    expect(telegram.sent(GROUP)).toHaveLength(2);
  });
});
