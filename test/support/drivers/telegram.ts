/** People on Telegram: the unchanged channel over real HTTP against the fake Bot API, with the real rule base. */
import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { pino } from 'pino';
import { openTelegram } from '../../../src/channels/telegram/telegram.ts';
import { Dialogue } from '../../../src/dialogue/dialogue.ts';
import { Metrics } from '../../../src/operations/metrics.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { FakeBotApi } from '../bot-api.ts';
import { realBrain } from '../brain.ts';
import { MemoryConversations, QUICK } from '../telegram-services.ts';
import type { Driver, Heard } from '../transcript.ts';
import type { ChannelUnderTest } from './channel.ts';

export async function openTelegramDriver(): Promise<ChannelUnderTest> {
  const brain = await realBrain();
  const api = await FakeBotApi.start({ record: false });
  let shift = 0;
  const services = () => ({ ...brain, now: () => Date.now() + shift });
  const dialogue = new Dialogue({
    conversations: new MemoryConversations(),
    key: new ServerKey(randomBytes(32)),
    services,
  });
  const web = fastify();
  const log = pino({ level: 'silent' });
  const config = { token: api.token, apiRoot: api.url, webhook: undefined };
  const channel = await openTelegram({
    config,
    dialogue,
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
        act();
        await api.settled();
        const sent = api.sent(chat).slice(before);
        return {
          text: sent.map(({ text }) => text).join('\n'),
          choices: sent.flatMap(({ rows }) => rows.flat().map((button) => ({ label: button.text, send: button.data }))),
        };
      };
      return {
        say: (text) => hear(() => api.sendText(chat, text.slice(0, 100_000))),
        press: ({ send }) => hear(() => api.pressData(chat, send)),
        send: (kind) => hear(() => api.send(chat, CONTENT[kind])),
        edit: (text) => hear(() => api.sendText(chat, text, { editOf: 1 })),
        wait: (hours) => {
          shift += hours * 3_600_000;
        },
      };
    },
    async close() {
      await channel.stop();
      await api.stop();
    },
  };
}

const FILE = { file_id: 'f', file_unique_id: 'u' };
const CONTENT = {
  photo: { photo: [{ ...FILE, width: 90, height: 90 }] },
  voice: { voice: { ...FILE, duration: 3 } },
  sticker: { sticker: { ...FILE, width: 9, height: 9, type: 'regular', is_animated: false, is_video: false } },
  location: { location: { latitude: -6, longitude: 106 } },
  document: { document: { ...FILE } },
} as const;
