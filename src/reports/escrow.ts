/**
 * The key in the safe at work: when no officer can open a case any more, it hands the cases to one. It reads none of them, and every
 * case that it hands over stands in the audit chain.
 */
import type { Id } from '../sealing/id.ts';
import type { Sealed } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import { inOneChange } from '../store/reports/change.ts';
import { caseViews, lockCase, putKey, wrappedKey } from '../store/reports/office.ts';
import { isActive } from '../store/reports/officers.ts';
import { secondOf } from './days.ts';
import type { Changed } from './office.ts';
import { isBarred } from './office-units.ts';
import { ESCROW } from './readers.ts';

export interface EscrowedCase {
  readonly id: Id;
  /** The case's key, wrapped to the key in the safe. */
  readonly wrapped: Uint8Array;
}

/** Cases that the key in the safe opens and this officer does not. */
export async function escrowedCases(db: Database, officer: Id): Promise<readonly EscrowedCase[]> {
  const found: EscrowedCase[] = [];
  for (const { id, readable } of await caseViews(db, officer)) {
    const wrapped = readable ? undefined : await wrappedKey(db, id, ESCROW);
    if (wrapped !== undefined) found.push({ id, wrapped });
  }
  return found;
}

/** @param wrapped the case's key, wrapped to the officer by whoever opened the safe */
export function handFromEscrow(
  db: Database,
  now: number,
  { id, to, wrapped }: { readonly id: Id; readonly to: Id; readonly wrapped: Sealed },
): Promise<Changed> {
  return inOneChange(db, async ({ trx, audit }): Promise<Changed> => {
    const row = await lockCase(trx, id);
    if (!row || !(await isActive(trx, to))) return { ok: false, why: 'unknown' };
    if (await isBarred(trx, id, to)) return { ok: false, why: 'wrong-state' };
    await putKey(trx, id, to, wrapped);
    audit({ at: secondOf(now), actor: ESCROW, event: 'granted', case: id, detail: to });
    return { ok: true, version: row.version };
  });
}
