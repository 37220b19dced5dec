import { rest } from './pause.ts';

/** Calls at a time: Meta allows 80 messages a second, and each takes some tenths of one. */
const SLOTS = 20;

/** Lets calls through a few at a time, and none while Meta has asked for a pause. */
export class Gate {
  readonly #stopping: AbortSignal;
  readonly #queue: Array<() => void> = [];
  #free = SLOTS;
  #opensAt = 0;

  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
  }

  /** How long it is still closed, in milliseconds. */
  get closedFor(): number {
    return Math.max(0, this.#opensAt - Date.now());
  }

  closeFor(ms: number): void {
    this.#opensAt = Math.max(this.#opensAt, Date.now() + ms);
  }

  /** Runs a call when there is room. Once the program stops it waits for nothing. */
  async pass<T>(call: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      while (this.closedFor > 0 && !this.#stopping.aborted) await rest(this.closedFor, this.#stopping);
      return await call();
    } finally {
      const next = this.#queue.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
