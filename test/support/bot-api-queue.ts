/** Updates waiting to be confirmed, and the one getUpdates call that may wait for more. */
export interface QueuedUpdate {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

type Poll = (updates: readonly QueuedUpdate[] | 'conflict') => void;

export class UpdateQueue {
  #updates: QueuedUpdate[] = [];
  #waiting: { readonly limit: number; readonly end: Poll } | undefined;
  #allowed: ReadonlySet<string> | undefined;

  /** Updates that no offset has confirmed yet. */
  get pending(): readonly QueuedUpdate[] {
    return this.#updates;
  }

  /** True while a getUpdates call is held open. */
  get polled(): boolean {
    return this.#waiting !== undefined;
  }

  allow(kinds: unknown): void {
    if (Array.isArray(kinds)) this.#allowed = kinds.length === 0 ? undefined : new Set(kinds.map(String));
  }

  allows(update: QueuedUpdate): boolean {
    return this.#allowed === undefined || Object.keys(update).some((key) => this.#allowed?.has(key));
  }

  push(update: QueuedUpdate): void {
    if (!this.allows(update)) return;
    this.#updates.push(update);
    this.#waiting?.end(this.#updates.slice(0, this.#waiting.limit));
  }

  remove(id: number): void {
    this.#updates = this.#updates.filter(({ update_id }) => update_id !== id);
  }

  clear(): void {
    this.#updates = [];
  }

  /**
   * getUpdates: confirms what is below `offset`, then gives what there is, or waits for up to `timeout` seconds. An earlier call that still waits
   * ends with a conflict. `gone` is called with what ends the wait where the caller hangs up.
   */
  async take(
    { offset = 0, limit = 100, timeout = 0 }: { offset?: number; limit?: number; timeout?: number },
    gone: (hangUp: () => void) => void,
  ): Promise<readonly QueuedUpdate[] | 'conflict'> {
    this.#waiting?.end('conflict');
    if (offset > 0) this.#updates = this.#updates.filter(({ update_id }) => update_id >= offset);
    if (offset < 0) this.#updates = this.#updates.slice(offset);
    if (this.#updates.length > 0 || timeout <= 0) return this.#updates.slice(0, limit);
    return new Promise((resolve) => {
      const timer = setTimeout(() => mine.end([]), timeout * 1000);
      const mine = {
        limit,
        end: (updates: readonly QueuedUpdate[] | 'conflict') => {
          clearTimeout(timer);
          if (this.#waiting === mine) this.#waiting = undefined;
          resolve(updates);
        },
      };
      this.#waiting = mine;
      gone(() => mine.end([]));
    });
  }
}
