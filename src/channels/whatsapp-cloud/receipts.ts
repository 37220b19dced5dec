/**
 * WhatsApp's reports on our own messages. Each message carries a token that its reports bring back, so that after a call that broke off, or a crash, it is
 * known whether the message was taken.
 */
import { setTimeout as sleep } from 'node:timers/promises';

/** Tokens remembered: reports come within seconds. */
const REMEMBERED = 5_000;
const SHAPE = /^([\w-]{43})\.(\d{1,3})$/;

/** What a message of an answer is called: the row of the question in the inbox, which is an HMAC, and which part of the answer it is. */
export const tokenOf = (row: string, part: number): string => `${row}.${part}`;

/** Row and part of a token; undefined where it is not one of ours. */
export function parseToken(token: string): { readonly row: string; readonly part: number } | undefined {
  const [, row, part] = SHAPE.exec(token) ?? [];
  return row === undefined ? undefined : { row, part: Number(part) };
}

export class Receipts {
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  /** WhatsApp has reported on this message. */
  note(token: string): void {
    this.#seen.add(token);
    if (this.#seen.size > REMEMBERED)
      for (const oldest of [...this.#seen].slice(0, REMEMBERED / 2)) this.#seen.delete(oldest);
    this.#waiting.get(token)?.();
  }

  /** True as soon as WhatsApp has reported on the message; false where it does not within `ms`, or where `signal` is aborted. */
  async wait(token: string, ms: number, signal: AbortSignal): Promise<boolean> {
    if (this.#seen.has(token)) return true;
    const reported = new AbortController();
    this.#waiting.set(token, () => reported.abort());
    await sleep(ms, undefined, { signal: AbortSignal.any([signal, reported.signal]) }).catch(() => {});
    this.#waiting.delete(token);
    return this.#seen.has(token);
  }
}
