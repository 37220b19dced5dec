/** People on WhatsApp's Cloud API: the unchanged channel over real HTTP against the fake Graph API, with the real rule base. */
import { realBrain } from '../brain.ts';
import { FakeGraphApi } from '../graph-api.ts';
import { startBot } from '../graph-api-services.ts';
import { sentBytes } from '../sent-file.ts';
import type { Driver, Heard } from '../transcript.ts';
import type { ChannelUnderTest } from './channel.ts';
import { dialogueWithOfficers } from './officers.ts';

export async function openWhatsAppCloudDriver(): Promise<ChannelUnderTest> {
  const graph = await FakeGraphApi.start();
  let shift = 0;
  const cleanups: Array<() => Promise<void>> = [];
  const brain = await realBrain();
  const office = await dialogueWithOfficers(brain, () => Date.now() + shift);
  const bot = await startBot({
    graph,
    brain,
    dialogue: office.dialogue,
    whenFinished: (cleanup) => void cleanups.push(cleanup),
  });
  let people = 6_281_200_000_000;
  return {
    driver(): Driver {
      const person = String(people++);
      const listen = async (act: () => Promise<unknown>): Promise<Heard> => {
        const before = graph.sent(person).length;
        await act();
        await bot.settled();
        const sent = graph.sent(person).slice(before);
        return {
          // bold is one star on WhatsApp
          text: sent.map(({ text }) => text.replaceAll('*', '')).join('\n'),
          choices: sent.flatMap(({ text, choices }) =>
            choices.length > 0
              ? choices.map(({ id, title, description }) => ({ label: description ?? title, send: id }))
              : numbered(text),
          ),
        };
      };
      const hear = (act: () => Promise<number>): Promise<Heard> =>
        listen(async () => {
          const status = await act();
          if (status !== 200) throw new Error(`the webhook answered ${status}`);
        });
      return {
        say: (text) => hear(() => graph.sendText(person, text)),
        // a choice that stands in a list is pressed, one that stands in the text is typed
        press: ({ send }) =>
          hear(() => (/^\d+$/.test(send) ? graph.sendText(person, send) : graph.press(person, send))),
        files: true,
        send: (kind) =>
          hear(async () => {
            const bytes = await sentBytes(kind);
            return bytes ? graph.sendFile(person, CONTENT[kind].type, bytes) : graph.send(person, CONTENT[kind]);
          }),
        wait: (hours) => {
          shift += hours * 3_600_000;
        },
        ...office.acts(listen),
        pushes: true,
      };
    },
    async close() {
      for (const cleanup of cleanups) await cleanup();
      await graph.stop();
      await office.close();
    },
  };
}

const numbered = (text: string): Array<{ label: string; send: string }> =>
  [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number = '', label = '']) => ({ label, send: number }));

const FILE = { id: '1', mime_type: 'x/x', sha256: 'x' };
const CONTENT = {
  photo: { type: 'image', image: FILE },
  voice: { type: 'audio', audio: { ...FILE, voice: true } },
  sticker: { type: 'sticker', sticker: FILE },
  location: { type: 'location', location: { latitude: -6, longitude: 106 } },
  document: { type: 'document', document: FILE },
} as const;
