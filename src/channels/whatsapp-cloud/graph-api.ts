/** One call to Meta's Graph API: a deadline, the token, and errors without anything personal in them. */
import { z } from 'zod';
import type { Metrics } from '../../operations/metrics.ts';
import type { WhatsAppCloudConfig } from './config.ts';
import { failureLabel, GraphError, NoAnswer } from './failure.ts';
import type { Timing } from './timing.ts';

const refusal = z.object({ error: z.object({ code: z.number() }) });

/** The connection was never made, so nothing can have been sent through it. */
const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

export interface GraphApiOptions {
  readonly config: WhatsAppCloudConfig;
  readonly timing: Timing;
  readonly metrics: Metrics;
}

export class GraphApi {
  readonly #options: GraphApiOptions;
  readonly #number: string;

  constructor(options: GraphApiOptions) {
    this.#options = options;
    this.#number = `${options.config.graphUrl}/${options.config.phoneId}`;
  }

  /** Posts to the number's messages; resolves when Meta has taken it. Rejects with a {@link GraphError} or {@link NoAnswer}. */
  post(payload: object): Promise<void> {
    const body = JSON.stringify({ messaging_product: 'whatsapp', ...payload });
    return this.#call(`${this.#number}/messages`, { method: 'POST', body });
  }

  /** Proves that token and number belong together. Rejects as {@link post} does. */
  check(): Promise<void> {
    return this.#call(`${this.#number}?fields=id`, { method: 'GET' });
  }

  async #call(url: string, request: { readonly method: string; readonly body?: string }): Promise<void> {
    const { config, timing, metrics } = this.#options;
    try {
      const response = await fetch(url, {
        ...request,
        headers: { authorization: `Bearer ${config.token}`, 'content-type': 'application/json' },
        // the token goes nowhere else
        redirect: 'error',
        signal: AbortSignal.timeout(timing.callTimeout),
      });
      const answer = await response.json().catch(() => undefined);
      if (!response.ok) throw refused(response, answer);
      // 200 with something else is a proxy's page
      if (typeof answer !== 'object') throw new NoAnswer(true, 'malformed');
    } catch (error) {
      const cause = error instanceof GraphError || error instanceof NoAnswer ? error : noAnswer(error);
      metrics.count('whatsapp_cloud_api_errors_total', { code: failureLabel(cause) });
      throw cause;
    }
  }
}

function refused({ status, headers }: Response, answer: unknown): GraphError {
  const code = refusal.safeParse(answer).data?.error.code;
  return new GraphError(status, code, retryAfter(headers.get('retry-after')));
}

/** Seconds, or a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const ms = Number.isFinite(Number(header)) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function noAnswer(error: unknown): NoAnswer {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return new NoAnswer(code === undefined || !NEVER_SENT.includes(code), code);
}
