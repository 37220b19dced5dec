import { DisconnectReason, proto } from '@whiskeysockets/baileys';
import { afterEach, describe, expect, test } from 'vitest';
import { MemoryAuth, PlainBot } from './whatsapp/plain-bot.ts';
import { startWhatsAppServer, type WhatsAppServer, type WhatsAppServerOptions } from './whatsapp/server.ts';

const bots: PlainBot[] = [];
const servers: WhatsAppServer[] = [];

async function start(options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  const server = await startWhatsAppServer(options);
  server.trust();
  servers.push(server);
  return server;
}

function connect(server: WhatsAppServer, auth: MemoryAuth, config?: ConstructorParameters<typeof PlainBot>[2]): PlainBot {
  const bot = new PlainBot(server.url, auth, config);
  bots.push(bot);
  return bot;
}

/** A server and a bot that is linked and logged in. */
async function linked(options: WhatsAppServerOptions = {}) {
  const server = await start(options);
  const auth = new MemoryAuth(server.linkedCredentials());
  const bot = await connect(server, auth).open();
  return { server, auth, bot };
}

const textOf = (message: proto.IMessage | null | undefined) => message?.conversation ?? message?.extendedTextMessage?.text;

afterEach(async () => {
  for (const bot of bots.splice(0)) bot.stop();
  for (const server of servers.splice(0)) await server.close();
});

describe('linking', () => {
  test('by QR code', async () => {
    const server = await start();
    const auth = new MemoryAuth();
    const first = connect(server, auth);
    await server.scanQr(await first.qr());
    expect(await first.closed()).toBe(DisconnectReason.restartRequired);
    const bot = await connect(server, auth).open();
    expect(server).toMatchObject({ linked: true, logins: 1 });
    expect(bot.socket.user?.id).toMatch(/^6281100000001:12@/);
    expect(server.preKeys.uploaded).toBe(812);
    expect(server.unknownQueries).toEqual([]);
  });
});

describe('direct messages', () => {
  test('by LID, both ways', async () => {
    const { server, bot } = await linked();
    const ani = server.addPeer({ name: 'Ani' });
    const sent = await ani.sendText('halo');
    const { message, type } = await bot.upsert(sent.id);
    expect(textOf(message.message)).toBe('halo');
    expect(type).toBe('notify');
    expect(message.pushName).toBe('Ani');
    expect(message.key).toMatchObject({ remoteJid: ani.lid, remoteJidAlt: ani.phone, fromMe: false });
    await bot.socket.sendMessage(ani.lid, { text: 'hai' }, { quoted: message });
    const answer = await ani.waitForMessage();
    expect(answer).toMatchObject({ kind: 'text', text: 'hai', quotedId: sent.id, chat: ani.lid, encryption: 'msg' });
  });
});
