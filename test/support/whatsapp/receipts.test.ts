import { proto } from '@whiskeysockets/baileys';
import { describe, expect, test } from 'vitest';
import { linked, textOf } from './linked-bot.ts';

describe('receipts and retries', () => {
  test('the bot confirms, people confirm and read', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const sent = await ani.sendText('halo');
    expect(await sent.waitForReceipt()).toMatchObject({ to: ani.lid });
    const { message } = await bot.upsert(sent.id);
    await bot.socket.readMessages([message.key]);
    expect(await sent.waitForReceipt('read')).toMatchObject({ id: sent.id });
    await bot.socket.sendMessage(ani.lid, { text: 'hai' });
    const answer = await ani.waitForMessage();
    const { DELIVERY_ACK, READ } = proto.WebMessageInfo.Status;
    await bot.status(answer.id, DELIVERY_ACK);
    await ani.markRead(answer);
    await bot.status(answer.id, READ);
  });

  test('a message that the bot cannot read comes again', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const sent = await ani.sendText('halo', { corrupt: true });
    expect(await sent.waitForReceipt('retry')).toBeTruthy();
    const { message } = await bot.until(() =>
      bot.upserts.find((upsert) => upsert.message.key.id === sent.id && textOf(upsert.message.message)),
    );
    expect(textOf(message.message)).toBe('halo');
    await server.waitForIdle();
  });

  test('the same in a group', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const group = server.addGroup({ participants: [ani] });
    const sent = await ani.inGroup(group).sendText('halo', { corrupt: true });
    await bot.until(() =>
      bot.upserts.find((upsert) => upsert.message.key.id === sent.id && textOf(upsert.message.message)),
    );
    const next = await ani.inGroup(group).sendText('lagi');
    expect(textOf((await bot.upsert(next.id)).message.message)).toBe('lagi');
  });

  test.each([1, 2])('a peer with %i devices asks the bot for a repetition', async (devices) => {
    const { server, bot } = await linked();
    const ani = server.addPeer({ devices });
    ani.failNextDecrypt();
    const sent = await bot.socket.sendMessage(ani.lid, { text: 'hai' });
    expect(await ani.waitForMessage()).toMatchObject({ id: sent!.key.id, text: 'hai', encryption: 'pkmsg' });
    await bot.socket.sendMessage(ani.lid, { text: 'lagi' });
    expect(await ani.waitForMessage()).toMatchObject({ text: 'lagi' });
  });

  test('in a group too', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    const group = server.addGroup({ participants: [ani] });
    await bot.socket.sendMessage(group.jid, { text: 'satu' });
    await ani.waitForMessage();
    ani.failNextDecrypt();
    await bot.socket.sendMessage(group.jid, { text: 'dua' });
    expect(await ani.waitForMessage()).toMatchObject({ text: 'dua', chat: group.jid });
  });

  test('duplicates, and messages out of order', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    await bot.upsert((await ani.sendText('mulai')).id);
    await bot.socket.sendMessage(ani.lid, { text: 'ya' });
    await ani.waitForMessage();
    const late = await ani.sendText('terlambat', { hold: true });
    const early = await ani.sendText('duluan');
    await bot.upsert(early.id);
    late.deliver();
    expect(textOf((await bot.upsert(late.id)).message.message)).toBe('terlambat');
    late.deliver();
    // the key was used up: Baileys asks for a repetition, and gets it
    expect(await late.waitForReceipt('retry')).toBeTruthy();
    const copies = () =>
      bot.upserts.filter(({ message }) => message.key.id === late.id && textOf(message.message) === 'terlambat');
    await bot.until(() => (copies().length === 2 ? true : undefined));
    await server.waitForIdle();
  });

  test('somebody gets a new phone', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer();
    await bot.upsert((await ani.sendText('lama')).id);
    await bot.socket.sendMessage(ani.lid, { text: 'ya' });
    await ani.waitForMessage();
    await ani.reinstall();
    await bot.upsert((await ani.sendText('baru')).id);
    await bot.socket.sendMessage(ani.lid, { text: 'masih di sini' });
    expect(await ani.waitForMessage()).toMatchObject({ text: 'masih di sini' });
  });
});
