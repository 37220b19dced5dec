/** The WhatsApp channel with a real database, a real dialogue and an unmodified Baileys, against the fake server. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { WhatsAppConfig } from '../../../src/channels/whatsapp/config.ts';
import type { Timing } from '../../../src/channels/whatsapp/timing.ts';
import { openWhatsApp, type WhatsAppChannel } from '../../../src/channels/whatsapp/whatsapp.ts';
import { WITHOUT_REPORTS } from '../../../src/conversation/services.ts';
import { Dialogue } from '../../../src/dialogue/dialogue.ts';
import type { Brain } from '../../../src/learning/brain.ts';
import { Metrics } from '../../../src/operations/metrics.ts';
import { StoredConversations } from '../../../src/store/conversations.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { openInboxKeys } from '../../support/inbox-keys.ts';
import { quickBrain } from '../../support/telegram-services.ts';
import { link } from '../../support/whatsapp/link.ts';
import { startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from '../../support/whatsapp/server.ts';

/** Everything short, so that no test waits. */
export const QUICK: Partial<Timing> = {
  firstPause: 20,
  longestPause: 200,
  ackTimeout: 400,
  queryTimeout: 2_000,
  watch: 50,
  silence: 600,
  storagePause: 10,
  stopPatience: 2_000,
};

/** Takes what is to be done at the end; that is `onTestFinished`, where there is a test to end. */
type WhenFinished = (cleanup: () => void | Promise<void>) => void;

export async function startServer(
  options?: WhatsAppServerOptions,
  whenFinished: WhenFinished = onTestFinished,
): Promise<WhatsAppServer> {
  const server = await startWhatsAppServer(options);
  server.trust();
  whenFinished(() => server.close());
  return server;
}

/** What outlives a process. */
export interface Disk {
  readonly folder: string;
  readonly key: ServerKey;
}

export function newDisk(whenFinished: WhenFinished = onTestFinished): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-whatsapp-'));
  whenFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, key: new ServerKey(randomBytes(32)) };
}

export interface BotOptions {
  readonly server?: WhatsAppServer;
  readonly disk?: Disk;
  readonly config?: Partial<WhatsAppConfig>;
  readonly timing?: Partial<Timing>;
  readonly brain?: Brain;
  readonly now?: () => number;
  /** False: the bot has to be paired first. */
  readonly linked?: boolean;
  /** In place of the real one. */
  readonly dialogue?: Dialogue;
  readonly start?: boolean;
  /** The caller's own, where there is no test to end. */
  readonly whenFinished?: WhenFinished;
}

export interface RunningBot {
  readonly server: WhatsAppServer;
  readonly channel: WhatsAppChannel;
  readonly database: Database;
  readonly disk: Disk;
  readonly metrics: Metrics;
  readonly web: FastifyInstance;
  /** Lines of the log. */
  readonly logged: string[];
  /** What was written to standard output. */
  readonly shown: string[];
  stop(): Promise<void>;
}

/** A bot that is logged in; it is stopped when the test ends. */
export async function startBot(options: BotOptions = {}): Promise<RunningBot> {
  const whenFinished = options.whenFinished ?? onTestFinished;
  const server = options.server ?? (await startServer({}, whenFinished));
  const disk = options.disk ?? newDisk(whenFinished);
  const database = await openDatabase({ folder: disk.folder });
  if (options.linked !== false && !server.linked) await link(server, database, disk.key);
  const metrics = new Metrics();
  const logged: string[] = [];
  const shown: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const web = fastify();
  const brain = options.brain ?? quickBrain();
  const dialogue =
    options.dialogue ??
    new Dialogue({
      conversations: new StoredConversations(database, disk.key),
      key: disk.key,
      services: () => ({ ...brain, ...WITHOUT_REPORTS, now: options.now ?? Date.now }),
    });
  const channel = await openWhatsApp({
    config: { webSocketUrl: server.url, mediaHosts: [server.mediaHost], paceMs: 0, ...options.config },
    dialogue,
    services: () => brain,
    database,
    key: disk.key,
    inboxKeys: await openInboxKeys({ folder: disk.folder, database, key: disk.key }),
    web,
    log,
    metrics,
    timing: { ...QUICK, ...options.timing },
    output: { write: (text) => shown.push(text) },
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= channel
      .stop()
      .then(() => web.close())
      .then(() => dialogue.idle())
      .then(() => database.destroy());
    return stopped;
  };
  whenFinished(stop);
  if (options.start !== false) await channel.start();
  if (options.start !== false && options.linked !== false) await server.waitForLogin();
  return { server, channel, database, disk, metrics, web, logged, shown, stop };
}
