/** What is old is deleted: really, not marked. */
import type { Database } from '../store/database.ts';
import { inOneChange } from '../store/reports/change.ts';
import { deleteDraft, expiredDrafts } from '../store/reports/drafts.ts';
import { casesOver, deleteExpiredThreads, deleteOver, type Over, tidy } from '../store/reports/retention.ts';
import { addDays, dayOf } from './days.ts';
import { HOLDS, type Keeping } from './keeping.ts';

export interface RetentionDependencies {
  readonly database: Database;
  readonly now: () => number;
  readonly keeping: Keeping;
  /** Counts again what is stored. */
  readonly afterwards?: () => Promise<void>;
}

/** Cases in one transaction. */
const AT_ONCE = 50;

export class Retention {
  readonly #deps: RetentionDependencies;
  /** The day on which everything was last written anew. */
  #anew: string;

  constructor(deps: RetentionDependencies) {
    this.#deps = deps;
    this.#anew = dayOf(deps.now());
  }

  /** Called every ten minutes. Gives how many cases went; drafts are none. */
  async run(): Promise<number> {
    const { database, now, keeping } = this.#deps;
    const today = dayOf(now());
    await deleteExpiredThreads(database, { now: now(), today, oldestDay: addDays(today, -1) });
    await this.#drafts();
    const cases = await this.#cases(today, {
      closedBefore: addDays(today, -keeping.retentionDays),
      openBefore: addDays(today, -keeping.openDays),
      holds: HOLDS,
    });
    // every time: a draft that was cancelled, or an answer that was sent, was deleted elsewhere
    await tidy(database, { anew: cases > 0 || today !== this.#anew });
    this.#anew = today;
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

  async #cases(today: string, days: Over): Promise<number> {
    const { database } = this.#deps;
    for (let deleted = 0; ; ) {
      const over = await casesOver(database, days, AT_ONCE);
      if (over.length === 0) return deleted;
      deleted += await inOneChange(database, async ({ trx, audit }) => {
        let gone = 0;
        for (const { id, closed } of over) {
          if (!(await deleteOver(trx, id, days))) continue;
          audit({ at: today, actor: 'server', event: 'deleted', case: id, detail: closed === null ? 'untouched' : '' });
          gone++;
        }
        return gone;
      });
    }
  }
}
