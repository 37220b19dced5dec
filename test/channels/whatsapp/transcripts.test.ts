/** The transcripts on the whole channel: what a person writes goes through WhatsApp's protocol, and what they read comes back through it. */
import { describe, test } from 'vitest';
import { realBrain } from '../../support/brain.ts';
import { type Driver, type Heard, play, transcripts } from '../../support/transcript.ts';
import type { SentMessage } from '../../support/whatsapp/interface.ts';
import { startBot } from './bot.ts';

const FILES = {
  photo: { imageMessage: {} },
  voice: { audioMessage: { ptt: true } },
  sticker: { stickerMessage: {} },
  location: { locationMessage: {} },
  document: { documentMessage: {} },
};

async function whatsAppDriver(): Promise<Driver> {
  let ahead = 0;
  const { server, metrics } = await startBot({ brain: await realBrain(), now: () => Date.now() + ahead });
  const person = server.addPeer();
  let asked = 0;
  let heard = 0;
  let last: SentMessage | undefined;
  const finished = () =>
    [...metrics.render().matchAll(/whatsapp_messages_total\{[^}]*\} (\d+)/g)].reduce(
      (sum, match) => sum + Number(match[1]),
      0,
    );
  const hear = async (send: () => Promise<SentMessage>): Promise<Heard> => {
    last = await send();
    asked++;
    for (let i = 0; finished() < asked; i++) {
      if (i > 1_000) throw new Error('not answered');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
    const text = person.received
      .slice(heard)
      .map((message) => message.text ?? '')
      .join('\n');
    heard = person.received.length;
    // the number is what a person types to press
    const choices = [...text.matchAll(/^(\d+)\. (.+)$/gm)].map(([, number, label]) => ({
      label: label!,
      send: number!,
    }));
    return { text: text.replace(/\*/g, ''), choices };
  };
  return {
    say: (text) => hear(() => person.sendText(text)),
    press: ({ send }) => hear(() => person.sendText(send)),
    send: (kind) => hear(() => person.sendMessage(FILES[kind])),
    edit: (text) => hear(() => person.edit(last!, text)),
    wait: (hours) => {
      ahead += hours * 3_600_000;
    },
  };
}

describe('transcripts on WhatsApp', () => {
  for (const [name, entry] of transcripts) test(name, async () => play(entry, await whatsAppDriver()));
});
