/** The web channel: a chat page, its API, and the health of the process, on one fastify server. */
import { randomBytes } from 'node:crypto';
import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyInstance, LogController } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { z } from 'zod';
import { plain, type Reply } from '../../conversation/message.ts';
import type { Dialogue } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { chatAddress } from '../../store/keys.ts';
import { networkOf } from './network.ts';
import { pageFiles } from './page.ts';
import { connectionOptions, endSlowBodies, PATIENCE, type Patience } from './patience.ts';

/** Largest request body in bytes: 100,000 characters of four bytes each, and some room. */
const BODY_LIMIT = 512 * 1024;
/** Requests of one address a minute; a whole office may sit behind one. Addresses are only counted in memory, never kept. */
const REQUESTS_A_MINUTE = 300;

const chatRequest = z.object({ session: z.string().max(64).nullish(), text: z.string() });
const SESSION = /^[A-Za-z0-9_-]{43}$/;

export interface WebDependencies {
  readonly dialogue: Dialogue;
  /** True when questions can be answered with the full model. */
  readonly ready: () => boolean;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** With those who are slow; shorter in tests. */
  readonly patience?: Patience;
  /** Whose X-Forwarded-For is believed; those on this machine where it is undefined. */
  readonly trustedProxies?: readonly string[];
}

/** What `POST /api/chat` answers. */
export interface ChatResponse {
  readonly session: string;
  readonly replies: ReadonlyArray<{
    readonly text: string;
    readonly markup: string;
    readonly choices: ReadonlyArray<{ readonly label: string; readonly send: string }>;
  }>;
}

/** Bodies are read by zod: Fastify's compilers of JSON schemas, some hundred files, are not loaded for nothing. */
const noSchemas = (): never => {
  throw new Error('a route has a JSON schema; read what comes in with zod');
};

/** Builds the server; the caller listens. Other channels' webhooks and the desk add their routes to it. */
export async function buildWebServer({
  dialogue,
  ready,
  metrics,
  log,
  patience = PATIENCE,
  trustedProxies = ['loopback'],
}: WebDependencies): Promise<FastifyInstance> {
  const server = fastify({
    ...connectionOptions(patience),
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    bodyLimit: BODY_LIMIT,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: [...trustedProxies],
  });
  endSlowBodies(server, patience);
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        // the one that loads a page's own worker
        trustedTypes: ['pages'],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // the page works over plain http on localhost; a reverse proxy adds TLS and this header
    strictTransportSecurity: false,
  });
  const limiter = new RateLimiterMemory({ points: REQUESTS_A_MINUTE, duration: 60 });

  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: describeError(error) }, 'web request failed');
    const message = ERRORS[status] ?? (status < 500 ? ERRORS[400] : ERRORS[500]);
    return reply.status(status).send({ error: message });
  });
  server.setNotFoundHandler((_request, reply) => reply.status(404).send({ error: ERRORS[404] }));

  server.post('/api/chat', async (request, reply): Promise<ChatResponse | undefined> => {
    try {
      await limiter.consume(networkOf(request.ip));
    } catch (rejected) {
      if (!(rejected instanceof RateLimiterRes)) throw rejected;
      return reply
        .header('retry-after', Math.ceil(rejected.msBeforeNext / 1000))
        .status(429)
        .send({ error: ERRORS[429] });
    }
    const parsed = chatRequest.safeParse(request.body);
    if (!parsed.success) return reply.status(400).send({ error: ERRORS[400] });
    const given = parsed.data.session ?? '';
    const session = SESSION.test(given) ? given : randomBytes(32).toString('base64url');
    let replies: readonly Reply[] = [];
    await dialogue.receive(
      {
        channel: 'web',
        chat: chatAddress(session),
        private: true,
        network: networkOf(request.ip),
        update: undefined,
        message: { kind: 'text', text: parsed.data.text },
      },
      async (said) => {
        replies = said;
      },
    );
    reply.header('cache-control', 'no-store');
    return {
      session,
      replies: replies.map(({ text, choices }) => ({
        text: plain(text),
        markup: text,
        choices: choices.map(({ label, send }) => ({ label, send })),
      })),
    };
  });

  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) =>
    ready() ? { status: 'ready' } : reply.status(503).send({ status: 'training' }),
  );
  server.get('/metrics', async (request, reply) => {
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip))
      return reply.status(404).send({ error: ERRORS[404] });
    return reply.type('text/plain; version=0.0.4').send(metrics.render());
  });

  for (const { path, type, body } of pageFiles()) {
    server.get(path, async (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(body));
  }
  return server;
}

const ERRORS: Readonly<Record<number, string>> = {
  400: 'Permintaan tidak terbaca. Kirim JSON { "session": string atau null, "text": string }.',
  404: 'Alamat ini tidak ada.',
  413: 'Pesannya terlalu panjang. Tulis intinya saja.',
  415: 'Kirim sebagai application/json.',
  429: 'Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.',
  500: 'Maaf, ada gangguan di pihak kami. Coba lagi.',
};
