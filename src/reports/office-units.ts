/** Which unit has a case: handing it to another one, keeping one away from it, and duplicates. */
import type { Id } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import type { Change } from '../store/reports/change.ts';
import { type CaseRow, changeCase, hasDuplicates, lockCase, putKey, wrappedKey } from '../store/reports/office.ts';
import {
  activeOfUnit,
  dropKeysOfUnit,
  excludedUnits,
  insertExclusions,
  readingUnits,
  threadOf,
  unitOfOfficer,
} from '../store/reports/units.ts';
import type { Act, Now } from './case-change.ts';
import type { NewExclusion, NewTransfer, Refusal } from './office.ts';

/** True where this officer must never get a key of the case. */
export async function isBarred(trx: Database, id: Id, officer: Id): Promise<boolean> {
  const unit = await unitOfOfficer(trx, officer);
  return unit !== undefined && (await excludedUnits(trx, id)).includes(unit);
}

export async function merge(
  trx: Database,
  row: CaseRow,
  { officer, into }: { readonly officer: Id; readonly into: Id | undefined },
): Promise<Act | Refusal> {
  if (into === undefined)
    return row.merged_into === null
      ? 'wrong-state'
      : { changes: { merged_into: null }, event: 'unmerged', detail: row.merged_into };
  if (into === row.id || into === row.merged_into) return 'wrong-state';
  const original = await lockCase(trx, into);
  if (!original || (await wrappedKey(trx, into, officer)) === undefined) return 'unknown';
  // no chains: whoever follows one mark is at the case that counts
  if (original.kind !== row.kind || original.merged_into !== null || (await hasDuplicates(trx, row.id)))
    return 'wrong-state';
  return { changes: { merged_into: into }, event: 'merged', detail: into };
}

export async function transfer(
  trx: Database,
  row: CaseRow,
  { officer, unit, reason, keep, keys }: NewTransfer & { readonly officer: Id },
): Promise<Act | Refusal> {
  const own = await unitOfOfficer(trx, officer);
  const newReaders = await activeOfUnit(trx, unit);
  if (own === undefined || own === unit || newReaders.length === 0) return 'wrong-state';
  if ((await excludedUnits(trx, row.id)).includes(unit)) return 'wrong-state';
  // somebody has come or gone since the keys were made
  if (!isForAll(keys, newReaders)) return 'stale';
  for (const key of keys) await putKey(trx, row.id, key.officer, key.wrapped);
  if (!keep) await dropKeysOfUnit(trx, row.id, own);
  const kept = keep ? ' (+)' : '';
  return { changes: { unit }, event: 'transferred', detail: `${own} > ${unit}${kept}: ${reason}` };
}

const isForAll = (keys: NewTransfer['keys'], readers: readonly Id[]): boolean =>
  keys.length === readers.length && readers.every((id) => keys.some(({ officer }) => officer === id));

export async function exclude(
  change: Change,
  row: CaseRow,
  { officer, now, unit, reason }: NewExclusion & { readonly officer: Id; readonly now: Now },
): Promise<Act | Refusal> {
  const { trx } = change;
  if ((await excludedUnits(trx, row.id)).includes(unit)) return 'wrong-state';
  const detail = `${unit}: ${reason}`;
  // what is being added waits for the first case of its thread
  if (row.follows !== null) await lockCase(trx, row.follows);
  for (const id of await threadOf(trx, row)) {
    const other = await lockCase(trx, id);
    const taken = other && (await keepAway(trx, other, unit));
    if (taken === 'wrong-state') return taken;
    if (!taken) continue;
    await changeCase(trx, id, { ...taken, version: other.version + 1, changed: now.day });
    change.audit({ at: now.second, actor: officer, event: 'excluded', case: id, detail });
  }
  const taken = await keepAway(trx, row, unit);
  return taken === 'wrong-state' ? taken : { changes: taken, event: 'excluded', detail };
}

/** What it changes of the case; refused where nobody at all could open it any more. */
async function keepAway(trx: Database, row: CaseRow, unit: string): Promise<Pick<CaseRow, 'unit'> | 'wrong-state'> {
  await insertExclusions(trx, row.id, [unit]);
  await dropKeysOfUnit(trx, row.id, unit);
  const [only, ...more] = await readingUnits(trx, row.id);
  if (only === undefined) return 'wrong-state';
  if (row.unit !== unit) return { unit: row.unit };
  return { unit: more.length === 0 ? only : '' };
}
