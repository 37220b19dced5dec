import { proto } from '@whiskeysockets/baileys';
import { describe, expect, test } from 'vitest';
import { linked } from './linked-bot.ts';

describe('groups', () => {
  test.each(['lid', 'phone'] as const)('both ways, addressed by %s', async (addressing) => {
    const { server, bot } = await linked();
    const [ani, budi] = [server.addPeer({ devices: 2 }), server.addPeer()];
    const group = server.addGroup({ participants: [ani, budi], addressing });
    const bare = addressing === 'lid' ? ani.lid : ani.phone!;
    const mention = group.bot.split('@')[0];
    const sent = await ani.inGroup(group).sendText(`@${mention} halo`, { mentions: [group.bot] });
    const { message } = await bot.upsert(sent.id);
    expect(message.key).toMatchObject({ remoteJid: group.jid, participant: bare });
    expect(message.key.participantAlt).toBe(addressing === 'lid' ? ani.phone : ani.lid);
    expect(message.message?.extendedTextMessage?.contextInfo?.mentionedJid).toEqual([group.bot]);
    for (const text of ['satu', 'dua']) {
      await bot.socket.sendMessage(group.jid, { text }, { quoted: message });
      for (const peer of [ani, budi]) {
        const answer = await peer.waitForMessage();
        expect(answer).toMatchObject({ text, chat: group.jid, encryption: 'skmsg', quotedId: sent.id });
      }
    }
    await expect
      .poll(() => ani.received.map(({ devices }) => [...devices].sort()))
      .toEqual([
        [0, 1],
        [0, 1],
      ]);
    const reply = await bot.upsert((await budi.inGroup(group).reply(budi.received[0]!, 'oke')).id);
    expect(reply.message.message?.extendedTextMessage?.contextInfo).toMatchObject({ participant: group.bot });
    expect(server.unknownQueries).toEqual([]);
  });

  test('membership', async () => {
    const { server, bot } = await linked();
    const [ani, budi] = [server.addPeer(), server.addPeer()];
    const group = server.addGroup({ participants: [ani], subject: 'Kelurahan' });
    expect(await bot.socket.groupMetadata(group.jid)).toMatchObject({
      subject: 'Kelurahan',
      size: 2,
      addressingMode: 'lid',
    });
    await group.add(budi, ani);
    await bot.until(() =>
      bot.upserts.find(
        ({ message }) => message.messageStubType === proto.WebMessageInfo.StubType.GROUP_PARTICIPANT_ADD,
      ),
    );
    await bot.socket.sendMessage(group.jid, { text: 'selamat datang' });
    expect(await budi.waitForMessage()).toMatchObject({ text: 'selamat datang' });
    await group.remove('bot', ani);
    await expect(bot.socket.groupMetadata(group.jid)).rejects.toThrow();
  });
});
