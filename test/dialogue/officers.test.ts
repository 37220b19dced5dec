/** Officers' answers on their way into chats, and what a channel is told besides the replies. On a real SQLite file. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/conversation/message.ts';
import type { Incoming, Told, Wishes } from '../../src/dialogue/dialogue.ts';
import { chatAddress } from '../../src/store/keys.ts';
import { MemoryDesk } from '../support/report-desk.ts';
import { smallBrain } from '../support/small-brain.ts';
import { type StoredDialogue, storedDialogue } from '../support/stored-dialogue.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LIKE = 'boleh menyukai unggahan calon?';

let desk: MemoryDesk;
let stored: StoredDialogue;
/** Answers that wait for the person to write. */
let waiting: string[];
beforeEach(async () => {
  smallBrain();
  desk = new MemoryDesk();
  waiting = [];
  stored = await storedDialogue(tempFolder(), {
    reports: desk,
    waitingAnswers: async () => ({
      texts: [...waiting],
      delivered: async () => {
        waiting = [];
      },
    }),
  });
});
afterEach(() => stored.database.destroy());

interface Heard {
  readonly replies: readonly Reply[];
  readonly text: string;
  readonly wishes: Wishes | undefined;
}

async function say(text: string, more: Partial<Incoming> = {}): Promise<Heard> {
  let heard: Heard = { replies: [], text: 'nothing was delivered', wishes: undefined };
  const incoming: Incoming = {
    channel: 'whatsapp',
    chat: chatAddress('person-7'),
    update: undefined,
    message: { kind: 'text', text },
    ...more,
  };
  await stored.dialogue.receive(incoming, async (replies, wishes) => {
    heard = { replies, text: replies.map((entry) => entry.text).join('\n'), wishes };
  });
  return heard;
}

/** What a channel's sender was given. */
function listen(told: Told = 'sent'): Array<{ address: string; text: string; secret: boolean }> {
  const sent: Array<{ address: string; text: string; secret: boolean }> = [];
  stored.dialogue.register('whatsapp', async (address, replies) => {
    sent.push({
      address,
      text: replies.map((entry) => entry.text).join('\n'),
      secret: replies.some((entry) => entry.secret === true),
    });
    return told;
  });
  return sent;
}

/** Somebody asks the officers; gives back what an answer needs to find the chat. */
async function asked(more: Partial<Incoming> = {}): Promise<string> {
  await say('/petugas', more);
  expect((await say('bolehkah saya jadi saksi di TPS', more)).text).toContain('Sudah diteruskan');
  return desk.addresses.at(-1) ?? '';
}

describe("an officer's answer", () => {
  test('goes to the address that the channel gave, and the bot answers there again', async () => {
    const sent = listen();
    const address = await asked({ address: chatAddress('jid-7@server') });
    expect((await say(LIKE)).text).toBe('');
    expect(await stored.dialogue.tell('whatsapp', address, 'Tidak boleh.')).toBe('sent');
    expect(sent).toEqual([{ address: 'jid-7@server', text: expect.stringContaining('Tidak boleh.'), secret: true }]);
    desk.questions.clear();
    expect((await say(LIKE)).text).toContain('TIDAK BOLEH');
  });

  test('goes to the chat itself where the channel gave no other address', async () => {
    const sent = listen();
    await stored.dialogue.tell('whatsapp', await asked(), 'Boleh.');
    expect(sent.map(({ address }) => address)).toEqual(['person-7']);
  });

  test('waits where the channel is off, or cannot send now; the officer keeps the chat', async () => {
    const address = await asked();
    expect(await stored.dialogue.tell('telegram', address, 'x')).toBe('later');
    const sent = listen('later');
    expect(await stored.dialogue.tell('whatsapp', address, 'x')).toBe('later');
    expect(sent).toHaveLength(1);
    expect((await say(LIKE)).text).toBe('');
  });

  test('that can never arrive gives the chat back all the same', async () => {
    listen('unreachable');
    expect(await stored.dialogue.tell('whatsapp', await asked(), 'x')).toBe('unreachable');
    expect((await say(LIKE)).text).toContain('TIDAK BOLEH');
  });

  test('whose sending fails is told so, and nothing has changed', async () => {
    const address = await asked();
    stored.dialogue.register('whatsapp', async () => {
      throw new Error('network is down');
    });
    await expect(stored.dialogue.tell('whatsapp', address, 'x')).rejects.toThrow('network is down');
    expect((await say(LIKE)).text).toBe('');
  });

  test('is not lost where the state cannot be stored after it: it is not sent twice', async () => {
    const sent = listen();
    const address = await asked();
    stored.conversations.save = async () => {
      throw new Error('the disk is full');
    };
    expect(await stored.dialogue.tell('whatsapp', address, 'x')).toBe('sent');
    expect(sent).toHaveLength(1);
  });

  test('does not end a report that was begun meanwhile', async () => {
    listen();
    const address = await asked();
    await say('/selesai');
    await say('lapor');
    await say('mulai');
    await stored.dialogue.tell('whatsapp', address, 'terlambat');
    expect((await say('camat memasang baliho partai')).text).toContain('Tercatat');
  });

  test('keeps its turn behind a message of the same chat', async () => {
    const order: string[] = [];
    const address = await asked();
    stored.dialogue.register('whatsapp', async () => {
      order.push('answer');
      return 'sent';
    });
    const { promise: passed, resolve: open } = Promise.withResolvers<void>();
    const incoming = { channel: 'whatsapp', chat: chatAddress('person-7'), update: undefined } as const;
    const message = { kind: 'text', text: 'masih menunggu' } as const;
    const busy = stored.dialogue.receive({ ...incoming, message }, async () => {
      await passed;
      order.push('message');
    });
    const telling = stored.dialogue.tell('whatsapp', address, 'x');
    open();
    await Promise.all([busy, telling]);
    expect(order).toEqual(['message', 'answer']);
  });

  test('that waited comes before what is answered to the next message, and is marked as delivered after it', async () => {
    await asked();
    waiting = ['Jawaban yang menunggu.'];
    const incoming: Incoming = {
      channel: 'whatsapp',
      chat: chatAddress('person-7'),
      update: undefined,
      message: { kind: 'text', text: LIKE },
    };
    const failing = stored.dialogue.receive(incoming, async () => {
      throw new Error('network is down');
    });
    await expect(failing).rejects.toThrow('network is down');
    expect(waiting).toHaveLength(1);

    const heard = await say(LIKE);
    expect(heard.text).toMatch(/Jawaban yang menunggu\.[\s\S]*TIDAK BOLEH/);
    expect(heard.replies[0]?.secret).toBe(true);
    expect(waiting).toEqual([]);
    expect((await say(LIKE)).text).not.toContain('menunggu');
  });

  test('is shown in pieces that every platform takes, and its stars are not our bold', async () => {
    const sent = listen();
    const text = `**penting** ${'kata '.repeat(1_500)}`;
    await stored.dialogue.tell('whatsapp', await asked(), text);
    expect(sent[0]?.text).toContain('penting kata kata');
    expect(sent[0]?.text.match(/kata/g)).toHaveLength(1_500);
  });
});

describe('a channel is told', () => {
  test('to take off the chat what was written in a report, and nothing else', async () => {
    const erased: Array<[string, boolean | undefined]> = [];
    for (const text of [LIKE, 'lapor', 'mulai', 'camat memasang baliho', 'batal', 'ya', LIKE])
      erased.push([text, (await say(text)).wishes?.erase]);
    expect(erased).toEqual([
      [LIKE, false],
      ['lapor', true],
      ['mulai', true],
      ['camat memasang baliho', true],
      ['batal', true],
      ['ya', true],
      [LIKE, false],
    ]);
  });

  test('nothing to erase in a group, where nothing is taken either', async () => {
    const group = { private: false, chat: chatAddress('group:person-7') };
    for (const text of ['lapor', '/lapor mulai', 'camat memasang baliho', 'cek laporan'])
      expect((await say(text, group)).wishes).toEqual({ erase: false });
    expect(desk.drafts.size).toBe(0);
  });

  test('of silence too: an update that is not answered is done', async () => {
    await asked();
    expect((await say('masih menunggu', { update: '9' })).replies).toEqual([]);
    expect((await say('masih menunggu', { update: '9' })).text).toBe('nothing was delivered');
    expect([...desk.questions.values()]).toEqual([['bolehkah saya jadi saksi di TPS', 'masih menunggu']]);
  });
});
