/** Logins that nobody has, kept in memory: they lock like real ones, so that guessing does not tell which exist. */
const KEPT = 1_000;

export class Strangers {
  readonly #seen = new Map<string, { failures: number; lockedUntil: number }>();

  /** @param lockAfter milliseconds of waiting after so many failures */
  failed(
    login: string,
    now: number,
    lockAfter: (failures: number) => number,
  ): { readonly kind: 'wrong' } | { readonly kind: 'locked'; readonly wait: number } {
    const entry = this.#seen.get(login) ?? { failures: 0, lockedUntil: 0 };
    this.#seen.delete(login);
    this.#seen.set(login, entry);
    if (this.#seen.size > KEPT) this.#seen.delete(this.#seen.keys().next().value as string);
    if (entry.lockedUntil > now) return { kind: 'locked', wait: entry.lockedUntil - now };
    entry.failures++;
    const wait = lockAfter(entry.failures);
    entry.lockedUntil = now + wait;
    return wait === 0 ? { kind: 'wrong' } : { kind: 'locked', wait };
  }
}
