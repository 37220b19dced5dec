/**
 * Tanya Netral, the whole of it: settings -> rule base -> store -> dialogue -> channels.
 */
import { join } from 'node:path';
import { setInterval as every } from 'node:timers';
import { openChannels } from '../channels/open.ts';
import { registerAssets } from '../channels/web/assets.ts';
import { registerDesk } from '../channels/web/desk/desk.ts';
import { registerDoor } from '../channels/web/door/door.ts';
import { buildWebServer } from '../channels/web/server.ts';
import { loadEnvFile, readConfig } from '../config.ts';
import { checkCards } from '../conversation/check-cards.ts';
import { Dialogue } from '../dialogue/dialogue.ts';
import { checkKnowledge } from '../knowledge/check.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge/knowledge.ts';
import { LiveBrain } from '../learning/live.ts';
import { logLive } from '../operations/live-log.ts';
import { createLog } from '../operations/log.ts';
import { Metrics } from '../operations/metrics.ts';
import { openPages } from '../operations/pages.ts';
import { onStop } from '../operations/stop.ts';
import { openRegions } from '../regions/regions.ts';
import { readAudit, verifyAudit } from '../reports/audit.ts';
import { StoredConversations } from '../store/conversations.ts';
import { openDatabase } from '../store/database.ts';
import { loadServerKey } from '../store/keys.ts';
import { banner, explainStartError, needsHelp, printHelp, rootOf } from './banner.ts';
import { openReportsPart } from './reports-part.ts';

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
  const pagesSoon = openPages(log);
  const conversations = new StoredConversations(database, key);
  const live = await LiveBrain.open(
    config.knowledgeDir ?? KNOWLEDGE_FOLDER,
    join(config.dataDir, 'models'),
    logLive(log, metrics),
    (knowledge) => [...checkKnowledge(knowledge), ...checkCards(knowledge)],
  );
  live.watch();

  const part = openReportsPart({ config, database, key, dialogue: () => dialogue, log, metrics });
  const { reports, accounts } = part;
  const regions = openRegions();
  const { publicUrl } = config.reports;
  const webDoor = publicUrl === undefined ? undefined : `${publicUrl}/lapor`;
  const dialogue: Dialogue = new Dialogue({
    conversations,
    key,
    services: () => ({ ...live.current, reports: reports.desk, regions, webDoor, now: Date.now }),
    waitingAnswers: (origin) => reports.answers.takeAnswers(origin),
    onOutcome: (outcome, channel) => metrics.count('messages_total', { outcome, channel }),
    onHeard: (heard) => part.insights.heard(heard),
  });
  const web = await buildWebServer({
    dialogue,
    ready: () => live.ready,
    metrics,
    log,
    trustedProxies: config.trustedProxies,
  });
  const pages = await pagesSoon;
  const root = () => publicUrl ?? rootOf(config, web.server.address());
  registerAssets(web, pages);
  registerDoor(web, { intake: reports.web, regions, knowledge: () => live.current.knowledge, pages, key });
  await registerDesk(web, {
    accounts,
    audit: {
      entries: () => readAudit(database),
      verified: async () => (await verifyAudit(database)).kind === 'whole',
    },
    office: reports.office,
    keeping: config.reports,
    insights: part.insights,
    knowledge: () => live.current.knowledge,
    pages,
    root,
  });
  const parts = { dialogue, services: () => live.current, database, key, web, log, metrics };
  const channels = await openChannels(config, parts);
  await web.listen({ host: config.host, port: config.port });
  for (const channel of channels) await channel.start();
  part.start();

  const cleaning = every(
    () => void conversations.expire(Date.now()).catch((error) => log.error({ err: error }, 'expiry failed')),
    EXPIRE_EVERY,
  );
  onStop(log, async () => {
    clearInterval(cleaning);
    live.close();
    await Promise.all(channels.map((channel) => channel.stop()));
    await web.close();
    await dialogue.idle();
    await part.stop();
    await database.destroy();
  });
  // last: who reads that it runs may stop it
  console.log(banner(config, root(), live, await accounts.firstLink()));
}

await main().catch(explainStartError);
