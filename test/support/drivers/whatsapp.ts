/**
 * People on WhatsApp: the unchanged channel, through an unmodified Baileys and real Signal encryption, against the fake server, with a real
 * database and the real rule base. Choices are numbers that people type.
 */
import { startBot } from '../../channels/whatsapp/bot.ts';
import { realBrain } from '../brain.ts';
import type { Driver, Heard } from '../transcript.ts';
import type { FakePeer, SentMessage } from '../whatsapp/interface.ts';
import type { ChannelUnderTest } from './channel.ts';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 10_000;

export async function openWhatsAppDriver(): Promise<ChannelUnderTest> {
  let ahead = 0;
  const cleanups: Array<() => void | Promise<void>> = [];
  const { server, metrics } = await startBot({
    brain: await realBrain(),
    now: () => Date.now() + ahead,
    whenFinished: (cleanup) => void cleanups.unshift(cleanup),
  });
  const people: FakePeer[] = [];
  let asked = 0;
  /** The bot is done with every message, and everything it sent has been read. */
  const settled = async () => {
    const late = performance.now() + PATIENCE;
    for (;;) {
      const read = people.reduce((sum, { received }) => sum + received.length, 0);
      const text = metrics.render();
      if (total(text, 'whatsapp_messages_total') >= asked && read >= total(text, 'whatsapp_sent_total')) return;
      if (performance.now() > late) throw new Error(`not answered within ${PATIENCE} ms`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return {
    driver(): Driver {
      const person = server.addPeer();
      people.push(person);
      let last: SentMessage | undefined;
      const hear = async (send: () => Promise<SentMessage>): Promise<Heard> => {
        const before = person.received.length;
        asked++;
        last = await send();
        await settled();
        // bold is one star on WhatsApp
        const texts = person.received.slice(before).map((message) => (message.text ?? '').replaceAll('*', ''));
        return { text: texts.join('\n'), choices: texts.flatMap(numbered) };
      };
      return {
        say: (text) => hear(() => person.sendText(text)),
        press: ({ send }) => hear(() => person.sendText(send)),
        send: (kind) => hear(() => person.sendMessage(CONTENT[kind])),
        edit: (text) =>
          hear(() => {
            if (!last) throw new Error('nothing was written that could be edited');
            return person.edit(last, text);
          }),
        wait: (hours) => {
          ahead += hours * 3_600_000;
        },
      };
    },
    async close() {
      for (const cleanup of cleanups) await cleanup();
    },
  };
}

/** The sum of a counter over its labels. */
const total = (metrics: string, name: string): number =>
  [...metrics.matchAll(new RegExp(`^tanya_netral_${name}(?:\\{[^}]*\\})? (\\d+)$`, 'gm'))].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );

const numbered = (text: string): Array<{ label: string; send: string }> =>
  [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number = '', label = '']) => ({ label, send: number }));

const CONTENT = {
  photo: { imageMessage: {} },
  voice: { audioMessage: { ptt: true } },
  sticker: { stickerMessage: {} },
  location: { locationMessage: {} },
  document: { documentMessage: {} },
} as const;
