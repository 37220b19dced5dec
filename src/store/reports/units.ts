/** Who of which unit has a key for a case, and who must never have one. */
import type { Database } from '../database.ts';

/** Officers of a unit who read now. */
export async function activeOfUnit(db: Database, unit: string): Promise<string[]> {
  const rows = await db
    .selectFrom('officers')
    .select('id')
    .where('unit', '=', unit)
    .where('retired', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

export async function unitOfOfficer(db: Database, id: string): Promise<string | undefined> {
  return (await db.selectFrom('officers').select('unit').where('id', '=', id).executeTakeFirst())?.unit;
}

/** Deletes the wrapped keys of everybody in the unit, and what they have read. */
export async function dropKeysOfUnit(trx: Database, id: string, unit: string): Promise<void> {
  for (const table of ['case_keys', 'reads'] as const)
    await trx
      .deleteFrom(table)
      .where('case_id', '=', id)
      .where('officer', 'in', (eb) => eb.selectFrom('officers').select('id').where('unit', '=', unit))
      .execute();
}

/** Units of the officers who can open the case now, each once. */
export async function readingUnits(db: Database, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('case_keys')
    .innerJoin('officers', 'officers.id', 'case_keys.officer')
    .select('officers.unit')
    .distinct()
    .where('case_keys.case_id', '=', id)
    .where('officers.retired', 'is', null)
    .execute();
  return rows.map(({ unit }) => unit);
}

export async function excludedUnits(db: Database, id: string): Promise<string[]> {
  const rows = await db.selectFrom('exclusions').select('unit').where('case_id', '=', id).execute();
  return rows.map(({ unit }) => unit);
}

export async function insertExclusions(trx: Database, id: string, units: readonly string[]): Promise<void> {
  if (units.length === 0) return;
  await trx
    .insertInto('exclusions')
    .values(units.map((unit) => ({ case_id: id, unit })))
    .onConflict((conflict) => conflict.columns(['case_id', 'unit']).doNothing())
    .execute();
}

/** The officers of excluded units, for whom what is added to the case must not be kept either. */
export async function excludedOfficers(db: Database, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('officers')
    .innerJoin('exclusions', 'exclusions.unit', 'officers.unit')
    .select('officers.id')
    .where('exclusions.case_id', '=', id)
    .execute();
  return rows.map(({ id: officer }) => officer);
}

/** The other cases of the same reporter's thread: what was added through the web door, and what that adds to. */
export async function threadOf(
  db: Database,
  { id, follows }: { readonly id: string; readonly follows: string | null },
): Promise<string[]> {
  const root = follows ?? id;
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where(({ or, eb }) => or([eb('id', '=', root), eb('follows', '=', root)]))
    .where('id', '!=', id)
    .where('status', '!=', 'draft')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
