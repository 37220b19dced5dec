/** People on Telegram: the unchanged channel over real HTTP against the fake Bot API, with the real rule base. */
import fastify from 'fastify';
import { pino } from 'pino';
import { openTelegram } from '../../../src/channels/telegram/telegram.ts';
import { Metrics } from '../../../src/operations/metrics.ts';
import { FakeBotApi } from '../bot-api.ts';
import { realBrain } from '../brain.ts';
import { sentBytes } from '../sent-file.ts';
import { QUICK } from '../telegram-services.ts';
import type { Driver, Heard } from '../transcript.ts';
import type { ChannelUnderTest } from './channel.ts';
import { dialogueWithOfficers } from './officers.ts';

export async function openTelegramDriver(): Promise<ChannelUnderTest> {
  const brain = await realBrain();
  const api = await FakeBotApi.start({ record: false });
  let shift = 0;
  const office = await dialogueWithOfficers(brain, () => Date.now() + shift);
  // what the conversation wishes is heard on its way to the channel
  let wished = false;
  const receive = office.dialogue.receive.bind(office.dialogue);
  office.dialogue.receive = (incoming, deliver) =>
    receive(incoming, async (replies, wishes) => {
      wished = wishes.erase;
      await deliver(replies, wishes);
    });
  const web = fastify();
  const log = pino({ level: 'silent' });
  const config = { token: api.token, apiRoot: api.url, webhook: undefined };
  const channel = await openTelegram({
    config,
    dialogue: office.dialogue,
    services: () => brain,
    web,
    log,
    metrics: new Metrics(),
    timing: QUICK,
  });
  await channel.start();
  let people = 1_000;
  return {
    driver(): Driver {
      const chat = people++;
      const hear = async (act: () => unknown): Promise<Heard> => {
        const before = api.sent(chat).length;
        const standing = new Set(api.written(chat));
        wished = false;
        await act();
        await api.settled();
        // where it is wished, whatever the person has just written goes
        const gone = () => api.written(chat).every((id) => standing.has(id)) || undefined;
        const erased = wished && (await api.until(gone, 'the message taken off the chat'));
        const sent = api.sent(chat).slice(before);
        return {
          text: sent.map(({ text }) => text).join('\n'),
          erased,
          choices: sent.flatMap(({ rows }) => rows.flat().map((button) => ({ label: button.text, send: button.data }))),
        };
      };
      return {
        say: (text) => hear(() => api.sendText(chat, text.slice(0, 100_000))),
        press: ({ send }) => hear(() => api.pressData(chat, send)),
        files: true,
        send: (kind) =>
          hear(async () => {
            const bytes = await sentBytes(kind);
            api.send(chat, content(kind, bytes ? api.addFile(bytes) : FILE));
          }),
        edit: (text) => hear(() => api.sendText(chat, text, { editOf: 1 })),
        wait: (hours) => {
          shift += hours * 3_600_000;
        },
        ...office.acts(hear),
        pushes: true,
      };
    },
    async close() {
      await channel.stop();
      await api.stop();
      await office.close();
    },
  };
}

const FILE = { file_id: 'f', file_unique_id: 'u' };
const content = (kind: 'photo' | 'voice' | 'sticker' | 'location' | 'document', file: object) =>
  ({
    photo: { photo: [{ ...file, width: 90, height: 90 }] },
    voice: { voice: { ...file, duration: 3 } },
    sticker: { sticker: { ...FILE, width: 9, height: 9, type: 'regular', is_animated: false, is_video: false } },
    location: { location: { latitude: -6, longitude: 106 } },
    document: { document: { ...file } },
  })[kind];
