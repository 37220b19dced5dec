/** A bot as a process of its own, for the tests that kill it: `node graph-api-bot.ts <folder> <port> <config as JSON>`. Prints a line when it is ready. */
import { pino } from 'pino';
import { buildWebServer } from '../../src/channels/web/server.ts';
import { openWhatsAppCloud } from '../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { StoredConversations } from '../../src/store/conversations.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { quickBrain } from './graph-api-brain.ts';
import { openInboxKeys } from './inbox-keys.ts';

const [folder = '', port = '0', config = '{}'] = process.argv.slice(2);
const brain = quickBrain();
const database = await openDatabase({ folder });
const key = loadServerKey(folder);
const log = pino({ level: 'silent' });
const metrics = new Metrics();
const dialogue = new Dialogue({
  conversations: new StoredConversations(database, key),
  key,
  services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
});
const web = await buildWebServer({ dialogue, ready: () => true, metrics, log });
const channel = await openWhatsAppCloud({
  config: JSON.parse(config),
  dialogue,
  services: () => brain,
  database,
  key,
  inboxKeys: await openInboxKeys({ folder, database, key }),
  web,
  log,
  metrics,
  // half of what it is in earnest; on a busy machine reports come many seconds after the restart
  timing: { doubtAfterRestart: 15_000 },
});
await web.listen({ host: '127.0.0.1', port: Number(port) });
await channel.start();
console.log('ready');
