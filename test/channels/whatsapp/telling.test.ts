/** Reports over WhatsApp: secret replies leave no copy, albums come whole, and what cannot be said now is told apart. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Reply, reply } from '../../../src/conversation/message.ts';
import type { Incoming } from '../../../src/dialogue/dialogue.ts';
import { fileOf, ScriptedDialogue } from '../../support/scripted-dialogue.ts';
import { type BotOptions, startBot } from './bot.ts';

const LONG = { timeout: 10_000 };
const secret = (text: string): Reply => ({ ...reply(text), secret: true });

async function scripted(options: BotOptions = {}) {
  const dialogue = new ScriptedDialogue();
  const bot = await startBot({ dialogue, ...options });
  const copies = () => bot.database.selectFrom('whatsapp_sent').selectAll().execute();
  /** Rows of the inbox. */
  const waiting = () => bot.database.selectFrom('whatsapp_inbox').selectAll().execute();
  return { ...bot, dialogue, copies, waiting };
}

describe('a secret reply', () => {
  test('is on disk in no form, and still repeated for a phone that could not read it', async () => {
    const { server, dialogue, copies } = await scripted();
    const ani = server.addPeer();
    await ani.sendText('halo');
    await ani.waitForMessage();
    expect(await copies()).toHaveLength(1);
    dialogue.script = () => ({ replies: [secret('kata rahasia: bulan padi sungai'), reply('Simpan.')] });
    ani.failNextDecrypt();
    await ani.sendText('kirim');
    expect((await ani.waitForMessage(({ text }) => text?.includes('padi') ?? false)).text).toContain('bulan');
    await ani.waitForMessage(({ text }) => text === 'Simpan.');
    // neither it nor what was said in the same breath
    expect(await copies()).toHaveLength(1);
    const asked = server.stanzas.filter(({ from, node }) => from === 'bot' && node.tag === 'message');
    expect(asked.length).toBeGreaterThan(3);
  });

  test('is gone after a restart: who asks for a repetition gets nothing, and everything else goes on', async () => {
    const first = await scripted();
    const { server, disk } = first;
    const ani = server.addPeer();
    first.dialogue.script = () => ({ replies: [secret('kata rahasia: bulan padi sungai')] });
    await ani.sendText('halo');
    await ani.waitForMessage();
    ani.failNextDecrypt();
    await ani.sendText('kirim');
    const repeated = await ani.waitForMessage();
    const sent = () =>
      server.stanzas.filter(
        ({ from, node }) => from === 'bot' && node.attrs.id === repeated.id && node.tag === 'message',
      );
    expect(sent()).toHaveLength(2);
    const asked = server.stanzas.find(
      ({ from, node }) => from === 'server' && node.tag === 'receipt' && node.attrs.type === 'retry',
    );
    await first.stop();
    await server.waitForOffline();
    await scripted({ server, disk });
    await server.sendNode(asked!.node);
    await ani.sendText('halo lagi');
    expect((await ani.waitForMessage()).text).toBe('baik');
    expect(sent()).toHaveLength(2);
  });

  test('that is another one at the second try goes out whole, the same one does not go out twice', async () => {
    const { server, dialogue } = await scripted();
    const ani = server.addPeer();
    const turns = [
      [secret('resi satu'), reply('ketik kata satu')],
      [secret('resi dua'), reply('ketik kata satu')],
      [secret('resi dua'), reply('ketik kata satu')],
    ];
    let tries = 0;
    dialogue.script = () => ({
      replies: turns[tries] ?? [],
      after: () => {
        if (++tries < turns.length) throw new Error('disk full');
      },
    });
    await ani.sendText('kirim');
    await expect.poll(() => tries, LONG).toBe(3);
    await server.waitForIdle();
    expect(ani.received.map(({ text }) => text)).toEqual([
      'resi satu',
      'ketik kata satu',
      'resi dua',
      'ketik kata satu',
    ]);
  });

  test('that went out before a crash is followed by the whole of the next one', async () => {
    const first = await scripted();
    const { server, disk } = first;
    const ani = server.addPeer();
    first.dialogue.script = () => ({
      replies: [secret('resi satu'), reply('ketik kata ke-3')],
      after: () => {
        void first.stop();
        throw new Error('killed');
      },
    });
    await ani.sendText('kirim');
    await ani.waitForMessage(({ text }) => text === 'ketik kata ke-3');
    await first.stop();
    await server.waitForOffline();
    const dialogue = new ScriptedDialogue();
    dialogue.script = () => ({ replies: [secret('resi dua'), reply('ketik kata ke-3')] });
    await scripted({ server, disk, dialogue });
    await ani.waitForMessage(({ text }) => text === 'resi dua');
    await expect.poll(() => ani.received.length, LONG).toBe(4);
    expect(ani.received.map(({ text }) => text)).toEqual([
      'resi satu',
      'ketik kata ke-3',
      'resi dua',
      'ketik kata ke-3',
    ]);
  });
});

describe('files', () => {
  test('every picture of an album comes, the later ones marked as such, with nothing of it on disk', async () => {
    const { server, dialogue, waiting, disk } = await scripted();
    const ani = server.addPeer();
    const read: string[] = [];
    dialogue.script = async (incoming) => {
      read.push(Buffer.from((await fileOf(incoming)?.read(1_000)) ?? []).toString('hex'));
      return { replies: [] };
    };
    const pictures = Array.from({ length: 3 }, () => randomBytes(300));
    for (const bytes of pictures) {
      // the picture of an album is a picture that names the album
      const { content } = await ani.sendImage(bytes, { hold: true });
      const messageContextInfo = { messageAssociation: { parentMessageKey: { id: 'ALBUM' } } };
      await ani.sendMessage({ ...content, messageContextInfo });
    }
    await expect.poll(() => read, LONG).toEqual(pictures.map((bytes) => bytes.toString('hex')));
    expect(dialogue.heard.map(({ message }) => message.kind === 'unsupported' && message.followsInAlbum)).toEqual([
      undefined,
      true,
      true,
    ]);
    await expect.poll(waiting, LONG).toEqual([]);
    expect(ani.received).toEqual([]);
    expect(disk.folder).not.toBe('');
  });

  test('of groups are not handed on, and groups are told apart', async () => {
    const { server, dialogue } = await scripted();
    const ani = server.addPeer();
    const group = server.addGroup({ participants: [ani] });
    const { bot } = group;
    await ani.inGroup(group).sendText(`@${bot.replace(/@.*/, '')} halo`, { mentions: [bot] });
    const answer = await ani.waitForMessage();
    await ani.inGroup(group).sendImage(randomBytes(9), { quoting: answer, caption: 'lihat' });
    await ani.waitForMessage();
    expect(dialogue.heard.map((incoming) => [incoming.private, fileOf(incoming)])).toEqual([
      [false, undefined],
      [false, undefined],
    ]);
    expect(dialogue.heard[1]?.message).toMatchObject({ kind: 'unsupported', caption: 'lihat' });
  });
});

describe('something to say without being asked', () => {
  const asked = async () => {
    const bot = await scripted();
    const ani = bot.server.addPeer();
    await ani.sendText('halo');
    await ani.waitForMessage();
    const incoming = bot.dialogue.heard[0] as Incoming;
    // the chat is a pseudonym already, so the way back is told beside it
    expect(incoming.chat).not.toContain('@');
    expect(incoming.address).toBe(ani.lid);
    return { ...bot, ani, say: () => bot.dialogue.push(incoming, [secret('Jawaban petugas.')]) };
  };

  test('goes out and leaves no copy', async () => {
    const { ani, say, copies } = await asked();
    const before = (await copies()).length;
    expect(await say()).toBe('sent');
    expect((await ani.waitForMessage()).text).toBe('Jawaban petugas.');
    expect(await copies()).toHaveLength(before);
  });

  test.each([
    [463, 'later'],
    [479, 'later'],
    [404, 'unreachable'],
  ] as const)('WhatsApp refuses with %s: %s', async (code, told) => {
    const { server, say, ani } = await asked();
    server.refuseNextMessage(code);
    expect(await say()).toBe(told);
    expect(await say()).toBe('sent');
    expect((await ani.waitForMessage()).text).toBe('Jawaban petugas.');
  });

  test('without a connection it waits for nothing: later', async () => {
    const { server, say } = await asked();
    server.failNextLogin(503, 100);
    server.dropConnection();
    await server.waitForOffline();
    expect(await say()).toBe('later');
  });

  test('after the stop nothing goes out', async () => {
    const { say, stop, ani } = await asked();
    await stop();
    expect(await say()).toBe('later');
    expect(ani.received).toHaveLength(1);
  });
});
