/** Challenges of the web door: signed, so that nothing is kept of those that nobody answers; each is taken once. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isSolved, LEAST_BITS, ROUNDS } from './work.ts';

/** Long enough for a slow upload to begin. */
const LIFETIME = 10 * 60 * 1000;
/** Accepted answers in ten minutes from which the work doubles, and doubles again with every doubling. */
const CALM = 30;
/** Under a flood a person waits half a minute, and a flooder pays 32 times as much. */
const MOST_DOUBLINGS = 5;

export interface Challenge {
  readonly challenge: string;
  readonly bits: number;
}

export class Challenges {
  readonly #sign: (text: string) => string;
  readonly #now: () => number;
  readonly #leastBits: number;
  /** Answered ones, with their expiry: in the order in which they were answered. */
  readonly #taken = new Map<string, number>();

  /**
   * @param sign a keyed hash; the same in every process that serves the same visitors
   * @param leastBits of a puzzle in quiet times; fewer in tests
   */
  constructor(sign: (text: string) => string, now: () => number = Date.now, leastBits = LEAST_BITS) {
    this.#sign = sign;
    this.#now = now;
    this.#leastBits = leastBits;
  }

  issue(): Challenge {
    const bits = this.#bits();
    const body = `${randomBytes(16).toString('base64url')}.${this.#now() + LIFETIME}.${bits}`;
    return { challenge: `${body}.${this.#sign(body)}`, bits };
  }

  /** Takes an answer, as `challenge;number,number,...`: true once, and only for a challenge of ours that has not expired. */
  take(answer: string): boolean {
    const [challenge = '', numbers = ''] = answer.split(';');
    const [nonce = '', expiry = '', bits = '', signature] = challenge.split('.');
    const now = this.#now();
    const until = Number(expiry);
    if (signature === undefined || !sameText(signature, this.#sign(`${nonce}.${expiry}.${bits}`))) return false;
    if (until <= now || this.#taken.has(nonce)) return false;
    const answers = numbers.split(',').map(Number);
    if (answers.length !== ROUNDS || !isSolved(challenge, Number(bits), answers)) return false;
    this.#taken.set(nonce, until);
    return true;
  }

  #bits(): number {
    const now = this.#now();
    for (const [nonce, until] of this.#taken) if (until <= now) this.#taken.delete(nonce);
    const load = this.#taken.size / CALM;
    return this.#leastBits + (load < 1 ? 0 : Math.min(MOST_DOUBLINGS, 1 + Math.floor(Math.log2(load))));
  }
}

/** Compares signatures in a time that does not depend on where they differ. */
function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
