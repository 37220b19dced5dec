/** What a receipt finds. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { CaseTable, EntryTable } from './tables.ts';

export type ReceiptCase = Pick<
  Selectable<CaseTable>,
  'id' | 'recipient' | 'follows' | 'status' | 'opened' | 'handed_on' | 'closed' | 'places'
>;
export type Answer = Pick<Selectable<EntryTable>, 'case_id' | 'id' | 'day' | 'sealed'>;

/** What a receipt has found: its own cases, or those of the next one, of which nothing is told. */
export interface Found {
  readonly isKnown: boolean;
  readonly cases: readonly ReceiptCase[];
}

/**
 * The cases of a receipt, or of the next one in the order of the hashes: so that the database has the same to do, whether it knows the
 * receipt or not. The first of several is the one that the others follow.
 */
export async function findCases(db: Database, lookupHash: string): Promise<Found> {
  const next = sql<string>`coalesce(
    (select min(lookup_hash) from receipts where lookup_hash >= ${lookupHash}),
    (select min(lookup_hash) from receipts)
  )`;
  const rows = await db
    .selectFrom('receipts')
    .innerJoin('cases', 'cases.id', 'receipts.case_id')
    .select([
      'receipts.lookup_hash',
      'cases.id',
      'cases.recipient',
      'cases.follows',
      'cases.status',
      'cases.opened',
      'cases.handed_on',
      'cases.closed',
      'cases.places',
    ])
    .where('receipts.lookup_hash', '=', next)
    .execute();
  const cases = rows.map(({ lookup_hash: _, ...one }) => one);
  cases.sort((one, other) => Number(one.follows !== null) - Number(other.follows !== null));
  return { isKnown: rows[0]?.lookup_hash === lookupHash, cases };
}

/** The cases of a receipt; none where it is not known. */
export async function casesOfReceipt(db: Database, lookupHash: string): Promise<readonly ReceiptCase[]> {
  const { isKnown, cases } = await findCases(db, lookupHash);
  return isKnown ? cases : [];
}

/**
 * Officers' answers in what was found, but those that can still be taken back; the sealed bytes are only read where the receipt is
 * known.
 */
export async function answersIn(db: Database, { isKnown, cases }: Found, now: number): Promise<Answer[]> {
  const ids = cases.map(({ id }) => id);
  const answers = await db
    .selectFrom('entries')
    .select(['case_id', 'id'])
    .where('case_id', 'in', ids.length > 0 ? ids : [''])
    .where('author', '=', 'officer')
    .where(isFinal(now))
    .execute();
  if (!isKnown || answers.length === 0) return [];
  return db
    .selectFrom('entries')
    .select(['case_id', 'id', 'day', 'sealed'])
    .where('case_id', 'in', ids)
    .where('author', '=', 'officer')
    .where(isFinal(now))
    .execute();
}

const isFinal = (now: number) =>
  sql<boolean>`not exists (
    select 1 from revocable_entries
    where revocable_entries.case_id = entries.case_id
      and revocable_entries.entry_id = entries.id
      and revocable_entries.visible_at > ${now}
  )`;

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
