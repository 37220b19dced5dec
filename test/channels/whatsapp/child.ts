/** The bot as a process of its own, which tests can kill. Started with the fake server's `childProcess` arguments. */
import { join } from 'node:path';
import fastify from 'fastify';
import { openWhatsApp } from '../../../src/channels/whatsapp/whatsapp.ts';
import { WITHOUT_REPORTS } from '../../../src/conversation/services.ts';
import { Dialogue } from '../../../src/dialogue/dialogue.ts';
import { loadKnowledge } from '../../../src/knowledge/load.ts';
import { Matcher } from '../../../src/matching/matcher.ts';
import { prepare } from '../../../src/matching/train.ts';
import { createLog } from '../../../src/operations/log.ts';
import { Metrics } from '../../../src/operations/metrics.ts';
import { onStop } from '../../../src/operations/stop.ts';
import { StoredConversations } from '../../../src/store/conversations.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { loadServerKey } from '../../../src/store/keys.ts';
import { openInboxKeys } from '../../support/inbox-keys.ts';

const folder = process.env.DATA_DIR ?? '';
const database = await openDatabase({ folder });
const key = loadServerKey(folder);
// the real rules with a quick ranker that knows their names: ready at once
const knowledge = loadKnowledge();
const names = [...knowledge.rules.values()].flatMap(({ id, title, aliases }) =>
  [title, ...aliases].map((text) => ({ text, label: id })),
);
const brain = { knowledge, matcher: new Matcher(knowledge, prepare(names, knowledge.vocabulary).quick) };
const log = createLog('info');
const dialogue = new Dialogue({
  conversations: new StoredConversations(database, key),
  key,
  services: () => ({ ...brain, ...WITHOUT_REPORTS, now: Date.now }),
});
const channel = await openWhatsApp({
  config: { webSocketUrl: process.env.WHATSAPP_WEB_SOCKET_URL ?? '', mediaHosts: [], paceMs: 0 },
  dialogue,
  services: () => brain,
  database,
  key,
  inboxKeys: await openInboxKeys({ folder, database, key }),
  web: fastify(),
  log,
  metrics: new Metrics(),
  timing: { firstPause: 100 },
});
await channel.start();
process.send?.({ ready: join(folder) });
onStop(log, async () => {
  await channel.stop();
  await dialogue.idle();
  await database.destroy();
});
