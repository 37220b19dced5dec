/** Updates whose work is done, beside those of the dialogue: under a name that nobody can make again once the day's key is destroyed. */
import type { Database } from '../database.ts';

/** True where one of these names is marked. */
export async function isMarked(db: Database, names: readonly string[]): Promise<boolean> {
  return (await db.selectFrom('updates').select('id').where('id', 'in', names).executeTakeFirst()) !== undefined;
}

/** How long it is known, in milliseconds: as long as its name can be made. */
const MARKED = 48 * 60 * 60 * 1000;

/** False where it was marked before. @param name nothing is marked where there is none */
export async function mark(trx: Database, name: string | undefined, now: number): Promise<boolean> {
  if (name === undefined) return true;
  const added = await trx
    .insertInto('updates')
    .values({ id: name, expires_at: now + MARKED })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
}
