/** What a person sees in a private chat. */
import { describe, expect, test } from 'vitest';
import { QUESTION } from '../../support/telegram-services.ts';
import { type RunningBot, startBot } from './bot.ts';

const LONG = { timeout: 5_000 };

const counted = (bot: RunningBot, line: string) => expect.poll(() => bot.metrics.render(), LONG).toContain(line);
/** The inbox holds nothing any more. */
const empty = (bot: RunningBot) =>
  expect.poll(() => bot.database.selectFrom('whatsapp_inbox').select('id').execute(), LONG).toEqual([]);

describe('questions and menus', () => {
  test('a question is answered with the card and numbered choices, after "typing"', async () => {
    const bot = await startBot();
    const { server } = bot;
    const ani = server.addPeer({ name: 'Ani' });
    await ani.sendText(QUESTION);
    const answer = await ani.waitForMessage();
    expect(answer.text).toContain('*TIDAK BOLEH*');
    expect(answer.text).toMatch(/\n1\. .+\n2\. /);
    expect(answer.chat).toBe(ani.lid);
    expect(answer.quotedId).toBeUndefined();
    expect(server.presences.filter(({ type }) => type === 'composing')).toHaveLength(1);
    await counted(bot, 'whatsapp_messages_total{result="answered"} 1');
    await server.waitForIdle();
    expect(server.unknownQueries).toEqual([]);
    expect(server.presences.map(({ type }) => type)).not.toContain('available');
    await empty(bot);
  });

  test.each([
    ['its number', '1'],
    ['its words', 'Sanksi & dasar'],
    ['a near miss', 'sangsi & dasar'],
  ])('a choice is taken by %s', async (_, words) => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText(QUESTION);
    expect((await ani.waitForMessage()).text).toContain('1. Sanksi & dasar');
    await ani.sendText(words);
    expect((await ani.waitForMessage()).text).toMatch(/Sanksi/);
    expect(ani.received).toHaveLength(2);
  });

  test('several people at once, several messages each: every one answered, in order', async () => {
    const { server } = await startBot();
    const people = Array.from({ length: 5 }, () => server.addPeer());
    for (const person of people) for (const words of [QUESTION, '/topik', '/bantuan']) await person.sendText(words);
    for (const person of people) {
      expect((await person.waitForMessage(undefined, 15_000)).text).toContain('TIDAK BOLEH');
      await person.waitForMessage(undefined, 15_000);
      await person.waitForMessage(undefined, 15_000);
      expect(person.received).toHaveLength(3);
    }
  });
});

describe('addresses', () => {
  test('someone who writes by number is answered there, and is the same person by LID', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText(QUESTION, { addressing: 'phone', withoutAlternate: true });
    expect((await ani.waitForMessage()).text).toContain('1. Sanksi & dasar');
    // by both: from now on they are known as one
    await ani.sendText('1', { addressing: 'lid' });
    expect((await ani.waitForMessage()).text).toMatch(/Sanksi/);
    await ani.sendText(QUESTION, { addressing: 'lid', withoutAlternate: true });
    await ani.waitForMessage();
    await ani.sendText('1', { addressing: 'phone' });
    expect((await ani.waitForMessage()).text).toMatch(/Sanksi/);
  });

  test('a number that is hidden is never needed', async () => {
    const { server } = await startBot();
    const ani = server.addPeer({ phone: null });
    await ani.sendText(QUESTION);
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
  });

  test('all devices of a person, and of the owner, can read the answer', async () => {
    const { server } = await startBot();
    const ani = server.addPeer({ devices: 3 });
    await ani.sendText(QUESTION, { device: 2 });
    const answer = await ani.waitForMessage();
    await expect.poll(() => answer.devices.length, LONG).toBe(3);
    expect((await server.owner.waitForMessage()).text).toBe(answer.text);
  });

  test('no number, no LID and no text is in the log, nor on disk', async () => {
    const bot = await startBot();
    const ani = bot.server.addPeer({ name: 'Ani Rahasia' });
    await ani.sendText(QUESTION);
    await ani.waitForMessage();
    await empty(bot);
    await bot.stop();
    const { readdirSync, readFileSync } = await import('node:fs');
    const disk = readdirSync(bot.disk.folder).map((name) => readFileSync(`${bot.disk.folder}/${name}`));
    const everything = Buffer.concat([...disk, Buffer.from(bot.logged.join('') + bot.shown.join(''))]);
    for (const secret of [ani.lid, ani.phone!, QUESTION, 'TIDAK BOLEH', 'Ani Rahasia'])
      expect(everything.includes(secret.replace(/@.*/, '')), secret).toBe(false);
  });
});

describe('kinds of messages', () => {
  test('edited, disappearing and view-once texts are read', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    const first = await ani.sendText('/topik');
    await ani.waitForMessage();
    await ani.edit(first, QUESTION);
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
    await ani.sendText(QUESTION, { ephemeral: 86_400 });
    const answer = await ani.waitForMessage();
    expect(answer.text).toContain('TIDAK BOLEH');
    expect(answer.message.extendedTextMessage?.contextInfo?.expiration).toBe(86_400);
    await ani.sendMessage({ imageMessage: { caption: QUESTION } }, { viewOnce: true });
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
    expect(ani.received).toHaveLength(4);
  });

  test('pictures, voices and the like are answered kindly; an album once', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendImage(Buffer.from('picture'));
    expect((await ani.waitForMessage()).text).toMatch(/hanya bisa membaca tulisan/);
    await ani.sendAudio(Buffer.from('voice'));
    expect((await ani.waitForMessage()).text).toMatch(/pesan suara/);
    for (const content of [
      { stickerMessage: {} },
      { locationMessage: { degreesLatitude: 1, degreesLongitude: 2 } },
      { contactMessage: { displayName: 'X' } },
    ]) {
      await ani.sendMessage(content);
      expect((await ani.waitForMessage()).text).toMatch(/hanya bisa membaca/);
    }
    const picture = {
      imageMessage: {},
      messageContextInfo: { messageAssociation: { parentMessageKey: { id: 'ALBUM' } } },
    };
    for (let i = 0; i < 3; i++) await ani.sendMessage(picture);
    await ani.sendText(QUESTION);
    await ani.waitForMessage(({ text }) => text?.includes('TIDAK BOLEH') ?? false);
    expect(ani.received).toHaveLength(7);
  });

  test('own messages, reactions, deletions, stories, channels and old messages are ignored', async () => {
    const bot = await startBot();
    const { server } = bot;
    const ani = server.addPeer();
    await server.owner.sendText(ani, QUESTION);
    await server.owner.sendText(server.owner, QUESTION);
    const first = await ani.sendText('/topik');
    const menu = await ani.waitForMessage();
    await ani.react(menu, '👍');
    await ani.revoke(first);
    await ani.sendStatus(QUESTION);
    await server.sendNewsletter('120363@newsletter', QUESTION);
    await ani.sendText(QUESTION, { at: new Date(Date.now() - 30 * 3_600_000) });
    await ani.sendText('/bantuan');
    await ani.waitForMessage();
    await server.waitForIdle();
    expect(ani.received).toHaveLength(2);
    expect(server.owner.received).toHaveLength(2);
    await counted(bot, 'whatsapp_ignored_total{why="old"}');
  });

  test('the same stanza twice, and the same message again under its id, are answered once', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    const sent = await ani.sendText(QUESTION);
    await ani.waitForMessage();
    sent.deliver();
    await sent.resend();
    await sent.resend();
    await ani.sendText('/topik');
    await ani.waitForMessage(({ text }) => !text?.includes('TIDAK BOLEH'));
    await server.waitForIdle();
    expect(ani.received).toHaveLength(2);
  });

  test('a damaged message is asked for again, and answered', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText('/topik');
    await ani.waitForMessage();
    await ani.sendText(QUESTION, { corrupt: true });
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
    expect(ani.received).toHaveLength(2);
  });

  test('messages out of order are both answered', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText('/topik');
    await ani.waitForMessage();
    const late = await ani.sendText('/bantuan', { hold: true });
    await ani.sendText(QUESTION);
    await ani.waitForMessage();
    late.deliver();
    await ani.waitForMessage();
    expect(ani.received).toHaveLength(3);
  });

  test('far too long a text is answered, and a flood of symbols too', async () => {
    const { server } = await startBot();
    const ani = server.addPeer();
    await ani.sendText('panjang '.repeat(8_000));
    expect((await ani.waitForMessage()).text).not.toBe('');
    await ani.sendText('*_~`*'.repeat(20));
    expect((await ani.waitForMessage()).text).not.toBe('');
  });
});

describe('while we were away', () => {
  test('what came meanwhile (append) is answered after connecting', async () => {
    const bot = await startBot();
    const { server } = bot;
    const ani = server.addPeer();
    await bot.stop();
    await server.waitForOffline();
    await ani.sendText(QUESTION);
    await ani.sendText('/topik');
    await startBot({ server, disk: bot.disk });
    expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
    await ani.waitForMessage();
    await server.waitForIdle();
    expect(ani.received).toHaveLength(2);
  });

  test('a phone that asks for a repetition after our restart gets it', async () => {
    const bot = await startBot();
    const { server } = bot;
    const ani = server.addPeer();
    await ani.sendText('/topik');
    await ani.waitForMessage();
    ani.failNextDecrypt();
    await ani.sendText(QUESTION);
    const answer = await ani.waitForMessage();
    expect(answer.text).toContain('TIDAK BOLEH');
    const sent = () =>
      server.stanzas.filter(
        ({ from, node }) => from === 'bot' && node.tag === 'message' && node.attrs.id === answer.id,
      );
    expect(sent()).toHaveLength(2);
    const asked = server.stanzas.find(
      ({ from, node }) => from === 'server' && node.tag === 'receipt' && node.attrs.type === 'retry',
    );
    await bot.stop();
    await server.waitForOffline();
    // the new process has nothing in memory
    await startBot({ server, disk: bot.disk });
    await server.sendNode(asked!.node);
    await expect.poll(() => sent().length, LONG).toBeGreaterThanOrEqual(3);
  });
});

describe('groups', () => {
  test.each(['lid', 'phone'] as const)(
    'heard only when mentioned or answered, quoting the question (%s)',
    async (addressing) => {
      const { server } = await startBot();
      const [ani, budi] = [server.addPeer(), server.addPeer()];
      const group = server.addGroup({ participants: [ani, budi], addressing });
      const inGroup = ani.inGroup(group);
      await inGroup.sendText(QUESTION);
      const bot = group.bot;
      const asked = await inGroup.sendText(`@${bot.replace(/@.*/, '')} ${QUESTION}`, { mentions: [bot] });
      const answer = await ani.waitForMessage();
      expect(answer.text).toContain('TIDAK BOLEH');
      expect(answer.chat).toBe(group.jid);
      expect(answer.quotedId).toBe(asked.id);
      expect((await budi.waitForMessage()).text).toBe(answer.text);
      await inGroup.reply(answer, '1');
      expect((await ani.waitForMessage()).text).toMatch(/Sanksi/);
      // another person's answer to the same card is a conversation of its own
      await budi.inGroup(group).reply(asked, '1');
      await ani.sendText('/topik');
      await ani.waitForMessage(({ chat }) => chat === ani.lid);
      expect(ani.received).toHaveLength(3);
    },
  );
});
