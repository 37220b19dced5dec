/** `kill -9` at any moment: what was acknowledged is done, and the database opens. */
import { expect, test } from 'vitest';
import { newState } from '../../src/conversation/state.ts';
import { chatAddress } from '../../src/store/keys.ts';
import { start } from '../support/run-program.ts';
import { storedDialogue } from '../support/stored-dialogue.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Runs the program from an update on and kills it after so many lines; gives every whole line it wrote. */
function killedAfter(folder: string, from: number, lines: number): Promise<string[]> {
  const child = start('test/support/killed-dialogue.ts', [folder, String(from)]);
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (more: string) => {
      text += more;
      if (text.split('\n').length > lines) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(text.split('\n').slice(0, -1));
      else reject(new Error(`the program ended by itself: ${text}`));
    });
  });
}

test('every update that was acknowledged is done, whenever the process is killed', async () => {
  const folder = tempFolder();
  const acknowledged: string[] = [];
  const delivered = new Set<string>();
  let from = 0;
  // early, in the middle of a batch, and late; the folder is used again after every kill
  for (const lines of [3, 58, 190, 400]) {
    const told = await killedAfter(folder, from, lines);
    expect(told[0]).toBe('ready');
    for (const line of told.slice(1)) {
      const [word, update = ''] = line.split(' ');
      if (word === 'delivered') delivered.add(update);
      else expect([line, word]).toEqual([line, 'answered']);
      if (word === 'answered') acknowledged.push(update);
    }
    from += 100_000;

    const { conversations, database, dialogue, key } = await storedDialogue(folder);
    for (const update of acknowledged) {
      expect(await conversations.isDone(key.pseudonym('telegram/update', chatAddress(update)))).toBe(true);
      const state = await conversations.load(key.pseudonym('telegram', chatAddress(`chat-${update}`)));
      expect(state).not.toEqual(newState());
    }
    // delivered again by the platform, an acknowledged update is not answered a second time
    const [last = ''] = acknowledged.slice(-1);
    if (last !== '') {
      const again = { channel: 'telegram', chat: chatAddress(`chat-${last}`), update: last } as const;
      const outcome = await dialogue.receive({ ...again, message: { kind: 'text', text: 'x' } }, async () => {});
      expect(outcome).toBe('duplicate');
    }
    await database.destroy();
  }
  expect(acknowledged.length).toBeGreaterThan(100);
  // nothing is acknowledged before it was delivered
  for (const update of acknowledged) expect(delivered).toContain(update);
}, 120_000);
