import type { Database } from '../database.ts';

/** The wrapped key of a day. */
export async function readDayKey(db: Database, day: string): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom('day_keys').select('wrapped').where('day', '=', day).executeTakeFirst();
  return row?.wrapped;
}

/** Keeps it unless the day has one: of several processes the first one's holds for all. */
export async function addDayKey(db: Database, day: string, wrapped: Uint8Array): Promise<void> {
  await db
    .insertInto('day_keys')
    .values({ day, wrapped })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
}

/** Puts another in its place: made with a server key that is no more, it opens nothing. */
export async function replaceDayKey(db: Database, day: string, wrapped: Uint8Array): Promise<void> {
  await db.updateTable('day_keys').set({ wrapped }).where('day', '=', day).execute();
}
