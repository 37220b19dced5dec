/** What officers see and change: rows only. Who may do what is decided in src/reports/. */
import { type Selectable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { CaseTable, EntryTable } from './tables.ts';

export type CaseRow = Selectable<CaseTable>;

export interface CaseView extends CaseRow {
  readonly entries: number;
  readonly unread: number;
  readonly holds: number;
  readonly readable: boolean;
}

/** Cases as this officer sees them, newest change first; drafts are none. */
export async function caseViews(db: Database, officer: string, id?: string): Promise<CaseView[]> {
  const count = sql<number | string>`count(*)`.as('count');
  const all = db
    .selectFrom('cases')
    .selectAll('cases')
    .select(({ selectFrom }) => [
      selectFrom('entries').select(count).whereRef('entries.case_id', '=', 'cases.id').as('entries'),
      selectFrom('entries')
        .select(count)
        .whereRef('entries.case_id', '=', 'cases.id')
        .where('entries.author', '=', 'reporter')
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('reads')
                .select('reads.officer')
                .whereRef('reads.case_id', '=', 'entries.case_id')
                .whereRef('reads.entry_id', '=', 'entries.id')
                .where('reads.officer', '=', officer),
            ),
          ),
        )
        .as('unread'),
      selectFrom('holds').select(count).whereRef('holds.case_id', '=', 'cases.id').as('holds'),
      selectFrom('case_keys')
        .select(count)
        .whereRef('case_keys.case_id', '=', 'cases.id')
        .where('case_keys.officer', '=', officer)
        .as('keys'),
    ])
    .where('cases.status', '!=', 'draft')
    .orderBy('cases.changed', 'desc')
    .orderBy('cases.id');
  const rows = await (id === undefined ? all : all.where('cases.id', '=', id)).execute();
  return rows.map(({ entries, unread, holds, keys, ...row }) => ({
    ...row,
    entries: Number(entries),
    unread: Number(unread),
    holds: Number(holds),
    readable: Number(keys) > 0,
  }));
}

/** The case, or undefined where it is a draft or none; locked until the transaction ends. */
export async function lockCase(trx: Database, id: string): Promise<CaseRow | undefined> {
  return trx
    .updateTable('cases')
    .set(({ ref }) => ({ version: ref('version') }))
    .where('id', '=', id)
    .where('status', '!=', 'draft')
    .returningAll()
    .executeTakeFirst();
}

export type CaseChange = Partial<
  Pick<
    CaseRow,
    'status' | 'changed' | 'opened' | 'handed_on' | 'closed' | 'version' | 'places' | 'unit' | 'merged_into'
  >
>;

export async function changeCase(trx: Database, id: string, change: CaseChange): Promise<void> {
  await trx.updateTable('cases').set(change).where('id', '=', id).execute();
}

export async function wrappedKey(db: Database, id: string, officer: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('case_keys')
    .select('wrapped')
    .where('case_id', '=', id)
    .where('officer', '=', officer)
    .executeTakeFirst();
  return row?.wrapped;
}

export async function putKey(trx: Database, id: string, officer: string, wrapped: Uint8Array): Promise<void> {
  await trx
    .insertInto('case_keys')
    .values({ case_id: id, officer, wrapped })
    .onConflict((conflict) => conflict.columns(['case_id', 'officer']).doUpdateSet({ wrapped }))
    .execute();
}

export const reportersOf = async (db: Database, id: string): Promise<string[]> =>
  (await db.selectFrom('receipts').select('recipient').where('case_id', '=', id).execute()).map((row) => row.recipient);

export const entriesOf = (db: Database, id: string): Promise<Array<Selectable<EntryTable>>> =>
  db.selectFrom('entries').selectAll().where('case_id', '=', id).orderBy('day').orderBy('id').execute();

/** Entries of at most so many sealed bytes; larger ones are not even read. */
export const smallEntriesOf = (db: Database, id: string, upTo: number): Promise<Array<Selectable<EntryTable>>> =>
  db
    .selectFrom('entries')
    .selectAll()
    .where('case_id', '=', id)
    .where(sql<number>`octet_length(sealed)`, '<=', upTo)
    .orderBy('day')
    .orderBy('id')
    .execute();

export async function markRead(trx: Database, id: string, entries: readonly string[], officer: string): Promise<void> {
  if (entries.length === 0) return;
  await trx
    .insertInto('reads')
    .values(entries.map((entry_id) => ({ case_id: id, entry_id, officer })))
    .onConflict((conflict) => conflict.columns(['case_id', 'entry_id', 'officer']).doNothing())
    .execute();
}

/** False where the entry's id is taken. */
export async function insertEntry(trx: Database, entry: Selectable<EntryTable>): Promise<boolean> {
  const added = await trx
    .insertInto('entries')
    .values(entry)
    .onConflict((conflict) => conflict.columns(['case_id', 'id']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** False where it was there before. */
export async function addHold(trx: Database, id: string, officer: string, day: string): Promise<boolean> {
  const added = await trx
    .insertInto('holds')
    .values({ case_id: id, officer, day })
    .onConflict((conflict) => conflict.columns(['case_id', 'officer']).doNothing())
    .executeTakeFirst();
  return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** The officer's own, or else one of somebody who is retired and can take it back no more. False where there is none. */
export async function removeHold(trx: Database, id: string, officer: string): Promise<boolean> {
  const own = await trx.deleteFrom('holds').where('case_id', '=', id).where('officer', '=', officer).executeTakeFirst();
  if (Number(own.numDeletedRows) > 0) return true;
  const left = await trx
    .deleteFrom('holds')
    .where('case_id', '=', id)
    .where('officer', 'in', (eb) => eb.selectFrom('officers').select('id').where('retired', 'is not', null))
    .executeTakeFirst();
  return Number(left.numDeletedRows) > 0;
}

/** True where another case is marked as a duplicate of this one. */
export async function hasDuplicates(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('cases').select('id').where('merged_into', '=', id).limit(1).executeTakeFirst();
  return row !== undefined;
}
