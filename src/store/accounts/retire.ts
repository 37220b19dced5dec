/** The end of an account: rows only. Who may end whose is decided above. */
import type { Database } from '../database.ts';
import { isSqlite } from '../is-sqlite.ts';
import type { AccountRow } from './accounts.ts';

/** Admins who work here; of several transactions that ask for them, the later ones wait for the first to end. */
export async function lockAdmins(trx: Database): Promise<Array<Pick<AccountRow, 'id'>>> {
  const admins = trx.selectFrom('accounts').select('id').where('role', '=', 'admin').where('retired', 'is', null);
  return (isSqlite(trx) ? admins : admins.orderBy('id').forUpdate()).execute();
}

/**
 * Nobody signs in to the account any more, its sessions end, and what proves a passphrase or a one-time code is deleted. Nothing where
 * there is no such account: officers of the terminal have none.
 * @param keepKey true where the wrapped private key is the last hope of some case
 */
export async function retireAccount(
  trx: Database,
  id: string,
  { day, keepKey }: { readonly day: string; readonly keepKey: boolean },
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({
      retired: day,
      verifier: Buffer.alloc(32),
      totp: null,
      ...(keepKey ? {} : { wrapped: Buffer.alloc(0) }),
    })
    .where('id', '=', id)
    .where('retired', 'is', null)
    .execute();
  await trx.deleteFrom('desk_sessions').where('account', '=', id).execute();
}

/** Deletes all links that were not used yet; gives how many. */
export async function removeInvites(trx: Database): Promise<number> {
  const { numDeletedRows } = await trx.deleteFrom('desk_invites').executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
