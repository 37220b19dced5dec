/** How many bytes are stored, so that a flood fills neither the disk nor the time of the officers. */
import type { Database } from '../store/database.ts';
import { storedBytes } from '../store/reports/cases.ts';

/** What a small case takes: a draft is not begun where it could not be ended. */
export const ROOM_FOR_A_CASE = 256 * 1024;

export class Storage {
  readonly #db: Database;
  readonly #most: number;
  #stored: Promise<number> | undefined;
  #added = 0;

  constructor(db: Database, most: number) {
    this.#db = db;
    this.#most = most;
  }

  /** True where so many more bytes have room. Not to be called within a transaction. */
  async fits(bytes: number): Promise<boolean> {
    this.#stored ??= storedBytes(this.#db);
    try {
      return (await this.#stored) + this.#added + bytes <= this.#most;
    } catch (error) {
      this.#stored = undefined;
      throw error;
    }
  }

  /** Bytes that were stored now. What is deleted, and what other processes store, is counted with the next {@link recount}. */
  add(bytes: number): void {
    this.#added += bytes;
  }

  /** Asks the database again. */
  async recount(): Promise<void> {
    const before = this.#added;
    const stored = await storedBytes(this.#db);
    this.#stored = Promise.resolve(stored);
    this.#added -= before;
  }
}
