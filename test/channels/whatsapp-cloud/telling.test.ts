/** Reports over the Cloud API: files only from Meta, secret replies whole and without a copy, and what may not be said now is told apart. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Reply, reply } from '../../../src/conversation/message.ts';
import type { Incoming } from '../../../src/dialogue/dialogue.ts';
import { SQLITE } from '../../support/databases.ts';
import { FakeGraphApi } from '../../support/graph-api.ts';
import type { MediaFault } from '../../support/graph-api-media.ts';
import { type BotOptions, startBot } from '../../support/graph-api-services.ts';
import { fileOf, ScriptedDialogue } from '../../support/scripted-dialogue.ts';

const PERSON = '6281200000001';
const secret = (text: string): Reply => ({ ...reply(text), secret: true });

async function scripted(options: BotOptions = {}) {
  const dialogue = new ScriptedDialogue();
  return { dialogue, ...(await startBot({ dialogue, ...options })) };
}

describe('files', () => {
  const sent = async (bytes: Buffer, fault?: MediaFault) => {
    const bot = await scripted();
    const results: unknown[] = [];
    bot.dialogue.script = async (incoming) => {
      results.push(
        await fileOf(incoming)
          ?.read(1_000)
          .catch((error: unknown) => error),
      );
      return {};
    };
    await bot.graph.sendFile(PERSON, 'image', bytes, {}, fault);
    await bot.graph.messages(PERSON, 1, 20_000);
    return { ...bot, result: results[0] };
  };

  test('whose address has expired are asked for again', async () => {
    const bytes = randomBytes(500);
    const { result, graph } = await sent(bytes, { kind: 'expired', times: 0 });
    expect(Buffer.from(result as Uint8Array).equals(bytes)).toBe(true);
    expect(graph.media.asked).toBe(2);
    const late = await sent(bytes, { kind: 'expired', times: 2 });
    expect(Buffer.from(late.result as Uint8Array).equals(bytes)).toBe(true);
    expect(late.graph.media.asked).toBe(6);
  });

  test('the token goes nowhere but to Meta', async () => {
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(JSON.stringify(request.headers));
      response.end('x');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void stranger.close());
    const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/x`;
    for (const fault of [
      { kind: 'elsewhere', url },
      { kind: 'elsewhere', url: 'http://lookaside.fbsbx.com.evil.example/x' },
      { kind: 'elsewhere', url: 'http://lookaside.fbsbx.com/without-tls' },
      { kind: 'elsewhere', url: 'no address' },
      { kind: 'redirect', url },
    ] as const)
      expect((await sent(randomBytes(9), fault)).result, JSON.stringify(fault)).toMatchObject({ why: 'unavailable' });
    expect(heard).toEqual([]);
  }, 30_000);
});

describe('a secret reply', () => {
  test('is nowhere on disk, nor is what the person wrote', async () => {
    const { folder, stored } = await SQLITE.fresh();
    const { graph, dialogue, settled, logged } = await scripted({ folder });
    dialogue.script = () => ({ replies: [secret('bulan padi sungai'), reply('Simpan.')] });
    await graph.sendText(PERSON, 'kirim-laporan-saya');
    await settled();
    expect(graph.sent(PERSON).map(({ text }) => text)).toEqual(['bulan padi sungai', 'Simpan.']);
    for (const words of ['padi', 'kirim-laporan-saya', PERSON]) {
      expect((await stored()).includes(words)).toBe(false);
      expect(logged.join('')).not.toContain(words);
    }
  });

  test('that went out before a crash is followed by the whole of the next one', async () => {
    const { folder } = await SQLITE.fresh();
    const graph = await FakeGraphApi.start();
    onTestFinished(() => graph.stop());
    const first = await scripted({ graph, folder });
    first.dialogue.script = () => ({
      replies: [secret('resi satu'), reply('ketik kata ke-3')],
      after: () => {
        void first.stop();
        throw new Error('killed');
      },
    });
    await graph.sendText(PERSON, 'kirim');
    await graph.messages(PERSON, 2);
    await first.stop();
    const second = await scripted({ graph, folder, start: false });
    second.dialogue.script = () => ({ replies: [secret('resi dua'), reply('ketik kata ke-3')] });
    await second.channel.start();
    await second.settled();
    expect(graph.sent(PERSON).map(({ text }) => text)).toEqual([
      'resi satu',
      'ketik kata ke-3',
      'resi dua',
      'ketik kata ke-3',
    ]);
  });

  test('that is the same at the second try does not go out twice', async () => {
    const { graph, dialogue, settled } = await scripted();
    let tries = 0;
    dialogue.script = () => ({
      replies: [secret(tries < 1 ? 'resi satu' : 'resi dua')],
      after: () => {
        if (++tries < 3) throw new Error('disk full');
      },
    });
    await graph.sendText(PERSON, 'kirim');
    await settled();
    expect(graph.sent(PERSON).map(({ text }) => text)).toEqual(['resi satu', 'resi dua']);
  });
});

describe('something to say without being asked', () => {
  const asked = async (reports = true) => {
    const graph = await FakeGraphApi.start({ reports });
    onTestFinished(() => graph.stop());
    const bot = await scripted({ graph });
    await graph.sendText(PERSON, 'halo');
    await graph.messages(PERSON, 1);
    await bot.settled();
    const incoming = bot.dialogue.heard[0] as Incoming;
    return { ...bot, say: () => bot.dialogue.push(incoming, [secret('Jawaban petugas.')]) };
  };

  test.each([
    ['a day after the last message', 131047, 'later'],
    ['to who has no WhatsApp any more', 131026, 'unreachable'],
    ['with a token that is refused', 190, 'later'],
    ['that Meta refuses', 131009, 'unreachable'],
  ] as const)('%s, said at once (%s): %s', async (_, code, told) => {
    const { graph, say, logged } = await asked();
    graph.fail({ kind: 'error', status: 400, code }, 1);
    expect(await say()).toBe(told);
    expect(logged.join('')).not.toContain('Jawaban');
    expect(logged.join('')).not.toContain(PERSON);
  });

  test.each([
    ['a day after the last message', 131047, 'later'],
    ['to who has no WhatsApp any more', 131026, 'unreachable'],
    ['during a hiccup', 131000, 'later'],
  ] as const)('%s, said after it was taken (%s): %s', async (_, code, told) => {
    const { graph, say } = await asked(false);
    const pushed = say();
    const sent = await graph.messages(PERSON, 2);
    await graph.report(sent[1] as (typeof sent)[1], 'failed', [code]);
    expect(await pushed).toBe(told);
  });

  test('where Meta reports nothing, it is taken for sent', async () => {
    const { graph, say } = await asked(false);
    expect(await say()).toBe('sent');
    expect(graph.sent(PERSON).at(-1)?.text).toBe('Jawaban petugas.');
  });

  test('after the stop nothing goes out', async () => {
    const { graph, say, stop } = await asked();
    await stop();
    expect(await say()).toBe('later');
    expect(graph.sent(PERSON)).toHaveLength(1);
  });
});
