/** Officers: who they are, and what happens to their keys when they go. */
import { type Id, randomId } from '../sealing/id.ts';
import { asRecipient, type RecipientText } from '../sealing/keys.ts';
import { retireAccount } from '../store/accounts/retire.ts';
import type { Database } from '../store/database.ts';
import { type Change, inOneChange } from '../store/reports/change.ts';
import {
  allOfficers,
  dropDraftsOf,
  dropKeysOf,
  insertOfficer,
  isActive,
  lockCasesOf,
  type OfficerRow,
  onlyReadableBy,
  retire,
} from '../store/reports/officers.ts';
import { dayOf, secondOf } from './days.ts';
import { nativeRecipient } from './native-keys.ts';
import type { Changed, Officer } from './office.ts';

/** Thrown where an officer cannot be added; the message says why. */
export class OfficeError extends Error {
  override name = 'OfficeError';
}

/** Longest name and unit, in UTF-16 units. */
const LONGEST = 120;

export const listOfficers = async (db: Database): Promise<readonly Officer[]> => (await allOfficers(db)).map(officerOf);

export async function addOfficer(
  db: Database,
  now: number,
  { name, unit, recipient }: { readonly name: string; readonly unit: string; readonly recipient: RecipientText },
): Promise<Officer> {
  for (const text of [name, unit])
    if (text.trim() === '' || text.length > LONGEST)
      throw new OfficeError(`name and unit must have 1 to ${LONGEST} characters`);
  if (!isKey(recipient)) throw new OfficeError('the recipient must be a post-quantum age recipient: age1pq1...');
  const row = { id: randomId(), name: name.trim(), unit: unit.trim(), recipient, since: dayOf(now), retired: null };
  return inOneChange(db, async ({ trx, audit }) => {
    if ((await allOfficers(trx)).some((other) => other.recipient === recipient && other.retired === null))
      throw new OfficeError('an officer has this recipient already');
    await insertOfficer(trx, row);
    audit({ at: secondOf(now), actor: 'server', event: 'officer-added', detail: row.id });
    return officerOf(row);
  });
}

/** `last-reader`: nobody else could open so many cases any more, and it was not said that it may be so. */
export type OfficerRetired =
  | { readonly kind: 'retired' | 'unknown' | 'retired-before' }
  | { readonly kind: 'last-reader'; readonly cases: number };

/** As {@link retireOfficerIn}, by another officer or by whoever keeps the server. */
export function retireOfficer(
  db: Database,
  now: number,
  given: { readonly by: Id | 'server'; readonly id: Id; readonly evenSo: boolean },
): Promise<Changed> {
  return inOneChange(db, async (change): Promise<Changed> => {
    if (given.by !== 'server' && !(await isActive(change.trx, given.by))) return { ok: false, why: 'forbidden' };
    const { kind } = await retireOfficerIn(change, now, given);
    if (kind === 'retired') return { ok: true, version: 0 };
    return { ok: false, why: kind === 'unknown' ? 'unknown' : 'wrong-state' };
  });
}

/**
 * The one way in which officers go: tips are sealed to them no more, their keys of cases are deleted where somebody else has one, and so
 * are their account at the desk in the browser, its sessions and its wrapped private key.
 * @param by whom the audit chain names: an officer, an admin, or `server`; whether they may was asked before
 */
export async function retireOfficerIn(
  { trx, audit }: Pick<Change, 'trx' | 'audit'>,
  now: number,
  { by, id, evenSo }: { readonly by: Id | 'server'; readonly id: Id; readonly evenSo: boolean },
): Promise<OfficerRetired> {
  const officer = (await allOfficers(trx)).find((one) => one.id === id);
  if (!officer) return { kind: 'unknown' };
  await lockCasesOf(trx, id);
  const cases = await onlyReadableBy(trx, id);
  if (officer.retired === null && !evenSo && cases > 0) return { kind: 'last-reader', cases };
  if (!(await retire(trx, id, dayOf(now)))) return { kind: 'retired-before' };
  await dropDraftsOf(trx, id);
  await dropKeysOf(trx, id);
  await retireAccount(trx, id, { day: dayOf(now), keepKey: cases > 0 });
  audit({ at: secondOf(now), actor: by, event: 'officer-retired', detail: id });
  return { kind: 'retired' };
}

const officerOf = ({ id, name, unit, recipient, since, retired }: OfficerRow): Officer => ({
  id,
  name,
  unit,
  recipient: recipient as RecipientText,
  since,
  retired: retired !== null,
});

function isKey(text: string): boolean {
  const recipient = asRecipient(text);
  if (recipient === undefined) return false;
  try {
    nativeRecipient(recipient);
    return true;
  } catch {
    return false;
  }
}
