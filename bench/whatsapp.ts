/**
 * WhatsApp end to end against the tests' fake server, with real Signal encryption: messages a second of our channel (with database, keys on
 * disk and rule base, one message after another, without a person's pace) and of a bare Baileys that echoes with its keys in memory. The
 * people's half of the encryption is part of both.
 */
import fastify from 'fastify';
import { openWhatsApp } from '../src/channels/whatsapp/whatsapp.ts';
import { createLog } from '../src/operations/log.ts';
import { Metrics } from '../src/operations/metrics.ts';
import { InboxKeys } from '../src/store/inbox-keys.ts';
import { link } from '../test/support/whatsapp/link.ts';
import { MemoryAuth, PlainBot } from '../test/support/whatsapp/plain-bot.ts';
import { startWhatsAppServer, type WhatsAppServer } from '../test/support/whatsapp/server.ts';
import { againstEcho, openCore, QUESTION } from './end-to-end.ts';

const PEOPLE = 50;
const MESSAGES = 4;
const PATIENCE = 120_000;

type Bot = (server: WhatsAppServer) => Promise<{ stop(): Promise<void> }>;

/** Messages a second, from the first one written to the last answer read. First contact with everybody is part of it. */
async function measure(bot: Bot): Promise<number> {
  const server = await startWhatsAppServer({ record: false });
  server.trust();
  const running = await bot(server);
  await server.waitForLogin();
  // after a login Baileys holds its events back for a while: the clock starts when it no longer does
  const first = server.addPeer();
  await first.sendText(QUESTION);
  await first.waitForMessage(undefined, PATIENCE);
  const people = Array.from({ length: PEOPLE }, () => server.addPeer());
  const started = performance.now();
  await Promise.all(
    people.map(async (person) => {
      for (let i = 0; i < MESSAGES; i++) await person.sendText(QUESTION);
      for (let i = 0; i < MESSAGES; i++) await person.waitForMessage(undefined, PATIENCE);
    }),
  );
  const rate = (1000 * PEOPLE * MESSAGES) / (performance.now() - started);
  await running.stop();
  const heard = people.reduce((sum, { received }) => sum + received.length, 0);
  await server.close();
  if (heard !== PEOPLE * MESSAGES) throw new Error(`${heard} answers to ${PEOPLE * MESSAGES} messages`);
  return rate;
}

const echo: Bot = async (server) => {
  const bot = new PlainBot(server.url, new MemoryAuth(server.linkedCredentials()));
  bot.socket.ev.on('messages.upsert', ({ messages }) => {
    for (const { key, message } of messages) {
      const text = message?.conversation ?? message?.extendedTextMessage?.text;
      if (!key.fromMe && key.remoteJid && text) void bot.socket.sendMessage(key.remoteJid, { text });
    }
  });
  await bot.open();
  return { stop: async () => bot.stop() };
};

const ours: Bot = async (server) => {
  const { brain, folder, database, key, dialogue, close } = await openCore();
  await link(server, database, key);
  const web = fastify();
  const whatsApp = await openWhatsApp({
    config: { webSocketUrl: server.url, mediaHosts: [server.mediaHost], paceMs: 0 },
    dialogue,
    services: () => brain,
    database,
    key,
    inboxKeys: await InboxKeys.open({ folder, database, key }),
    web,
    log: createLog('silent'),
    metrics: new Metrics(),
  });
  await whatsApp.start();
  return {
    stop: async () => {
      await whatsApp.stop();
      await web.close();
      await close();
    },
  };
};

export async function benchWhatsApp(): Promise<void> {
  const title = `WhatsApp, ${PEOPLE} people with ${MESSAGES} messages each`;
  await againstEcho(title, { echo: ['bare Baileys echo', echo], ours }, measure);
}
