/**
 * A program for the kill test: answers numbered updates on a real SQLite file until it is killed. It prints an update's number once the
 * dialogue says that it is answered, and what was delivered before that.
 */
import { chatAddress } from '../../src/store/keys.ts';
import { storedDialogue } from './stored-dialogue.ts';

const [folder = '', from = '0'] = process.argv.slice(2);
const { dialogue } = await storedDialogue(folder);
process.stdout.write('ready\n');
/** Chats that write at the same time, each below the burst. */
const CHATS = 40;
for (let n = Number(from); ; n += CHATS) {
  await Promise.all(
    Array.from({ length: CHATS }, async (_, i) => {
      const update = String(n + i);
      const message = { kind: 'text', text: i % 2 === 0 ? 'boleh menyukai unggahan calon?' : '/saya pppk' } as const;
      // a new chat for each update, so that none is slowed down
      const incoming = { channel: 'telegram', chat: chatAddress(`chat-${update}`), update, message } as const;
      const outcome = await dialogue.receive(incoming, async () => void process.stdout.write(`delivered ${update}\n`));
      process.stdout.write(`${outcome} ${update}\n`);
    }),
  );
}
