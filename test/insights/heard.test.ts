/** What the conversation tells of a message beside its replies: of questions only, and never the words of anything else. */
import { describe, expect, test } from 'vitest';
import type { Heard } from '../../src/conversation/heard.ts';
import type { Message } from '../../src/conversation/message.ts';
import { LOCAL } from '../../src/conversation/origin.ts';
import { respond } from '../../src/conversation/respond.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { newState, SESSION_EXPIRES, type State } from '../../src/conversation/state.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import { makeReceipt } from '../../src/sealing/receipt.ts';
import { chatAddress, ServerKey } from '../../src/store/keys.ts';
import { MemoryDesk } from '../support/report-desk.ts';
import { smallBrain } from '../support/small-brain.ts';
import { ConversationsInMemory } from '../support/web-services.ts';

/** Like nothing that the small rule base knows. */
const UNKNOWN = 'asn pelihara burung bergambar partai';

function chat() {
  const clock = { now: 1_000_000 };
  const desk = new MemoryDesk(() => clock.now);
  let state: State = newState();
  const take = async (message: Message): Promise<readonly Heard[]> => {
    const services = { ...smallBrain(), ...WITHOUT_REPORTS, reports: desk, now: () => clock.now };
    const answer = await respond(state, message, services, LOCAL);
    state = answer.state;
    return answer.heard;
  };
  return {
    clock,
    desk,
    take,
    say: (text: string) => take({ kind: 'text', text }),
    flow: () => state.flow.kind,
  };
}

describe('questions', () => {
  test('answered, offered and chosen, out of scope, unknown', async () => {
    const { say, flow } = chat();
    const like = { rule: 'suka-unggahan', topic: 'medsos', verdict: 'forbidden' };
    expect(await say('boleh menyukai unggahan calon?')).toEqual([{ kind: 'answered', ...like }]);
    expect(await say('cuaca besok bagaimana')).toEqual([{ kind: 'out-of-scope', outClass: 'other-subjects' }]);
    expect(await say(UNKNOWN)).toEqual([{ kind: 'unknown', text: UNKNOWN }]);
    expect(await say('kupu kupu')).toEqual([{ kind: 'offered' }]);
    expect(flow()).toBe('choosing');
    expect(await say('/aturan suka-unggahan')).toEqual([{ kind: 'chosen', ...like }]);
    // browsing is no question
    expect(await say('/aturan suka-unggahan')).toEqual([]);
  });

  test('a question under a picture counts', async () => {
    const { take } = chat();
    expect(await take({ kind: 'unsupported', what: 'photo', caption: UNKNOWN })).toEqual([
      { kind: 'unknown', text: UNKNOWN },
    ]);
  });

  test('greetings, danger, follow-ups, commands and what has no words do not', async () => {
    const { say } = chat();
    await say('boleh menyukai unggahan calon?');
    for (const text of [
      'sanksinya apa?',
      'kalau pppk?',
      'bukan ini',
      'halo',
      'saya mau dibunuh',
      '/topik',
      '!!!',
      '7',
      '',
    ])
      expect([text, await say(text)]).toEqual([text, []]);
  });
});

describe('never words that were meant for somebody else', () => {
  const words = (heard: readonly Heard[]) =>
    heard.filter((entry) => entry.kind === 'unknown' && entry.text !== undefined);

  test('at no step of a report, nor of a receipt or a question to the officers', async () => {
    const { say, flow } = chat();
    await say('/lapor');
    for (const step of [
      UNKNOWN,
      'mulai',
      UNKNOWN,
      'lewati',
      UNKNOWN,
      UNKNOWN,
      UNKNOWN,
      'selesai',
      UNKNOWN,
      'kirim',
      UNKNOWN,
    ])
      expect([flow(), words(await say(step))]).toEqual([expect.anything(), []]);
    await say('/batal');
    for (const step of ['/cek', UNKNOWN, makeReceipt(), UNKNOWN, '/batal', '/petugas', UNKNOWN, UNKNOWN])
      expect([flow(), words(await say(step))]).toEqual([expect.anything(), []]);
    expect(flow()).toBe('held');
  });

  test('not after a report has gone to sleep, and not while an answer was on its way', async () => {
    for (const command of ['/lapor', '/cek', '/petugas']) {
      const { say, clock } = chat();
      await say(command);
      clock.now += SESSION_EXPIRES + 1;
      expect([command, words(await say(UNKNOWN))]).toEqual([command, []]);
    }
    const { say, desk, flow } = chat();
    await say('/petugas');
    await say('boleh bertanya?');
    expect(flow()).toBe('held');
    desk.forced.askMore = 'gone';
    expect(await say(UNKNOWN)).toEqual([{ kind: 'unknown', text: undefined }]);
    expect(await say(UNKNOWN)).toEqual([{ kind: 'unknown', text: UNKNOWN }]);
  });

  test("not what came together with an officer's answer", async () => {
    const heard: Heard[] = [];
    let waiting = ['Sebaiknya jangan.'];
    const delivered = async () => {
      waiting = [];
    };
    const dialogue = new Dialogue({
      conversations: new ConversationsInMemory(),
      key: new ServerKey(Buffer.alloc(32, 1)),
      services: () => ({ ...smallBrain(), ...WITHOUT_REPORTS, now: Date.now }),
      waitingAnswers: async () => ({ texts: waiting, delivered }),
      onHeard: (list) => void heard.push(...list),
    });
    const say = (text: string) =>
      dialogue.receive(
        { channel: 'telegram', chat: chatAddress('a'), update: undefined, message: { kind: 'text', text } },
        async () => {},
      );
    await say(UNKNOWN);
    await say(UNKNOWN);
    expect(heard).toEqual([
      { kind: 'unknown', text: undefined },
      { kind: 'unknown', text: UNKNOWN },
    ]);
  });
});

test('what could not be delivered is heard once: when it was', async () => {
  const heard: Heard[] = [];
  const dialogue = new Dialogue({
    conversations: new ConversationsInMemory(),
    key: new ServerKey(Buffer.alloc(32, 1)),
    services: () => ({ ...smallBrain(), ...WITHOUT_REPORTS, now: Date.now }),
    onHeard: (list) => void heard.push(...list),
  });
  const incoming = {
    channel: 'telegram',
    chat: chatAddress('a'),
    update: 'u1',
    message: { kind: 'text', text: UNKNOWN },
  } as const;
  const fails = async () => {
    throw new Error('no network');
  };
  await expect(dialogue.receive(incoming, fails)).rejects.toThrow('no network');
  expect(heard).toEqual([]);
  await dialogue.receive(incoming, async () => {});
  await dialogue.receive(incoming, async () => {});
  expect(heard).toHaveLength(1);
});
