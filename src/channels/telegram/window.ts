/**
 * Which updates have been taken up and not yet confirmed. Telegram gives the updates from the offset on again and again until a higher offset
 * confirms them; the offset is the lowest update that is not finished, so nothing unanswered is ever confirmed.
 */
export class UpdateWindow {
  readonly #known = new Map<number, 'running' | 'finished' | 'left'>();
  #running = 0;
  #offset: number | undefined;

  /** Updates being handled. */
  get running(): number {
    return this.#running;
  }

  /** What the next getUpdates may confirm: undefined as long as nothing has come. */
  get offset(): number | undefined {
    return this.#offset;
  }

  /** Takes an update up. False where that has been done before. */
  take(id: number): boolean {
    if (this.#known.has(id)) return false;
    this.#known.set(id, 'running');
    this.#running++;
    this.#advance();
    return true;
  }

  /** Ends the handling: the update may be confirmed, or (`left`) is to be delivered again. */
  end(id: number, how: 'finished' | 'left'): void {
    if (this.#known.get(id) !== 'running') return;
    this.#known.set(id, how);
    this.#running--;
    this.#advance();
  }

  /** Drops what the offset has confirmed; to be called once Telegram has answered a getUpdates with `offset`. */
  confirmed(offset: number | undefined): void {
    if (offset === undefined) return;
    for (const id of this.#known.keys()) if (id < offset) this.#known.delete(id);
  }

  /** Forgets the offset: after a week without updates Telegram may go on with lower ids. */
  forget(): void {
    if (this.#known.size === 0) this.#offset = undefined;
  }

  #advance(): void {
    let lowestOpen = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (const [id, state] of this.#known) {
      if (state !== 'finished' && id < lowestOpen) lowestOpen = id;
      if (id > highest) highest = id;
    }
    this.#offset = lowestOpen === Number.POSITIVE_INFINITY ? highest + 1 : lowestOpen;
  }
}
