/** The door for all channels, on a real SQLite file: order, pace, and exactly when an update counts as done. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/conversation/message.ts';
import type { ChannelName, Incoming, Outcome } from '../../src/dialogue/dialogue.ts';
import { chatAddress } from '../../src/store/keys.ts';
import { smallBrain } from '../support/small-brain.ts';
import { type StoredDialogue, storedDialogue } from '../support/stored-dialogue.ts';
import { tempFolder } from '../support/temp-folder.ts';

const LIKE = 'boleh menyukai unggahan calon?';
/** What the follow-up "sanksinya apa?" is answered with. */
const SANCTIONS = 'hukuman disiplin berat. (PP 94/2021';

let stored: StoredDialogue;
let outcomes: string[];
beforeEach(async () => {
  smallBrain();
  outcomes = [];
  stored = await storedDialogue(tempFolder(), {
    onOutcome: (outcome, channel) => void outcomes.push(`${channel} ${outcome}`),
  });
});
afterEach(() => stored.database.destroy());

interface Said {
  readonly chat?: string;
  readonly channel?: ChannelName;
  readonly update?: string;
}

const incoming = (text: string, { chat = 'a', channel = 'telegram', update }: Said): Incoming => ({
  channel,
  chat: chatAddress(chat),
  update,
  message: { kind: 'text', text },
});

/** What was answered, all replies as one text. */
async function say(text: string, said: Said = {}): Promise<{ outcome: Outcome; heard: string }> {
  let heard = '';
  const outcome = await stored.dialogue.receive(incoming(text, said), async (replies) => {
    heard = textOf(replies);
  });
  return { outcome, heard };
}

const textOf = (replies: readonly Reply[]) => replies.map(({ text }) => text).join('\n');

/** A delivery that waits until it is let through. */
function gate(): { open: () => void; passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

describe('a chat', () => {
  test('is remembered between two messages, also after a restart', async () => {
    expect((await say(LIKE)).heard).toContain('TIDAK BOLEH');
    expect((await say('sanksinya apa?')).heard).toContain(SANCTIONS);
    const folder = tempFolder();
    const before = await storedDialogue(folder);
    await before.dialogue.receive(incoming(LIKE, {}), async () => {});
    await before.database.destroy();
    const after = await storedDialogue(folder);
    let heard = '';
    await after.dialogue.receive(incoming('kalau PPPK?', {}), async (replies) => {
      heard = textOf(replies);
    });
    await after.database.destroy();
    expect(heard).toContain('perjanjian kerja');
  });

  test('knows nothing of another chat', async () => {
    await say(LIKE, { chat: 'a' });
    expect((await say('sanksinya apa?', { chat: 'b' })).heard).not.toContain(SANCTIONS);
  });

  test('on two channels is two chats, though the address is the same', async () => {
    await say('/saya pppk', { channel: 'telegram' });
    expect((await say(LIKE, { channel: 'telegram' })).heard).toContain('👤 PPPK');
    expect((await say(LIKE, { channel: 'web' })).heard).not.toContain('👤');
  });
});

describe('an update', () => {
  test('that comes twice is answered once', async () => {
    expect((await say(LIKE, { update: '1' })).outcome).toBe('answered');
    expect(await say(LIKE, { update: '1' })).toEqual({ outcome: 'duplicate', heard: '' });
    expect((await say(LIKE, { update: '2' })).outcome).toBe('answered');
    expect(outcomes).toEqual(['telegram answered', 'telegram duplicate', 'telegram answered']);
  });

  test('that comes twice at once is answered once', async () => {
    const both = await Promise.all([say(LIKE, { update: '1' }), say(LIKE, { update: '1' })]);
    expect(both.map(({ outcome }) => outcome)).toEqual(['answered', 'duplicate']);
  });

  test('of the same id on another channel is another update', async () => {
    await say(LIKE, { update: '1', channel: 'telegram' });
    expect((await say(LIKE, { update: '1', channel: 'whatsapp' })).outcome).toBe('answered');
  });

  test('without an id is always answered', async () => {
    await say(LIKE);
    expect((await say(LIKE)).outcome).toBe('answered');
  });

  test('whose answer could not be delivered is answered at the next delivery', async () => {
    const failing = stored.dialogue.receive(incoming(LIKE, { update: '1' }), async () => {
      throw new Error('network is down');
    });
    await expect(failing).rejects.toThrow('network is down');
    expect(outcomes).toEqual([]);
    // nor did the conversation go on: what was not delivered was not said
    expect((await say('sanksinya apa?', { update: '2' })).heard).not.toContain(SANCTIONS);
    const again = await say(LIKE, { update: '1' });
    expect(again.outcome).toBe('answered');
    expect(again.heard).toContain('TIDAK BOLEH');
  });
});

describe('several at once', () => {
  test("one chat's messages keep their order, while another chat goes by", async () => {
    const { open, passed } = gate();
    const order: string[] = [];
    const slow = stored.dialogue.receive(incoming('/saya pppk', { chat: 'slow' }), async () => {
      await passed;
      order.push('slow 1');
    });
    const second = stored.dialogue.receive(incoming(LIKE, { chat: 'slow' }), async (replies) => {
      order.push(textOf(replies).includes('👤 PPPK') ? 'slow 2, knows 1' : 'slow 2');
    });
    await stored.dialogue.receive(incoming(LIKE, { chat: 'quick' }), async () => void order.push('quick'));
    open();
    await Promise.all([slow, second]);
    expect(order).toEqual(['quick', 'slow 1', 'slow 2, knows 1']);
  });

  test('a failed message does not hold up the next', async () => {
    const failing = stored.dialogue.receive(incoming(LIKE, {}), async () => {
      throw new Error('blocked by the person');
    });
    const next = say(LIKE);
    await expect(failing).rejects.toThrow('blocked');
    expect((await next).outcome).toBe('answered');
  });

  test('idle() waits for everything that is being handled', async () => {
    await stored.dialogue.idle();
    const { open, passed } = gate();
    let delivered = false;
    const handled = stored.dialogue.receive(incoming(LIKE, {}), async () => {
      await passed;
      delivered = true;
    });
    const idle = stored.dialogue.idle().then(() => delivered);
    open();
    expect(await idle).toBe(true);
    await handled;
  });
});

describe('too many messages', () => {
  test('a burst is answered wholly and in order', async () => {
    const answered: number[] = [];
    const all = Array.from({ length: 14 }, (_, i) =>
      stored.dialogue.receive(incoming(LIKE, { update: String(i) }), async () => void answered.push(i)),
    );
    expect(new Set(await Promise.all(all))).toEqual(new Set(['answered']));
    expect(answered).toEqual(Array.from({ length: 14 }, (_, i) => i));
  });

  test('beyond the limit of a lane one "slow down" is said and the rest dropped; other chats notice nothing', async () => {
    const gates = [gate(), gate()];
    const warnings: string[] = [];
    let answers = 0;
    const send = (i: number) =>
      stored.dialogue.receive(incoming('/forged', { update: `f${i}` }), async (replies) => {
        if (textOf(replies).includes('terlalu cepat')) warnings.push(textOf(replies));
        else {
          await gates[i]?.passed;
          answers++;
        }
      });
    const flood = Array.from({ length: 70 }, (_, i) => send(i));
    expect(await Promise.all(flood.slice(60))).toEqual(Array.from({ length: 10 }, () => 'dropped'));
    expect(warnings).toHaveLength(1);
    expect((await say(LIKE, { chat: 'b' })).heard).toContain('TIDAK BOLEH');

    // whoever was told is heard again when all that waits is answered, and is not told a second time until then
    gates[0]?.open();
    expect(await flood[0]).toBe('answered');
    expect(await Promise.all([send(70), send(71)])).toEqual(['dropped', 'dropped']);
    expect(warnings).toHaveLength(1);
    gates[1]?.open();
    expect(new Set(await Promise.all(flood.slice(0, 60)))).toEqual(new Set(['answered']));
    expect(answers).toBe(60);
    // what was dropped is not done: should the platform deliver it again, it is answered
    expect((await say(LIKE, { update: 'f65' })).outcome).toBe('answered');
  });
});
