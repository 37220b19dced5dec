/** Officers: who they are, and what happens to their keys when they go. */
import { type Id, randomId } from '../sealing/id.ts';
import { asRecipient, type RecipientText } from '../sealing/keys.ts';
import type { Database } from '../store/database.ts';
import { inOneChange } from '../store/reports/change.ts';
import {
  allOfficers,
  dropKeysOf,
  insertOfficer,
  isActive,
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

export function retireOfficer(
  db: Database,
  now: number,
  { by, id, evenSo }: { readonly by: Id | 'server'; readonly id: Id; readonly evenSo: boolean },
): Promise<Changed> {
  return inOneChange(db, async ({ trx, audit }): Promise<Changed> => {
    if (by !== 'server' && !(await isActive(trx, by))) return { ok: false, why: 'forbidden' };
    if (!(await allOfficers(trx)).some((officer) => officer.id === id)) return { ok: false, why: 'unknown' };
    if (!evenSo && (await onlyReadableBy(trx, id)) > 0) return { ok: false, why: 'wrong-state' };
    if (!(await retire(trx, id, dayOf(now)))) return { ok: false, why: 'wrong-state' };
    await dropKeysOf(trx, id);
    audit({ at: secondOf(now), actor: by, event: 'officer-retired', detail: id });
    return { ok: true, version: 0 };
  });
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
