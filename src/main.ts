/**
 * Tanya Netral, the whole of it: settings -> rule base -> store -> dialogue -> channels.
 */
import { join } from 'node:path';
import { setInterval as every } from 'node:timers';
import { openChannels } from './channels/open.ts';
import { buildWebServer } from './channels/web/server.ts';
import { banner, explainStartError, needsHelp, printHelp } from './cli/banner.ts';
import { loadEnvFile, readConfig } from './config.ts';
import { checkCards } from './conversation/check-cards.ts';
import { Dialogue } from './dialogue/dialogue.ts';
import { checkKnowledge } from './knowledge/check.ts';
import { KNOWLEDGE_FOLDER } from './knowledge/load.ts';
import { LiveBrain } from './learning/live.ts';
import { logLive } from './operations/live-log.ts';
import { createLog } from './operations/log.ts';
import { Metrics } from './operations/metrics.ts';
import { onStop } from './operations/stop.ts';
import { StoredConversations } from './store/conversations.ts';
import { openDatabase } from './store/database.ts';
import { loadServerKey } from './store/keys.ts';

const EXPIRE_EVERY = 60 * 60 * 1000;

async function main(): Promise<void> {
  if (needsHelp(process.argv)) return printHelp();
  loadEnvFile();
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const metrics = new Metrics();

  const database = await openDatabase({
    folder: config.dataDir,
    url: config.databaseUrl,
    onLost: (code) => log.warn({ code }, 'a connection to PostgreSQL is lost; the next statement makes a new one'),
  });
  const key = loadServerKey(config.dataDir);
  const conversations = new StoredConversations(database, key);
  const live = await LiveBrain.open(
    config.knowledgeDir ?? KNOWLEDGE_FOLDER,
    join(config.dataDir, 'models'),
    logLive(log, metrics),
    (knowledge) => [...checkKnowledge(knowledge), ...checkCards(knowledge)],
  );
  live.watch();

  const dialogue = new Dialogue({
    conversations,
    key,
    services: () => ({ ...live.current, now: Date.now }),
    onOutcome: (outcome, channel) => metrics.count('messages_total', { outcome, channel }),
  });
  const web = await buildWebServer({ dialogue, ready: () => live.ready, metrics, log });
  const parts = { dialogue, services: () => live.current, database, key, web, log, metrics };
  const channels = await openChannels(config, parts);
  await web.listen({ host: config.host, port: config.port });
  for (const channel of channels) await channel.start();

  const cleaning = every(
    () => void conversations.expire(Date.now()).catch((error) => log.error({ err: error }, 'expiry failed')),
    EXPIRE_EVERY,
  );
  console.log(banner(config, web.server.address(), live));
  onStop(log, async () => {
    clearInterval(cleaning);
    live.close();
    await Promise.all(channels.map((channel) => channel.stop()));
    await web.close();
    await dialogue.idle();
    await database.destroy();
  });
}

await main().catch(explainStartError);
