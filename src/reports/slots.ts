/** So many at once; the others wait in the order of their calls. */
export class Slots {
  #free: number;
  readonly #waiting: Array<() => void> = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // the place is handed on, so that nobody comes in between
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
