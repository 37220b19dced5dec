/**
 * That officers are to be told of something new: one row for each way of telling, so that at most one notice waits on each, however
 * much comes in.
 */
import type { Database } from '../database.ts';

export interface WaitingNotice {
  /** The way of telling: `telegram`, `mail`. */
  readonly id: string;
  readonly attempts: number;
}

/**
 * Lets a notice become due on each of these ways, unless one waits there already. One that has been tried may have gone out a moment
 * ago, so it begins anew.
 * @param dueAt milliseconds since 1970
 */
export async function planNotices(trx: Database, ids: readonly string[], dueAt: number, day: string): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .insertInto('notices')
    .values([...ids].sort().map((id) => ({ id, due_at: dueAt, attempts: 0, created_day: day })))
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ due_at: dueAt, attempts: 0, created_day: day })
        .where('notices.attempts', '>', 0),
    )
    .execute();
}

export const dueNotices = (db: Database, now: number): Promise<WaitingNotice[]> =>
  db.selectFrom('notices').select(['id', 'attempts']).where('due_at', '<=', now).orderBy('id').execute();

/** Takes a notice to send it; it comes again at `retryAt` unless it is done by then. False where another process was first. */
export async function claimNotice(db: Database, { id, attempts }: WaitingNotice, retryAt: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ attempts: attempts + 1, due_at: retryAt })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .executeTakeFirst();
  return Number(numUpdatedRows) === 1;
}

/** It went out at this attempt. Where it has begun anew meanwhile, it stays. */
export async function noticeDone(db: Database, id: string, attempt: number): Promise<void> {
  await db.deleteFrom('notices').where('id', '=', id).where('attempts', '=', attempt).execute();
}

/** Notices that were tried and are not done. */
export const triedNotices = (db: Database): Promise<WaitingNotice[]> =>
  db.selectFrom('notices').select(['id', 'attempts']).where('attempts', '>', 0).orderBy('id').execute();

/** Forgets ways of telling that are not used any more. */
export async function keepNotices(db: Database, ids: readonly string[]): Promise<void> {
  const others = db.deleteFrom('notices');
  await (ids.length === 0 ? others : others.where('id', 'not in', ids)).execute();
}
