/** What officers have written a moment ago and can still take back. */
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { RevocableEntryTable } from './tables.ts';

export async function insertRevocable(trx: Database, row: Insertable<RevocableEntryTable>): Promise<void> {
  await trx.insertInto('revocable_entries').values(row).execute();
}

/** Deletes the entry where this officer may still take it back; undefined otherwise. */
export async function takeBackEntry(
  trx: Database,
  where: { readonly case: string; readonly entry: string; readonly officer: string; readonly now: number },
): Promise<Selectable<RevocableEntryTable> | undefined> {
  const row = await trx
    .deleteFrom('revocable_entries')
    .where('case_id', '=', where.case)
    .where('entry_id', '=', where.entry)
    .where('officer', '=', where.officer)
    .where('visible_at', '>', where.now)
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined)
    await trx.deleteFrom('entries').where('case_id', '=', where.case).where('id', '=', where.entry).execute();
  return row;
}

/**
 * An answer was taken back while others are still waiting: they are the ones that go back to what was before it. False where there
 * are none.
 */
export async function inheritStatus(
  trx: Database,
  id: string,
  before: Exclude<RevocableEntryTable['status_before'], null>,
  now: number,
): Promise<boolean> {
  const others = await trx
    .updateTable('revocable_entries')
    .set({ status_before: before })
    .where('case_id', '=', id)
    .where('status_before', 'is not', null)
    .where('visible_at', '>', now)
    .executeTakeFirst();
  return Number(others.numUpdatedRows) > 0;
}

/** Entries of the case that this officer can take back, with the time until when. */
export async function revocableOf(
  db: Database,
  where: { readonly case: string; readonly officer: string; readonly now: number },
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('revocable_entries')
    .select(['entry_id', 'visible_at'])
    .where('case_id', '=', where.case)
    .where('officer', '=', where.officer)
    .where('visible_at', '>', where.now)
    .execute();
  return new Map(rows.map(({ entry_id, visible_at }) => [entry_id, Number(visible_at)]));
}
