import { type BinaryNode, DisconnectReason, proto } from '@whiskeysockets/baileys';
import { describe, expect, test } from 'vitest';
import { connect, linked, start } from './linked-bot.ts';
import { MemoryAuth } from './plain-bot.ts';

describe('faults', () => {
  test('messages that came while the bot was away', async () => {
    const { server, auth, bot } = await linked();
    const ani = server.addPeer();
    await bot.upsert((await ani.sendText('halo')).id);
    await server.waitForIdle();
    server.dropConnection();
    expect(await bot.closed()).toBe(DisconnectReason.connectionClosed);
    const missed = [await ani.sendText('satu'), await ani.sendText('dua')];
    expect(server).toMatchObject({ online: false, pending: 2 });
    const again = await connect(server, auth).open();
    for (const { id } of missed) expect((await again.upsert(id)).type).toBe('append');
    await server.waitForIdle();
    expect(again.upserts.filter(({ message }) => message.key.remoteJid === ani.lid)).toHaveLength(2);
  });

  test('what had no receipt comes again; what had one does not', async () => {
    const { server, auth, bot } = await linked();
    const ani = server.addPeer();
    const seen = await ani.sendText('dilihat');
    await bot.upsert(seen.id);
    await server.waitForIdle();
    server.silence();
    const lost = await ani.sendText('hilang');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(bot.upserts.some(({ message }) => message.key.id === lost.id)).toBe(false);
    server.dropConnection();
    await bot.closed();
    const again = await connect(server, auth).open();
    await again.upsert(lost.id);
    expect(again.upserts.some(({ message }) => message.key.id === seen.id)).toBe(false);
  });

  test('silence ends when the server speaks again', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    await server.waitForIdle();
    server.silence({ pings: true });
    const sent = await ani.sendText('halo');
    expect(server.pending).toBe(1);
    const ping = {
      tag: 'iq',
      attrs: { to: '@s.whatsapp.net', type: 'get', xmlns: 'w:p' },
      content: [{ tag: 'ping', attrs: {} }],
    };
    await bot.socket.query(ping, 1000);
    server.speak();
    await bot.upsert(sent.id);
  });

  test.each([401, 403, 440, 500, 503, 515])('stream error %i', async (code) => {
    const { server, bot } = await linked();
    server.streamError(code);
    expect(await bot.closed()).toBe(code);
  });

  test.each([401, 403, 405, 411, 440, 503, 515])('login refused with %i, once', async (code) => {
    const server = await start();
    const auth = new MemoryAuth(server.linkedCredentials());
    server.failNextLogin(code);
    expect(await connect(server, auth).closed()).toBe(code);
    await connect(server, auth).open();
  });

  test('a second connection with the same credentials replaces the first', async () => {
    const { server, auth, bot } = await linked();
    await connect(server, auth).open();
    expect(await bot.closed()).toBe(DisconnectReason.connectionReplaced);
    expect(server.online).toBe(true);
  });

  test.each([463, 429])('a message refused with %i reaches nobody', async (code) => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    server.refuseNextMessage(code);
    const refused = await bot.socket.sendMessage(ani.lid, { text: 'ditolak' });
    const { messageStubParameters } = await bot.status(refused!.key.id!, proto.WebMessageInfo.Status.ERROR);
    expect(messageStubParameters).toContain(String(code));
    await bot.socket.sendMessage(ani.lid, { text: 'sampai' });
    expect(await ani.waitForMessage()).toMatchObject({ text: 'sampai' });
  });

  test('a swallowed message gets no ack', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const send = async (text: string, id: string) => {
      const ack = bot.socket.waitForMessage(id, 300);
      await bot.socket.sendMessage(ani.lid, { text }, { messageId: id });
      return ack;
    };
    server.swallowNextMessage();
    expect(await send('hilang', '3EB0AAAA')).toBeUndefined();
    expect(await send('sampai', '3EB0BBBB')).toMatchObject({ tag: 'ack' });
    expect(await ani.waitForMessage()).toMatchObject({ text: 'sampai' });
  });

  test('few prekeys left: the bot uploads more', async () => {
    const { server } = await linked();
    const before = server.preKeys.uploaded;
    server.usePreKeys(before - 3);
    await expect.poll(() => server.preKeys.uploaded).toBeGreaterThan(before);
  });
});

describe('the rest', () => {
  test('history, its LID mappings, and settings that the bot changes', async () => {
    const { server, bot } = await linked();
    await server.waitForIdle();
    const mappings = [{ lidJid: '77@lid', pnJid: '6277@s.whatsapp.net' }];
    const { INITIAL_BOOTSTRAP } = proto.HistorySync.HistorySyncType;
    await server.sendHistory({ syncType: INITIAL_BOOTSTRAP, phoneNumberToLidMappings: mappings });
    await expect.poll(() => bot.socket.signalRepository.lidMapping.getPNForLID('77@lid')).toMatch(/^6277/);
    const ani = server.addPeer();
    const { message } = await bot.upsert((await ani.sendText('hapus')).id);
    const timestamp = Number(message.messageTimestamp);
    for (let time = 0; time < 2; time += 1) {
      await bot.socket.chatModify({ deleteForMe: { key: message.key, timestamp, deleteMedia: false } }, ani.lid);
    }
    expect(server.unknownQueries).toEqual([]);
  });

  test('calls, typing, privacy tokens, old and forwarded messages', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const calls: string[] = [];
    bot.socket.ev.on('call', (events) => calls.push(...events.map(({ id, status }) => `${id} ${status}`)));
    const id = await ani.call();
    await ani.call('timeout', id);
    await expect.poll(() => calls).toEqual([`${id} offer`, `${id} timeout`]);
    const typing = new Promise((resolve) => bot.socket.ev.on('presence.update', resolve));
    await ani.typing();
    expect(await typing).toMatchObject({ id: ani.lid });
    await ani.sendPrivacyToken();
    const old = await ani.sendText('lama', { at: new Date('2026-01-01T00:00:00Z'), forwarded: true });
    const { message } = await bot.upsert(old.id);
    expect(Number(message.messageTimestamp)).toBe(1_767_225_600);
    expect(message.message?.extendedTextMessage?.contextInfo?.isForwarded).toBe(true);
    await bot.socket.sendMessage(ani.lid, { text: 'hai' });
    const { id: answer } = await ani.waitForMessage();
    const stanza = server.stanzas.find(
      ({ from, node }) => from === 'bot' && node.tag === 'message' && node.attrs.id === answer,
    );
    expect((stanza!.node.content as BinaryNode[]).map(({ tag }) => tag)).toContain('tctoken');
  });

  test('slow answers', async () => {
    const { server, bot } = await linked();
    server.delayAnswers(200);
    const begin = performance.now();
    await bot.socket.fetchBlocklist();
    expect(performance.now() - begin).toBeGreaterThan(190);
  });

  test('several hundred messages that waited arrive once each, in order', async () => {
    const { server, auth, bot } = await linked();
    await server.waitForIdle();
    bot.stop();
    await server.waitForOffline();
    const peers = Array.from({ length: 10 }, () => server.addPeer());
    const ids: string[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      for (const peer of peers) ids.push((await peer.sendText(`pesan ${turn}`)).id);
    }
    const again = await connect(server, auth).open();
    await server.waitForIdle(20_000);
    await again.upsert(ids.at(-1)!);
    expect(again.upserts.map(({ message }) => message.key.id).filter((id) => ids.includes(id!))).toEqual(ids);
  });
});
