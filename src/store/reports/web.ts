/** Cases that were sealed in a browser. */
import type { Insertable } from 'kysely';
import type { Database } from '../database.ts';
import { insertWhole, type NewCase } from './cases.ts';
import { lockCase } from './office.ts';
import { casesOfReceipt } from './receipts.ts';
import type { EntryTable, ReceiptTable } from './tables.ts';
import { excludedOfficers, excludedUnits, insertExclusions } from './units.ts';

/**
 * Stores the case, tied to the first one of its receipt where there is one. `again`: this case with this receipt is there already.
 * `taken`: the id is another case's. `readers`: it is not for those who read now (not asked of what is there already).
 * `nobody`: all who read now are excluded from the case that it adds to. Wraps for excluded officers are never stored.
 */
export async function insertSealed(
  trx: Database,
  newCase: NewCase,
  entries: ReadonlyArray<Insertable<EntryTable>>,
  receipt: Insertable<ReceiptTable>,
  isForReaders: boolean,
): Promise<'kept' | 'again' | 'taken' | 'readers' | 'nobody'> {
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
  await insertWhole(trx, { row, keys }, entries, receipt);
  if (first !== undefined) await insertExclusions(trx, id, await excludedUnits(trx, first));
  return 'kept';
}
