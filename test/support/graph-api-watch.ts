/** Tests that wait for something to happen at a fake. */
export class Watch {
  readonly #looks = new Set<() => void>();

  /** Something has happened: whoever waits looks again. */
  changed(): void {
    for (const look of [...this.#looks]) look();
  }

  /** What `probe` gives, once that is not undefined; rejects after `patience` milliseconds. */
  until<T>(probe: () => T | undefined, what: string, patience: number): Promise<T> {
    const at = probe();
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#looks.delete(look);
        reject(new Error(`waited ${patience} ms in vain for ${what}`));
      }, patience);
      const look = () => {
        const found = probe();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#looks.delete(look);
        resolve(found);
      };
      this.#looks.add(look);
    });
  }
}
