/**
 * How long the web server waits for those who are slow: long enough for a photo over a bad line, and not for whoever holds connections
 * open to use up the server ("slow loris"). Times in milliseconds.
 */
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MOST_BODY } from './door/contract.ts';

export interface Patience {
  /** For a request's line and headers, and for a connection that says nothing at all. */
  readonly headers: number;
  /** Without a byte in either direction, in the middle of a request. */
  readonly silence: number;
  /** Between two requests on one connection. */
  readonly between: number;
  /** For a body of any size, before its size counts. */
  readonly body: number;
  /** Bytes a second that a body must come with on the whole. */
  readonly slowest: number;
  /** How often overdue headers are looked for. */
  readonly check: number;
}

export const PATIENCE: Patience = {
  headers: 30_000,
  silence: 120_000,
  // longer than the 60 s of nginx, so that it does not send into a connection that is being closed
  between: 72_000,
  body: 30_000,
  // 0.25 Mbit/s, a crowded cell in a village: a photo of 10 MB, 12 MiB when it is sealed, takes 7 minutes
  slowest: 250_000 / 8,
  check: 10_000,
};

/** How long a body of so many bytes may take. */
export const timeFor = (bytes: number, { body, slowest }: Patience): number => body + (bytes / slowest) * 1000;

/** For `fastify()`. */
export const connectionOptions = (patience: Patience) => {
  const requestTimeout = Math.ceil(patience.headers + timeFor(MOST_BODY, patience));
  return {
    connectionTimeout: patience.silence,
    keepAliveTimeout: patience.between,
    requestTimeout,
    http: { headersTimeout: patience.headers, requestTimeout, connectionsCheckingInterval: patience.check },
  };
};

/**
 * Ends connections whose body takes longer than its size allows, also after the request was refused: what is left of its body still
 * keeps the connection busy. Before the routes.
 */
export function endSlowBodies(server: FastifyInstance, patience: Patience): void {
  server.addHook('onRequest', async ({ raw, headers, routeOptions }: FastifyRequest) => {
    const { 'content-length': length, 'transfer-encoding': coding } = headers;
    if (length === undefined && coding === undefined) return;
    const most = routeOptions.bodyLimit ?? server.initialConfig.bodyLimit ?? MOST_BODY;
    const bytes = Math.min(length === undefined ? most : Number(length), most);
    const overdue = setTimeout(
      () => {
        // an injected request has no real one
        if (!raw.complete && raw.socket instanceof Socket) raw.socket.destroy();
      },
      timeFor(bytes, patience),
    );
    overdue.unref();
    raw.once('end', () => clearTimeout(overdue));
    raw.once('close', () => {
      if (raw.complete || raw.socket.destroyed) clearTimeout(overdue);
    });
  });
}
