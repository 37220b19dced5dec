/**
 * Changes that wait while a transaction runs are committed together with the next one: a commit waits for the disk, and so the more
 * come, the less each of them waits.
 */
import type { Database } from '../store/database.ts';
import { isSqlite } from '../store/is-sqlite.ts';
import { inOneChange, type Work } from '../store/reports/change.ts';

/** Changes in one transaction. More would hold up whoever waits for the locks. */
const GROUP = 64;
/** Transactions at once. SQLite has one connection; of PostgreSQL's ten some are left to others. */
const LANES = { sqlite: 1, postgres: 4 };

interface Waiting {
  readonly work: Work<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupedWrites {
  readonly #db: Database;
  readonly #lanes: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(db: Database) {
    this.#db = db;
    this.#lanes = isSqlite(db) ? LANES.sqlite : LANES.postgres;
  }

  /** Resolves after the durable commit. `work` may run more than once, and must not use the database past its transaction. */
  run<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve: (result) => resolve(result as T), reject });
      if (this.#running < this.#lanes) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#running++;
    try {
      while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, GROUP));
    } finally {
      this.#running--;
    }
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      const results = await inOneChange(this.#db, async (change) => {
        const done: unknown[] = [];
        for (const { work } of group) done.push(await work(change));
        return done;
      });
      for (const [i, { resolve }] of group.entries()) resolve(results[i]);
    } catch (error) {
      // one that fails must not take the others with it
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await this.#commit([one]);
    }
  }
}
