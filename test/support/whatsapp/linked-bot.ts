/** A server with an unmodified Baileys, for the server's own tests. Everything is stopped after each test. */
import type { proto } from '@whiskeysockets/baileys';
import { afterEach } from 'vitest';
import { MemoryAuth, PlainBot } from './plain-bot.ts';
import { startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from './server.ts';

const bots: PlainBot[] = [];
const servers: WhatsAppServer[] = [];

export async function start(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  const server = await startWhatsAppServer(options);
  server.trust();
  servers.push(server);
  return server;
}

export function connect(
  server: WhatsAppServer,
  auth: MemoryAuth,
  config?: ConstructorParameters<typeof PlainBot>[2],
): PlainBot {
  const bot = new PlainBot(server.url, auth, config);
  bots.push(bot);
  return bot;
}

/** A server and a bot that is linked and logged in. */
export async function linked(options: WhatsAppServerOptions = {}) {
  const server = await start(options);
  const auth = new MemoryAuth(server.linkedCredentials());
  const bot = await connect(server, auth).open();
  return { server, auth, bot };
}

export const textOf = (message: proto.IMessage | null | undefined) =>
  message?.conversation ?? message?.extendedTextMessage?.text;

afterEach(async () => {
  for (const bot of bots.splice(0)) bot.stop();
  for (const server of servers.splice(0)) await server.close();
});
