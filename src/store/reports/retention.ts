/** Deletes what is over. */
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { isSqlite } from '../is-sqlite.ts';
import { deleteCase } from './cases.ts';

/** What ties chats to cases, and is over by its time. */
export async function deleteExpiredThreads(
  db: Database,
  { now, today, oldestDay }: { readonly now: number; readonly today: string; readonly oldestDay: string },
): Promise<void> {
  await Promise.all([
    db.deleteFrom('pending_receipts').where('expires_at', '<=', now).executeTakeFirst(),
    db.deleteFrom('questions').where('expires', '<=', today).executeTakeFirst(),
    db.deleteFrom('chat_answers').where('expires', '<=', today).executeTakeFirst(),
    db.deleteFrom('revocable_entries').where('visible_at', '<=', now).executeTakeFirst(),
    db.deleteFrom('day_keys').where('day', '<', oldestDay).executeTakeFirst(),
  ]);
}

export interface Over {
  /** Cases that were closed before this day go. */
  readonly closedBefore: string;
  /** Open cases that nobody has changed since before this day go. */
  readonly openBefore: string;
  /** But not where so many officers hold it. */
  readonly holds: number;
}

const over = ({ closedBefore, openBefore, holds }: Over) =>
  sql<boolean>`((select count(*) from holds where holds.case_id = cases.id) < ${holds} and (
    (status = 'closed' and closed < ${closedBefore}) or (status not in ('draft', 'closed') and changed < ${openBefore})
  ))`;

/** Cases whose time is over and that nobody holds. */
export const casesOver = (
  db: Database,
  days: Over,
  limit: number,
): Promise<Array<{ readonly id: string; readonly closed: string | null }>> =>
  db.selectFrom('cases').select(['id', 'closed']).where(over(days)).limit(limit).execute();

/** False where it was touched, opened again or held meanwhile. */
export async function deleteOver(trx: Database, id: string, days: Over): Promise<boolean> {
  const row = await trx.deleteFrom('cases').where('id', '=', id).where(over(days)).executeTakeFirst();
  if (Number(row.numDeletedRows) === 0) return false;
  await deleteCase(trx, id);
  return true;
}

/** What ties a chat to a report, and keys: small, and what is deleted of it must be gone soon. */
const THREADS =
  'drafts, draft_slots, pending_receipts, revocable_entries, questions, chat_answers, day_keys, accounts, desk_sessions, desk_invites';
/** Sealed contents, which may be large. */
const CONTENTS = 'cases, case_keys, entries, receipts, reads, holds, exclusions, unknown_questions';

/**
 * Makes deleted rows unreadable on the disk. SQLite overwrites them when they are deleted (`secure_delete`), but until a checkpoint
 * they stand in the write-ahead log: it is written back and cut to nothing (where another process is reading it, the next time).
 * PostgreSQL frees the rows' places, and only where a table is written anew does it hold nothing of them any more; what stands in its
 * own write-ahead log goes when that is recycled.
 * @param anew writes PostgreSQL's large tables anew, too: nobody can use them meanwhile, and it needs room for a second copy
 */
export async function tidy(db: Database, { anew }: { readonly anew: boolean }): Promise<void> {
  if (isSqlite(db)) {
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    return;
  }
  await sql.raw(`vacuum (full) ${THREADS}`).execute(db);
  await sql.raw(`vacuum ${anew ? '(full)' : ''} ${CONTENTS}`).execute(db);
}
