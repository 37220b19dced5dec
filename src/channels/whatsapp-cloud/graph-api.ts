/** Calls to Meta's Graph API: a deadline, the token, and errors without anything personal in them. */
import { z } from 'zod';
import { FileUnavailable } from '../../conversation/message.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { bytesWithin } from '../files.ts';
import type { WhatsAppCloudConfig } from './config.ts';
import { failureLabel, GraphError, NoAnswer } from './failure.ts';
import type { Timing } from './timing.ts';

const refusal = z.object({ error: z.object({ code: z.number() }) });
const media = z.object({ url: z.string(), file_size: z.coerce.number().catch(0) });

/** Where Meta keeps files, beside the Graph API itself: only there the token may go. */
const FILE_HOSTS = /\.(?:fbsbx\.com|fbcdn\.net)$/;
/** Meta's file server turns away who does not say what they are. */
const USER_AGENT = 'tanya-netral';

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
    return this.#call(`${this.#number}/messages`, { method: 'POST', body }).then(() => {});
  }

  /** Proves that token and number belong together. Rejects as {@link post} does. */
  check(): Promise<void> {
    return this.#call(`${this.#number}?fields=id`, { method: 'GET' }).then(() => {});
  }

  /** Where a file that a person sent can be fetched, for five minutes, and its size in bytes (0: not told). Rejects as {@link post} does. */
  async findMedia(id: string): Promise<{ readonly url: string; readonly size: number }> {
    const { graphUrl, phoneId } = this.#options.config;
    const found = media.safeParse(
      await this.#call(`${graphUrl}/${id}?phone_number_id=${phoneId}`, { method: 'GET' }),
    ).data;
    if (found === undefined) throw new NoAnswer(true, 'malformed');
    return { url: found.url, size: found.file_size };
  }

  /** The bytes there. Rejects with `FileUnavailable` where it is more than `limit` of them, or no place of Meta's; else as {@link post} does. */
  async download(url: string, limit: number): Promise<Uint8Array> {
    if (!this.#isMetas(url)) throw new FileUnavailable('unavailable');
    return this.#ask(url, {}, this.#options.timing.fileTimeout, async (response) => {
      if (!response.ok) throw refused(response, undefined);
      return bytesWithin(response, limit);
    });
  }

  #isMetas(url: string): boolean {
    const { origin, protocol, hostname } = URL.parse(url) ?? {};
    if (origin === new URL(this.#options.config.graphUrl).origin) return true;
    return protocol === 'https:' && FILE_HOSTS.test(hostname ?? '');
  }

  #call(url: string, request: { readonly method: string; readonly body?: string }): Promise<object> {
    return this.#ask(url, request, this.#options.timing.callTimeout, async (response) => {
      const answer: unknown = await response.json().catch(() => undefined);
      if (!response.ok) throw refused(response, answer);
      // 200 with something else is a proxy's page
      if (typeof answer !== 'object' || answer === null) throw new NoAnswer(true, 'malformed');
      return answer;
    });
  }

  async #ask<T>(
    url: string,
    request: { readonly method?: string; readonly body?: string },
    timeout: number,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    const { config, metrics } = this.#options;
    try {
      const response = await fetch(url, {
        ...request,
        headers: {
          authorization: `Bearer ${config.token}`,
          'content-type': 'application/json',
          'user-agent': USER_AGENT,
        },
        // the token goes nowhere else
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      });
      return await read(response);
    } catch (error) {
      if (error instanceof FileUnavailable) throw error;
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
