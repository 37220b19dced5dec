/**
 * Changes that wait while a transaction runs are committed together with the next one: a commit waits for the disk, and so the more
 * come, the less each of them waits. Those that are alike are made by the same few statements.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { isSqlite } from '../store/is-sqlite.ts';
import { isLost } from '../store/lost.ts';
import { type Change, inOneChange, type Work } from '../store/reports/change.ts';

/** Changes in one transaction. More would hold up whoever waits for the locks. */
const GROUP = 64;
/** Transactions at once. SQLite has one connection; of PostgreSQL's ten most are left to others. */
const LANES = { sqlite: 1, postgres: 2 };

/** A change that many make alike, for all of them at once; gives their results in their order. */
export type Together<Item, Result> = (change: Change, items: readonly Item[]) => Promise<readonly Result[]>;

/** Where the database is lost, a group is tried so often, with so many milliseconds in between for the pool to notice what has broken. */
const TRIES = 3;
const PAUSE = 100;

interface Waiting {
  readonly work: Together<unknown, unknown>;
  readonly item: unknown;
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
  run<Result>(work: Work<Result>): Promise<Result> {
    return this.together(async (change) => [await work(change)], undefined);
  }

  /** As {@link run}, together with others that name the same function. */
  together<Item, Result>(work: Together<Item, Result>, item: Item): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.push({
        work: work as Together<unknown, unknown>,
        item,
        resolve: (result) => resolve(result as Result),
        reject,
      });
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

  async #commit(group: readonly Waiting[], tries = 1): Promise<void> {
    const alike = Map.groupBy(group, ({ work }) => work);
    try {
      const results = await inOneChange(this.#db, async (change) => {
        const done = new Map<Waiting, unknown>();
        for (const [work, those] of alike) {
          const found = await work(
            change,
            those.map(({ item }) => item),
          );
          for (const [i, one] of those.entries()) done.set(one, found[i]);
        }
        return done;
      });
      for (const one of group) one.resolve(results.get(one));
    } catch (error) {
      const lost = isLost(error);
      // connections that broke are soon new ones; without a database each change would only wait in turn
      if (lost && tries < TRIES) {
        await sleep(PAUSE);
        await this.#commit(group, tries + 1);
      } else if (lost || group.length === 1) for (const one of group) one.reject(error);
      // one that fails must not take the others with it
      else for (const one of group) await this.#commit([one]);
    }
  }
}
