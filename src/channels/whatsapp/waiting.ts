/** How many messages of each chat wait for their answer. */
export class Waiting {
  readonly #counts = new Map<string, number>();

  of(chat: string): number {
    return this.#counts.get(chat) ?? 0;
  }

  add(chat: string): void {
    this.#counts.set(chat, this.of(chat) + 1);
  }

  remove(chat: string): void {
    const left = this.of(chat) - 1;
    if (left > 0) this.#counts.set(chat, left);
    else this.#counts.delete(chat);
  }
}
