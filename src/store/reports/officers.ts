import type { Selectable } from 'kysely';
import type { Database } from '../database.ts';
import { isSqlite } from '../is-sqlite.ts';
import { deleteDraft } from './drafts.ts';
import type { OfficerTable } from './tables.ts';

export type OfficerRow = Selectable<OfficerTable>;

/** All officers by name, also retired ones. */
export const allOfficers = (db: Database): Promise<OfficerRow[]> =>
  db.selectFrom('officers').selectAll().orderBy('name').orderBy('id').execute();

export type ActiveOfficer = Pick<OfficerRow, 'id' | 'recipient' | 'unit'> & {
  /** Regions whose tips are routed to the officer's unit, separated by spaces; null or empty where none are. */
  readonly regions: string | null;
};

/** Who reads now. */
export const activeOfficers = (db: Database): Promise<ActiveOfficer[]> =>
  db
    .selectFrom('officers')
    .leftJoin('desk_units', 'desk_units.name', 'officers.unit')
    .select(['officers.id', 'officers.recipient', 'officers.unit', 'desk_units.regions'])
    .where('officers.retired', 'is', null)
    .orderBy('officers.id')
    .execute();

export async function isActive(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom('officers').select('retired').where('id', '=', id).executeTakeFirst();
  return row !== undefined && row.retired === null;
}

export async function insertOfficer(trx: Database, row: OfficerRow): Promise<void> {
  await trx.insertInto('officers').values(row).execute();
}

/** False where the officer is retired already. */
export async function retire(trx: Database, id: string, day: string): Promise<boolean> {
  const retired = await trx
    .updateTable('officers')
    .set({ retired: day })
    .where('id', '=', id)
    .where('retired', 'is', null)
    .executeTakeFirst();
  return Number(retired.numUpdatedRows) > 0;
}

/** Cases that this officer has a key of stay as they are until the transaction ends: nobody gives or takes a key of them meanwhile. */
export async function lockCasesOf(trx: Database, officer: string): Promise<void> {
  // SQLite lets one transaction write at a time anyway
  if (isSqlite(trx)) return;
  await trx
    .selectFrom('cases')
    .select('id')
    .where('id', 'in', (eb) => eb.selectFrom('case_keys').select('case_id').where('officer', '=', officer))
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Cases that can be opened without this officer: another one who works here has a key, or it lies in the safe. */
const openWithout = (db: Database, officer: string) =>
  db
    .selectFrom('case_keys as other')
    .leftJoin('officers', 'officers.id', 'other.officer')
    .select('other.case_id')
    .where('other.officer', '!=', officer)
    // the key in the safe is no officer
    .where('officers.retired', 'is', null);

/** Deletes the officer's wraps where somebody else has one too, and what they have read. */
export async function dropKeysOf(trx: Database, officer: string): Promise<void> {
  await trx
    .deleteFrom('case_keys')
    .where('officer', '=', officer)
    .where('case_id', 'in', openWithout(trx, officer))
    .execute();
  await trx.deleteFrom('reads').where('officer', '=', officer).execute();
}

/** Drafts that nobody could open any more without this officer: their writers begin again, for those who are there. */
export async function dropDraftsOf(trx: Database, officer: string): Promise<void> {
  const drafts = await trx
    .selectFrom('case_keys')
    .innerJoin('drafts', 'drafts.case_id', 'case_keys.case_id')
    .select('case_keys.case_id')
    .where('case_keys.officer', '=', officer)
    .where('case_keys.case_id', 'not in', openWithout(trx, officer))
    .execute();
  for (const { case_id } of drafts) await deleteDraft(trx, case_id);
}

/** Cases that nobody could open any more without this officer. */
export async function onlyReadableBy(db: Database, officer: string): Promise<number> {
  const { count } = await db
    .selectFrom('case_keys')
    .innerJoin('cases', 'cases.id', 'case_keys.case_id')
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .where('case_keys.officer', '=', officer)
    .where('cases.status', '!=', 'draft')
    .where('case_keys.case_id', 'not in', openWithout(db, officer))
    .executeTakeFirstOrThrow();
  return Number(count);
}
