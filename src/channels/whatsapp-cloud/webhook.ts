/** The webhook: Meta verifies it with GET, and posts there what people write and what became of our messages. */
import type { FastifyInstance } from 'fastify';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { isSame, isSigned } from './signature.ts';

/** Where Meta posts to, on our own web server. */
export const WEBHOOK_PATH = '/whatsapp/webhook';
const SIGNATURE = 'x-hub-signature-256';
/** Meta's notifications have up to 3 MB. */
const BODY_LIMIT = 4 * 1024 * 1024;
const CHALLENGE = /^[\w.-]{1,256}$/;

export interface WebhookOptions {
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Keeps what a notification says; resolves when it is on disk, and rejects where it cannot be kept. */
  readonly keep: (notification: object) => Promise<void>;
  readonly stopping: AbortSignal;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * Adds the routes. A notification is answered 200 once it is on disk, before anything is done about it: Meta gives up on slow webhooks. Anything but 200
 * makes Meta deliver it again, for days.
 */
export async function addWebhook(web: FastifyInstance, options: WebhookOptions): Promise<void> {
  // a plugin of its own: these routes alone get their bodies unparsed, as the signature wants them
  await web.register((routes, _options, done) => {
    addRoutes(routes, options);
    done();
  });
}

function addRoutes(routes: FastifyInstance, options: WebhookOptions): void {
  const { appSecret, verifyToken, keep, stopping, log, metrics } = options;
  routes.removeAllContentTypeParsers();
  routes.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  routes.get<{ Querystring: Readonly<Record<string, unknown>> }>(WEBHOOK_PATH, async ({ query }, reply) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
    if (mode !== 'subscribe' || typeof token !== 'string' || !isSame(token, verifyToken))
      return reply.status(403).send({ error: 'forbidden' });
    if (typeof challenge !== 'string' || !CHALLENGE.test(challenge))
      return reply.status(400).send({ error: 'no challenge' });
    log.info('Meta has verified the WhatsApp webhook');
    return reply.type('text/plain; charset=utf-8').send(challenge);
  });

  routes.post(
    WEBHOOK_PATH,
    {
      bodyLimit: BODY_LIMIT,
      // before the body is read: strangers without any signature cost next to nothing
      onRequest: async (request, reply) => {
        if (typeof request.headers[SIGNATURE] !== 'string') return reply.status(401).send({ error: 'unauthorised' });
      },
    },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!isSigned(body, String(request.headers[SIGNATURE]), appSecret)) {
        metrics.count('whatsapp_cloud_forged_total');
        return reply.status(401).send({ error: 'unauthorised' });
      }
      const notification = parse(body);
      if (notification === undefined) return reply.status(400).send({ error: 'not a JSON object' });
      if (stopping.aborted) return reply.status(503).send({ error: 'stopping' });
      try {
        await keep(notification);
      } catch (error) {
        metrics.count('whatsapp_cloud_store_errors_total');
        log.error({ error: describeError(error) }, 'a WhatsApp notification could not be kept; Meta delivers it again');
        return reply.status(503).send({ error: 'not kept' });
      }
      return reply.send({ ok: true });
    },
  );
}

function parse(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
