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

/** Held by two officers or more: kept whatever its age. */
const held = sql<boolean>`(select count(*) from holds where holds.case_id = cases.id) >= 2`;

export interface Over {
  /** Cases that were closed before this day go. */
  readonly closedBefore: string;
  /** Open cases that nobody has changed since before this day go. */
  readonly openBefore: string;
}

const over = ({ closedBefore, openBefore }: Over) =>
  sql<boolean>`(not ${held} and (
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

/** Tables that rows are deleted from. */
const TABLES =
  'cases, case_keys, entries, receipts, reads, holds, exclusions, revocable_entries, drafts, draft_slots, pending_receipts, questions, chat_answers, day_keys, unknown_questions, accounts, desk_sessions, desk_invites';

/**
 * Makes deleted rows unreadable on the disk. SQLite overwrites them when they are deleted (`secure_delete`), but until a checkpoint
 * they stand in the write-ahead log: it is written back and cut to nothing (where another process is reading it, the next time).
 * PostgreSQL frees the rows' places; what stands in its own write-ahead log goes when that is recycled.
 */
export async function tidy(db: Database): Promise<void> {
  await (isSqlite(db) ? sql`pragma wal_checkpoint(truncate)` : sql.raw(`vacuum ${TABLES}`)).execute(db);
}
