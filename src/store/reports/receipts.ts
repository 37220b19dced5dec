/** What a receipt finds. */
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { CaseTable, EntryTable } from './tables.ts';

export type ReceiptCase = Pick<
  Selectable<CaseTable>,
  'id' | 'recipient' | 'follows' | 'status' | 'opened' | 'handed_on' | 'closed' | 'places'
>;
export type Answer = Pick<Selectable<EntryTable>, 'case_id' | 'id' | 'day' | 'sealed'>;

/** The cases of a receipt; the first one is the one that the others follow. */
export async function casesOfReceipt(db: Database, lookupHash: string): Promise<ReceiptCase[]> {
  const cases = await db
    .selectFrom('receipts')
    .innerJoin('cases', 'cases.id', 'receipts.case_id')
    .select([
      'cases.id',
      'cases.recipient',
      'cases.follows',
      'cases.status',
      'cases.opened',
      'cases.handed_on',
      'cases.closed',
      'cases.places',
    ])
    .where('receipts.lookup_hash', '=', lookupHash)
    .execute();
  return cases.sort((a, b) => Number(a.follows !== null) - Number(b.follows !== null));
}

/** Officers' answers in these cases, but those that can still be taken back. Asked also where there is no case: an unknown receipt must not be told by the time it takes. */
export const answersOf = (db: Database, cases: readonly string[], now: number): Promise<Answer[]> =>
  db
    .selectFrom('entries')
    .select(['case_id', 'id', 'day', 'sealed'])
    .where('case_id', 'in', cases.length > 0 ? cases : [''])
    .where('author', '=', 'officer')
    .where(({ eb, not, exists }) =>
      not(
        exists(
          eb
            .selectFrom('revocable_entries')
            .select('officer')
            .whereRef('revocable_entries.case_id', '=', 'entries.case_id')
            .whereRef('revocable_entries.entry_id', '=', 'entries.id')
            .where('visible_at', '>', now),
        ),
      ),
    )
    .execute();

export interface Addition {
  readonly entry: Insertable<EntryTable>;
  readonly day: string;
}

/** Adds an entry by the reporter; what was closed is new again. False where the case is gone. */
export async function addToCase(trx: Database, { entry, day }: Addition): Promise<boolean> {
  const changed = await trx
    .updateTable('cases')
    .set(({ eb }) => ({
      version: eb('version', '+', 1),
      places: eb('places', '+', 1),
      changed: day,
      status: eb
        .case()
        .when('status', '=', 'closed')
        .then('new' as const)
        .else(eb.ref('status'))
        .end(),
      closed: null,
    }))
    .where('id', '=', entry.case_id)
    .where('status', '!=', 'draft')
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) === 0) return false;
  await trx.insertInto('entries').values(entry).execute();
  return true;
}
