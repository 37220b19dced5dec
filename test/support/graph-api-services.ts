/** The WhatsApp Cloud API channel against the fake Graph API: real HTTP both ways, a real SQLite file, a real dialogue and the real rules. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { buildWebServer } from '../../src/channels/web/server.ts';
import type { Timing } from '../../src/channels/whatsapp-cloud/timing.ts';
import { openWhatsAppCloud, type WhatsAppCloudChannel } from '../../src/channels/whatsapp-cloud/whatsapp-cloud.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import type { Brain } from '../../src/learning/brain.ts';
import { Metrics } from '../../src/operations/metrics.ts';
import { StoredConversations } from '../../src/store/conversations.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import type { InboxKeys } from '../../src/store/inbox-keys.ts';
import { loadServerKey, type ServerKey } from '../../src/store/keys.ts';
import { FakeGraphApi } from './graph-api.ts';
import { QUESTION, quickBrain } from './graph-api-brain.ts';
import { openInboxKeys } from './inbox-keys.ts';

export { QUESTION };

/** Everything short, so that no test waits. */
export const QUICK: Partial<Timing> = {
  callTimeout: 1_000,
  firstPause: 4,
  longestPause: 20,
  firstPersonPause: 8,
  longestRetryAfter: 3_000,
  doubt: 300,
  doubtAfterRestart: 600,
  reportPatience: 400,
  stopPatience: 2_000,
};

export interface BotOptions {
  readonly graph?: FakeGraphApi;
  /** Share it between two bots to play a restart. */
  readonly folder?: string;
  /** Of PostgreSQL; SQLite in the folder without it. */
  readonly databaseUrl?: string | undefined;
  readonly timing?: Partial<Timing>;
  /** In place of the real one. */
  readonly dialogue?: Dialogue;
  readonly start?: boolean;
  readonly token?: string;
  readonly brain?: Brain;
  /** Added to the clock of the conversation. */
  readonly shift?: () => number;
  /** The caller's own, where there is no test to end. */
  readonly whenFinished?: (cleanup: () => Promise<void>) => void;
}

export interface RunningBot {
  readonly graph: FakeGraphApi;
  readonly channel: WhatsAppCloudChannel;
  readonly database: Database;
  readonly key: ServerKey;
  readonly keys: InboxKeys;
  readonly metrics: Metrics;
  readonly folder: string;
  /** Where it listens. */
  readonly url: string;
  /** Lines of the log. */
  readonly logged: string[];
  /** Rows of the inbox. */
  rows(): Promise<number>;
  /** Waits until nothing is left to be answered. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** A bot that receives; it, its server and its folder are gone when the test ends. */
export async function startBot(options: BotOptions = {}): Promise<RunningBot> {
  const brain = options.brain ?? quickBrain();
  const whenFinished = options.whenFinished ?? onTestFinished;
  const graph = options.graph ?? (await FakeGraphApi.start());
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tanya-netral-test-'));
  const database = await openDatabase({ folder, url: options.databaseUrl });
  const key = loadServerKey(folder);
  const keys = await openInboxKeys({ folder, database, key });
  const metrics = new Metrics();
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const dialogue =
    options.dialogue ??
    new Dialogue({
      conversations: new StoredConversations(database, key),
      key,
      services: () => ({ ...brain, ...WITHOUT_REPORTS, now: () => Date.now() + (options.shift?.() ?? 0) }),
    });
  const web = await buildWebServer({ dialogue, ready: () => true, metrics, log });
  const config = { ...graph.config, token: options.token ?? graph.token };
  const timing = { ...QUICK, ...options.timing };
  const services = () => brain;
  const parts = { dialogue, services, database, key, inboxKeys: keys, web, log, metrics };
  const channel = await openWhatsAppCloud({ config, timing, ...parts });
  const url = await web.listen({ host: '127.0.0.1', port: 0 });
  graph.connect(url);
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= channel.stop().then(async () => {
      await web.close();
      await dialogue.idle();
      await database.destroy();
    });
    return stopped;
  };
  whenFinished(async () => {
    if (!options.graph) await graph.stop();
    await stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  });
  if (options.start !== false) await channel.start();
  const rows = async () => {
    const { count } = await database
      .selectFrom('whatsapp_cloud_inbox')
      .select(({ fn }) => fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  };
  const settled = async () => {
    while ((await rows()) > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { graph, channel, database, key, keys, metrics, folder, url, logged, rows, settled, stop };
}
