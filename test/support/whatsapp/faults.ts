/** What a test has asked the server to do wrong. */
import type { BinaryNode } from '@whiskeysockets/baileys';
import { SERVER, stanza } from './stanza.ts';

/** The fate of a message of the bot. */
export type Fate =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly code: number }
  | { readonly kind: 'swallow' };

export class Faults {
  /** Milliseconds before every answer. */
  delay = 0;
  readonly #logins: number[] = [];
  readonly #messages: Fate[] = [];

  failLogin(code: number, times: number): void {
    for (let left = times; left > 0; left -= 1) this.#logins.push(code);
  }

  nextLogin(): number | undefined {
    return this.#logins.shift();
  }

  refuse(code: number, times: number): void {
    for (let left = times; left > 0; left -= 1) this.#messages.push({ kind: 'refuse', code });
  }

  swallow(times: number): void {
    for (let left = times; left > 0; left -= 1) this.#messages.push({ kind: 'swallow' });
  }

  nextMessage(): Fate {
    return this.#messages.shift() ?? { kind: 'pass' };
  }
}

/** How the server says goodbye on an open stream. */
export function streamError(code: number): BinaryNode {
  switch (code) {
    case 440:
      return stanza('stream:error', {}, [stanza('conflict', { type: 'replaced' })]);
    case 401:
      return stanza('stream:error', { code }, [stanza('conflict', { type: 'device_removed' })]);
    default:
      return stanza('stream:error', { code });
  }
}

/** How the server refuses a login. */
export function loginFailure(code: number): BinaryNode {
  if (code === 440 || code === 515) return streamError(code);
  return stanza('failure', { reason: code, location: 'frc', from: SERVER });
}
