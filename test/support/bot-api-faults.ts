import type { Payload } from './bot-api-checks.ts';

/** A way for a call to go wrong. */
export type Fault =
  /** The Bot API says no. `retryAfter` in seconds, fractions allowed. */
  | { readonly kind: 'error'; readonly code: number; readonly description?: string; readonly retryAfter?: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'reset' }
  /** The call is carried out, but the connection breaks before the answer. */
  | { readonly kind: 'lost-answer' }
  /** Status 200 (or another) with a body that is not what it should be. */
  | { readonly kind: 'garbage'; readonly body: string; readonly status?: number }
  /** Carried out after `ms` milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answered. */
  | { readonly kind: 'silence' };

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  readonly when: (payload: Payload) => boolean;
  left: number;
}

/** Faults that are waiting for their call. */
export class Faults {
  #planned: Planned[] = [];

  plan(method: string, fault: Fault, times: number, when: (payload: Payload) => boolean = () => true): void {
    this.#planned.push({ method, fault, when, left: times });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault that this call meets, counted off. */
  meet(method: string, payload: Payload): Fault | undefined {
    const planned = this.#planned.find(
      (entry) => entry.left > 0 && (entry.method === '*' || entry.method === method) && entry.when(payload),
    );
    if (planned) planned.left--;
    return planned?.fault;
  }
}
