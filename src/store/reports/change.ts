/** A change of the reports: one transaction, with what it adds to the audit chain. */
import { codeOf } from '../code-of.ts';
import type { Database } from '../database.ts';
import { isSqlite } from '../is-sqlite.ts';
import { type AuditEvent, appendAudit } from './audit.ts';

export interface Change {
  readonly trx: Database;
  /** Goes into the chain at the end of the transaction. */
  audit(event: AuditEvent): void;
  /** Done once before that, whatever the number of calls: for rows that many changes would wait for. */
  lastly(name: string, work: (trx: Database) => Promise<void>): void;
}

/** What changes, and what it gives. It may run more than once: it changes nothing but the database. */
export type Work<T> = (change: Change) => Promise<T>;

/** PostgreSQL's deadlock_detected: one of two transactions was undone, and can be done again. */
const DEADLOCK = '40P01';
const TRIES = 4;

/** Resolves after the durable commit. */
export async function inOneChange<T>(db: Database, work: Work<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(db, work);
    } catch (error) {
      if (codeOf(error) !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}

function once<T>(db: Database, work: Work<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    // a transaction of SQLite that has read may not write where another process has written since (SQLITE_BUSY_SNAPSHOT): the desk
    // in the terminal is such a process, so the lock is taken first
    if (isSqlite(db)) await trx.updateTable('audit_head').set({ id: 1 }).where('id', '=', 1).execute();
    const events: AuditEvent[] = [];
    const last = new Map<string, (trx: Database) => Promise<void>>();
    const result = await work({
      trx,
      audit: (event) => void events.push(event),
      lastly: (name, act) => void last.set(name, act),
    });
    for (const act of last.values()) await act(trx);
    await appendAudit(trx, events);
    return result;
  });
}
