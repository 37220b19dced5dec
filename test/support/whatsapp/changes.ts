/** Waiting for something to become true, without polling. */

/** How long a test waits, in milliseconds; it only ever takes that long where something is wrong. */
export const PATIENCE = 8_000;

export class Changes {
  readonly #watchers = new Set<() => void>();
  #failure: unknown;

  /** To be called after every change that somebody could wait for. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** What went wrong inside the server, if anything. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Something went wrong inside the server: everybody who waits learns it. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.changed();
  }

  /**
   * Resolves with the first value of `find` that is not undefined.
   * @param explain what to say after `timeout` milliseconds
   */
  until<Found>(
    find: () => Found | undefined,
    timeout = PATIENCE,
    explain: () => string = () => 'it did not happen',
  ): Promise<Found> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        this.#watchers.delete(watcher);
        clearTimeout(timer);
        end();
      };
      const watcher = () => {
        const found = find();
        if (found !== undefined) settle(() => resolve(found));
        else if (this.#failure !== undefined) settle(() => reject(this.#failure));
      };
      const timer = setTimeout(() => settle(() => reject(new Error(`after ${timeout} ms: ${explain()}`))), timeout);
      this.#watchers.add(watcher);
      watcher();
    });
  }
}
