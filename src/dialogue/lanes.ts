/** One lane a chat: messages of a chat are handled one after another, chats beside each other. */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #waiting = new Map<string, number>();

  /** How many tasks of a lane are waiting or running. */
  length(lane: string): number {
    return this.#waiting.get(lane) ?? 0;
  }

  /** Runs `task` after the lane's earlier ones, whether those succeeded or not. */
  async run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    this.#waiting.set(lane, this.length(lane) + 1);
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const mine = before.then(task, task);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(lane, settled);
    try {
      return await mine;
    } finally {
      const left = this.length(lane) - 1;
      if (left === 0) {
        this.#waiting.delete(lane);
        this.#tails.delete(lane);
      } else this.#waiting.set(lane, left);
    }
  }

  /** Resolves when every lane is empty. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
