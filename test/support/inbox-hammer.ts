/** Stores and answers messages as fast as it can while the key changes all the time, to be killed: `node inbox-hammer.ts <folder> <round>`. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openDatabase } from '../../src/store/database.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { WhatsAppInbox } from '../../src/store/whatsapp-inbox.ts';
import { openInboxKeys } from './inbox-keys.ts';

const [folder = '', round = ''] = process.argv.slice(2);
const database = await openDatabase({ folder });
const key = loadServerKey(folder);
const keys = await openInboxKeys({ folder, database, key, soon: 1, every: 1 });
await keys.replace();
const inbox = new WhatsAppInbox(database, key, keys);
// many that wait, so that changing their key is most of what there is to do
if (round === '0')
  for (let i = 0; i < 200; i++) {
    await inbox.store(`early.${i}`, `early.${i}`);
    process.stdout.write(`+early.${i}\n`);
  }
for (let i = 0; ; i++) {
  const name = `${round}.${i}`;
  // SQLite answers at once, so timers would never have their turn
  await nextTurn();
  await inbox.store(name, name);
  process.stdout.write(`+${name}\n`);
  // every third stays for a while
  if (i % 3 === 0) continue;
  const row = (await inbox.after(-1, 10_000)).find(({ content }) => content === name);
  if (!row) throw new Error('a row cannot be read');
  await inbox.remove(row.id);
  process.stdout.write(`-${name}\n`);
}
