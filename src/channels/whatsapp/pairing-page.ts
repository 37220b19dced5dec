import type { FastifyInstance } from 'fastify';
import { toString as drawQr } from 'qrcode';
import { PAIRING_PATH, type Pairing } from './pairing.ts';

/** Codes change every 20 to 60 seconds. */
const REFRESH_SECONDS = 5;

/**
 * Adds the page with the QR code. Whoever scans that code owns the bot's account, so the page exists only while pairing is under way, and only under the
 * link that stands in the log.
 */
export function addPairingPage(web: FastifyInstance, pairing: Pairing): void {
  web.get<{ Params: { token: string } }>(`${PAIRING_PATH}:token`, async (request, reply) => {
    const qr = pairing.qrFor(request.params.token);
    if (qr === undefined) return reply.callNotFound();
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex',
        refresh: String(REFRESH_SECONDS),
      })
      .send(page(await drawQr(qr, { type: 'svg', width: 360, errorCorrectionLevel: 'L' })));
  });
}

/** The server's address as an operator on this machine would type it; a proxy may give it another. */
export function originOf(web: FastifyInstance): string {
  const address = web.server.address();
  if (typeof address !== 'object' || address === null) return '';
  const everywhere = ['0.0.0.0', '::'].includes(address.address);
  const host = everywhere ? 'localhost' : address.address.includes(':') ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

const page = (svg: string): string => `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Tautkan WhatsApp</title>
<h1>Tautkan WhatsApp</h1>
<p>Di ponsel bot: WhatsApp, Perangkat tertaut, Tautkan perangkat, lalu pindai kode ini.</p>
${svg.trim().replace('<svg', '<svg role="img" aria-label="Kode QR penautan"')}
<p>Kode berganti sendiri. Halaman ini hilang begitu bot tertaut. Jangan bagikan alamatnya.</p>
</html>
`;
