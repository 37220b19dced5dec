/**
 * A WhatsApp server for tests: the real multi-device protocol for an unmodified Baileys. Noise handshake, pairing, Signal encryption in both
 * directions, groups, media, receipts, retries, the offline queue, and faults on demand.
 *
 *     const server = await startWhatsAppServer();
 *     server.trust();
 *     // connect the product to server.url, take the QR code that it shows
 *     await server.scanQr(qr);
 *     await server.waitForLogin();
 *     const ani = server.addPeer({ name: 'Ani' });
 *     await ani.sendText('boleh like postingan calon?');
 *     const answer = await ani.waitForMessage();
 *     await server.close();
 */
import type { WhatsAppServer, WhatsAppServerOptions } from './interface.ts';

export type * from './interface.ts';

export async function startWhatsAppServer(_options: WhatsAppServerOptions = {}): Promise<WhatsAppServer> {
  throw new Error('being written');
}
