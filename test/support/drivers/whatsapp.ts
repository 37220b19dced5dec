/**
 * People on WhatsApp: the unchanged channel, through an unmodified Baileys and real Signal encryption, against the fake server, with a real
 * database and the real rule base. Choices are numbers that people type.
 */
import { startBot } from '../../channels/whatsapp/bot.ts';
import { realBrain } from '../brain.ts';
import { sentBytes } from '../sent-file.ts';
import type { Driver, Heard } from '../transcript.ts';
import type { FakePeer, SentMessage } from '../whatsapp/interface.ts';
import type { ChannelUnderTest } from './channel.ts';
import { dialogueWithOfficers } from './officers.ts';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 10_000;

export async function openWhatsAppDriver(): Promise<ChannelUnderTest> {
  let ahead = 0;
  const cleanups: Array<() => void | Promise<void>> = [];
  const brain = await realBrain();
  const office = await dialogueWithOfficers(brain, () => Date.now() + ahead);
  const { server, metrics } = await startBot({
    brain,
    dialogue: office.dialogue,
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
      const listen = async (act: () => Promise<unknown>): Promise<Heard> => {
        const before = person.received.length;
        await act();
        await settled();
        // bold is one star on WhatsApp
        const texts = person.received.slice(before).map((message) => (message.text ?? '').replaceAll('*', ''));
        return { text: texts.join('\n'), choices: texts.flatMap(numbered) };
      };
      const hear = (send: () => Promise<SentMessage>): Promise<Heard> =>
        listen(async () => {
          asked++;
          last = await send();
        });
      const sendFile = async (kind: keyof typeof CONTENT): Promise<SentMessage> => {
        const bytes = await sentBytes(kind);
        if (!bytes) return person.sendMessage(CONTENT[kind]);
        if (kind === 'photo') return person.sendImage(bytes);
        return kind === 'voice' ? person.sendAudio(bytes) : person.sendDocument(bytes);
      };
      return {
        say: (text) => hear(() => person.sendText(text)),
        press: ({ send }) => hear(() => person.sendText(send)),
        files: true,
        send: (kind) => hear(() => sendFile(kind)),
        edit: (text) =>
          hear(() => {
            if (!last) throw new Error('nothing was written that could be edited');
            return person.edit(last, text);
          }),
        wait: (hours) => {
          ahead += hours * 3_600_000;
        },
        ...office.acts(listen),
        pushes: true,
      };
    },
    async close() {
      for (const cleanup of cleanups) await cleanup();
      await office.close();
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
