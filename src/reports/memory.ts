/** What is remembered for a while and never stored: gone after its time, after a restart, and where too much comes. */
export class Memory<T> {
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();
  readonly #time: number;
  readonly #most: number;
  readonly #now: () => number;

  /** @param time milliseconds; @param most values: the oldest goes where more come */
  constructor(time: number, most: number, now: () => number) {
    this.#time = time;
    this.#most = most;
    this.#now = now;
  }

  get(key: string): T | undefined {
    this.#sweep();
    return this.#kept.get(key)?.value;
  }

  set(key: string, value: T): void {
    // deleted first: the map is in the order of time, which the sweep relies on
    this.#kept.delete(key);
    this.#kept.set(key, { value, until: this.#now() + this.#time });
    this.#sweep();
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }

  #sweep(): void {
    const now = this.#now();
    for (const [key, { until }] of this.#kept) {
      if (until > now && this.#kept.size <= this.#most) return;
      this.#kept.delete(key);
    }
  }
}
