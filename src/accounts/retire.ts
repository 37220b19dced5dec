/** An admin ends an account. Of officers it is the same act as in the terminal: `retireOfficerIn`. */
import { dayOf, secondOf } from '../reports/days.ts';
import { retireOfficerIn } from '../reports/office-people.ts';
import type { AccountRow } from '../store/accounts/accounts.ts';
import { lockAdmins, removeInvites, retireAccount } from '../store/accounts/retire.ts';
import type { Database } from '../store/database.ts';
import { type Change, inOneChange } from '../store/reports/change.ts';

export type Retired =
  | { readonly kind: 'retired' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'last-admin' }
  /** `cases`: how many nobody else could open any more. */
  | { readonly kind: 'last-reader'; readonly name: string; readonly cases: number };

/** @param by id of the admin's account */
export function retire(
  db: Database,
  now: number,
  { by, target }: { readonly by: string; readonly target: AccountRow },
): Promise<Retired> {
  return inOneChange(db, async (change): Promise<Retired> => {
    if (target.role !== 'officer') return retireOther(change, now, { by, target });
    const outcome = await retireOfficerIn(change, now, { by, id: target.id, evenSo: false });
    if (outcome.kind === 'last-reader') return { ...outcome, name: target.name };
    return { kind: outcome.kind === 'retired' ? 'retired' : 'unknown' };
  });
}

async function retireOther(
  { trx, audit }: Change,
  now: number,
  { by, target: { id, role } }: { readonly by: string; readonly target: AccountRow },
): Promise<Retired> {
  const said = { at: secondOf(now), actor: by };
  if (role === 'admin') {
    const admins = await lockAdmins(trx);
    if (!admins.some((admin) => admin.id === id)) return { kind: 'unknown' };
    if (admins.length === 1) return { kind: 'last-admin' };
  }
  await retireAccount(trx, id, { day: dayOf(now), keepKey: false });
  audit({ ...said, event: 'account retired', detail: id });
  // a link does not tell who made it: one of them may be for the admin who goes
  const revoked = role === 'admin' ? await removeInvites(trx) : 0;
  if (revoked > 0) audit({ ...said, event: 'invitation revoked', detail: String(revoked) });
  return { kind: 'retired' };
}
