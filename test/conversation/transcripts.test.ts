/** The transcripts on the conversation core: the dialogue with the real reports, without a platform. The channels play the same files. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, test } from 'vitest';
import type { Message, Reply } from '../../src/conversation/message.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { chatAddress, ServerKey } from '../../src/store/keys.ts';
import { realBrain } from '../support/brain.ts';
import { type TestReports, testReports } from '../support/reports.ts';
import { sentFile } from '../support/sent-file.ts';
import { MemoryConversations } from '../support/telegram-services.ts';
import { type Driver, type Heard, play, type Transcript, transcripts } from '../support/transcript.ts';

let brain: Brain;
beforeAll(async () => {
  brain = await realBrain();
});

const open: TestReports[] = [];
afterEach(async () => {
  for (const reports of open.splice(0)) await reports.close();
});

const CHANNEL = 'telegram';
const CHAT = chatAddress('12345');

const heardOf = (replies: readonly Reply[], erased: boolean): Heard => ({
  text: replies.map(({ text }) => text).join('\n'),
  choices: replies.flatMap(({ choices }) => choices),
  erased,
});

async function coreDriver({ officers }: Transcript): Promise<Driver> {
  let now = Date.UTC(2026, 10, 21);
  let group = false;
  let updates = 0;
  const conversations = new MemoryConversations();
  const key = new ServerKey(randomBytes(32));
  // only where they are played: a database for each of the other transcripts would be nothing but time
  const reports = officers
    ? await testReports({ now: () => now, tell: (channel, address, text) => dialogue.tell(channel, address, text) })
    : undefined;
  if (reports) open.push(reports);
  const services = () => ({ ...brain, ...(reports?.services ?? WITHOUT_REPORTS), now: () => now });
  const start = () => new Dialogue({ conversations, key, services });
  let told: Heard = { text: '', choices: [] };
  let dialogue = start();
  const listen = () =>
    dialogue.register(CHANNEL, async (_address, replies) => {
      told = heardOf(replies, false);
      return 'sent';
    });
  listen();
  const hear = async (message: Message): Promise<Heard> => {
    let heard: Heard = { text: '', choices: [] };
    const update = String(++updates);
    await dialogue.receive(
      { channel: CHANNEL, chat: CHAT, update, private: !group, message },
      async (replies, wishes) => {
        heard = heardOf(replies, wishes.erase);
      },
    );
    now += 1000;
    return heard;
  };
  return {
    say: (text) => hear({ kind: 'text', text }),
    press: ({ send }) => hear({ kind: 'text', text: send }),
    files: true,
    send: async (what) => hear(await sentFile(what)),
    edit: (text) => hear({ kind: 'edited', text }),
    wait: (hours) => {
      now += hours * 3_600_000;
    },
    group: () => {
      group = true;
    },
    restart: async () => {
      reports?.restart();
      dialogue = start();
      listen();
    },
    pushes: true,
    officers: async () => {},
    officer: async (text) => {
      told = { text: '', choices: [] };
      await reports?.answer(text);
      return told;
    },
    office: async (act) => reports?.act(act),
  };
}

describe('transcripts on the conversation core', () => {
  for (const [name, entry] of transcripts) test(name, async () => play(entry, await coreDriver(entry)));
});
