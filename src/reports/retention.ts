/** What is old is deleted: really, not marked. */
import type { Database } from '../store/database.ts';
import { inOneChange } from '../store/reports/change.ts';
import { deleteDraft, expiredDrafts } from '../store/reports/drafts.ts';
import { closedCases, deleteClosed, deleteExpiredThreads, tidy } from '../store/reports/retention.ts';
import { addDays, dayOf } from './days.ts';

export interface RetentionDependencies {
  readonly database: Database;
  readonly now: () => number;
  /** Days that a closed case is kept. */
  readonly days: number;
  /** Counts again what is stored. */
  readonly afterwards?: () => Promise<void>;
}

/** Cases in one transaction. */
const AT_ONCE = 50;

export class Retention {
  readonly #deps: RetentionDependencies;

  constructor(deps: RetentionDependencies) {
    this.#deps = deps;
  }

  /** Called every ten minutes. Gives how many closed cases went. */
  async run(): Promise<number> {
    const { database, now, days } = this.#deps;
    const today = dayOf(now());
    await deleteExpiredThreads(database, { now: now(), today, oldestDay: addDays(today, -1) });
    await this.#drafts();
    const cases = await this.#closed(today, addDays(today, -days));
    // every time: a draft that was cancelled, or an answer that was sent, was deleted elsewhere
    await tidy(database);
    await this.#deps.afterwards?.();
    return cases;
  }

  async #drafts(): Promise<void> {
    const { database, now } = this.#deps;
    for (;;) {
      const ids = await expiredDrafts(database, now(), AT_ONCE);
      if (ids.length === 0) return;
      await inOneChange(database, async ({ trx }) => {
        for (const id of ids) await deleteDraft(trx, id);
      });
    }
  }

  async #closed(today: string, before: string): Promise<number> {
    const { database } = this.#deps;
    for (let deleted = 0; ; ) {
      const ids = await closedCases(database, before, AT_ONCE);
      if (ids.length === 0) return deleted;
      deleted += await inOneChange(database, async ({ trx, audit }) => {
        let gone = 0;
        for (const id of ids) {
          if (!(await deleteClosed(trx, id, before))) continue;
          audit({ at: today, actor: 'server', event: 'deleted', case: id });
          gone++;
        }
        return gone;
      });
    }
  }
}
