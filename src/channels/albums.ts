/** Albums remembered at a time; their messages come within a second of each other. */
const KEPT = 500;

/**
 * Telegram and WhatsApp deliver the pictures of an album one by one. The conversation gets every one of them, and is told which are not the first: outside
 * a report nobody is to be told ten times that pictures are not read.
 */
export class Albums {
  readonly #seen = new Set<string>();

  /** True for every message of an album but the first. */
  follows(album: string | undefined): boolean {
    if (album === undefined) return false;
    if (this.#seen.has(album)) return true;
    this.#seen.add(album);
    if (this.#seen.size > KEPT) for (const oldest of [...this.#seen].slice(0, KEPT / 2)) this.#seen.delete(oldest);
    return false;
  }
}
