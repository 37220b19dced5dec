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
  /** Each message that WhatsApp has reported on, with the codes of why it was not delivered. */
  readonly #seen = new Map<string, readonly number[]>();
  readonly #waiting = new Map<string, () => void>();

  /** WhatsApp has reported on this message: it has taken it, and where there are `codes`, could not deliver it. */
  note(token: string, codes: readonly number[]): void {
    this.#seen.set(token, codes);
    if (this.#seen.size > REMEMBERED)
      for (const oldest of [...this.#seen.keys()].slice(0, REMEMBERED / 2)) this.#seen.delete(oldest);
    this.#waiting.get(token)?.();
  }

  failuresOf(token: string): readonly number[] {
    return this.#seen.get(token) ?? [];
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
