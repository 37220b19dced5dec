/** The webhook: Telegram posts each update here, and the answer 200 confirms it. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Update } from 'telegraf/types';
import type { Handled } from './handler.ts';

/** Where Telegram posts to, on our own web server. */
export const WEBHOOK_PATH = '/telegram/webhook';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

export interface WebhookOptions {
  readonly secret: string;
  /** Milliseconds in which a request is answered. */
  readonly patience: number;
  /** Handles an update; undefined where the bot is not connected yet, or is stopping. */
  readonly handle: (update: Update) => Promise<Handled> | undefined;
}

/**
 * Adds the route. 200 comes only after the update was handled. Anything else makes Telegram deliver it again, which the dialogue recognises;
 * so an update that takes too long is answered 500 while its handling goes on.
 */
export function addWebhook(web: FastifyInstance, { secret, patience, handle }: WebhookOptions): void {
  const expected = digest(secret);
  web.post(
    WEBHOOK_PATH,
    {
      // before the body is read: strangers get nothing parsed
      onRequest: async (request, reply) => {
        const given = request.headers[SECRET_HEADER];
        if (typeof given === 'string' && timingSafeEqual(digest(given), expected)) return;
        return reply.status(401).send({ error: 'unauthorised' });
      },
    },
    async (request, reply) => {
      if (!isUpdate(request.body)) return reply.status(400).send({ error: 'not an update' });
      const handling = handle(request.body);
      if (!handling) return reply.status(503).send({ error: 'not ready' });
      const handled = await within(patience, handling);
      if (handled === undefined || handled === 'left') return reply.status(500).send({ error: 'not handled' });
      return reply.send({ ok: true });
    },
  );
}

/** The URL to tell Telegram: the public address with the fixed path, below a prefix that a proxy may need. */
export function webhookUrl(base: URL): string {
  const prefix = base.pathname.replace(/\/+$/, '');
  return `${base.origin}${prefix.endsWith(WEBHOOK_PATH) ? prefix : prefix + WEBHOOK_PATH}`;
}

/** Digests have one length whatever was sent, as timingSafeEqual wants it. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isUpdate = (body: unknown): body is Update =>
  typeof body === 'object' && body !== null && 'update_id' in body && Number.isSafeInteger(body.update_id);

/** What `promise` resolves to, or undefined after `ms`. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, ms, undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
