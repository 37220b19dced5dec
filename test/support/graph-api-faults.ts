import type { Payload } from './graph-api-checks.ts';

/** A way for a call to go wrong. */
export type Fault =
  /** Graph says no. `retryAfter` goes into the header: seconds, or a date. */
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly retryAfter?: string }
  /** Something that is not Graph speaks: a gateway's page. */
  | { readonly kind: 'garbage'; readonly status: number; readonly body: string }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'reset' }
  /** The message is taken, but the connection breaks before the answer. */
  | { readonly kind: 'lost-answer' }
  /** Answered after `ms` milliseconds; taken at once. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answered, not taken. */
  | { readonly kind: 'silence' };

interface Planned {
  readonly fault: Fault;
  readonly when: (payload: Payload) => boolean;
  left: number;
}

/** Messages (unless `when` says otherwise), not the marks "read" and "typing". */
const isMessage = (payload: Payload): boolean => payload.type !== undefined;

/** Faults that are waiting for their call. */
export class Faults {
  #planned: Planned[] = [];

  plan(fault: Fault, times: number, when: (payload: Payload) => boolean = isMessage): void {
    this.#planned.push({ fault, when, left: times });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault that this call meets, counted off. */
  meet(payload: Payload): Fault | undefined {
    const planned = this.#planned.find(({ left, when }) => left > 0 && when(payload));
    if (planned) planned.left--;
    return planned?.fault;
  }
}
