/** Cases that were sealed in a browser. */
import type { Insertable } from 'kysely';
import type { Database } from '../database.ts';
import { insertWholes, type NewCase } from './cases.ts';
import type { Change } from './change.ts';
import { lockCase } from './office.ts';
import { casesOfReceipt } from './receipts.ts';
import type { EntryTable, ReceiptTable } from './tables.ts';
import { excludedOfficers, excludedUnits, insertExclusions } from './units.ts';

export interface SealedSubmission {
  readonly case: NewCase;
  readonly entries: ReadonlyArray<Insertable<EntryTable>>;
  readonly receipt: Insertable<ReceiptTable>;
  /** It is sealed to those who read now. */
  readonly isForReaders: boolean;
}

/** `again`: this case with this receipt is there already. `taken`: the id is another case's. `nobody`: see {@link insertOne}. */
export type SealedResult = 'kept' | 'again' | 'taken' | 'readers' | 'nobody';

/** Stores cases. Those that nothing stored has to do with, which are nearly all, by a few statements together. */
export async function insertSealed(
  { trx }: Change,
  submissions: readonly SealedSubmission[],
): Promise<readonly SealedResult[]> {
  const fresh = new Set(await freshOf(trx, submissions));
  await insertWholes(trx, [...fresh]);
  const results: SealedResult[] = [];
  for (const one of submissions) results.push(fresh.has(one) ? 'kept' : await insertOne(trx, one));
  return results;
}

/** Those with a new id and a new receipt, sealed to the right people. */
async function freshOf(trx: Database, submissions: readonly SealedSubmission[]): Promise<SealedSubmission[]> {
  const cases = await trx
    .selectFrom('cases')
    .select('id')
    .where(
      'id',
      'in',
      submissions.map((one) => one.case.row.id),
    )
    .execute();
  const receipts = await trx
    .selectFrom('receipts')
    .select('lookup_hash')
    .where(
      'lookup_hash',
      'in',
      submissions.map(({ receipt }) => receipt.lookup_hash),
    )
    .execute();
  const known = new Set([...cases.map(({ id }) => id), ...receipts.map(({ lookup_hash }) => lookup_hash)]);
  return submissions.filter(({ case: { row }, receipt, isForReaders }) => {
    const isFresh = isForReaders && !known.has(row.id) && !known.has(receipt.lookup_hash);
    // the same one twice in this batch: the second finds the first
    known.add(row.id).add(receipt.lookup_hash);
    return isFresh;
  });
}

/**
 * Stores the case, tied to the first one of its receipt where there is one. `again`: this case with this receipt is there already.
 * `taken`: the id is another case's. `readers`: it is not for those who read now (not asked of what is there already).
 * `nobody`: all who read now are excluded from the case that it adds to. Wraps for excluded officers are never stored.
 */
async function insertOne(
  trx: Database,
  { case: newCase, entries, receipt, isForReaders }: SealedSubmission,
): Promise<SealedResult> {
  const { id } = newCase.row;
  const known = await casesOfReceipt(trx, receipt.lookup_hash);
  if (known.some((one) => one.id === id)) return 'again';
  if (await trx.selectFrom('cases').select('id').where('id', '=', id).executeTakeFirst()) return 'taken';
  if (!isForReaders) return 'readers';
  const first = known[0]?.id;
  const row = { ...newCase.row, follows: first ?? null };
  // an exclusion that is being made is waited for
  const barred = first !== undefined && (await lockCase(trx, first)) ? await excludedOfficers(trx, first) : [];
  const keys = newCase.keys.filter(({ officer }) => !barred.includes(officer));
  if (keys.length === 0) return 'nobody';
  await insertWholes(trx, [{ case: { row, keys }, entries, receipt }]);
  if (first !== undefined) await insertExclusions(trx, id, await excludedUnits(trx, first));
  return 'kept';
}
