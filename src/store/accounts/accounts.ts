/** Accounts, sessions, invitations and units in the database: statements only, no rules. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Database } from '../database.ts';
import type { AccountTable, DeskInviteTable, DeskSessionTable } from './tables.ts';

export type AccountRow = Selectable<AccountTable>;
export type InviteRow = Selectable<DeskInviteTable>;
export type SessionRow = Selectable<DeskSessionTable>;

export class AccountStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async count(): Promise<number> {
    const { count } = await this.#db
      .selectFrom('accounts')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  byLogin(login: string): Promise<AccountRow | undefined> {
    return this.#db.selectFrom('accounts').selectAll().where('login', '=', login).executeTakeFirst();
  }

  byId(id: string): Promise<AccountRow | undefined> {
    return this.#db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  }

  all(): Promise<AccountRow[]> {
    return this.#db.selectFrom('accounts').selectAll().orderBy('name').execute();
  }

  async update(id: string, change: Updateable<AccountTable>): Promise<void> {
    await this.#db.updateTable('accounts').set(change).where('id', '=', id).execute();
  }

  /** Counts a wrong attempt in the database, so that attempts made at the same time all count; gives the number so far. */
  async countFailure(id: string): Promise<number> {
    const { failures } = await this.#db
      .updateTable('accounts')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', id)
      .returning('failures')
      .executeTakeFirstOrThrow();
    return Number(failures);
  }

  /** Takes a one-time code's step where none as late was taken before. */
  async takeStep(id: string, step: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('accounts')
      .set({ totp_step: step })
      .where('id', '=', id)
      .where('totp_step', '<', step)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Uses up the invitation and makes the account, both or neither. False where the invitation was used meanwhile. */
  accept(inviteHash: string, account: Insertable<AccountTable>): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const { numDeletedRows } = await trx.deleteFrom('desk_invites').where('hash', '=', inviteHash).executeTakeFirst();
      if (numDeletedRows !== 1n) return false;
      await trx.insertInto('accounts').values(account).execute();
      if (account.role === 'officer')
        await trx
          .insertInto('officers')
          .values({
            id: account.id,
            name: account.name,
            unit: account.unit,
            recipient: account.recipient,
            since: account.since,
            retired: null,
          })
          .execute();
      return true;
    });
  }

  async addSession(row: Insertable<DeskSessionTable>): Promise<void> {
    await this.#db.insertInto('desk_sessions').values(row).execute();
  }

  async session(hash: string): Promise<(SessionRow & { readonly who: AccountRow }) | undefined> {
    const row = await this.#db.selectFrom('desk_sessions').selectAll().where('hash', '=', hash).executeTakeFirst();
    const who = row && (await this.byId(row.account));
    return row && who && { ...row, who };
  }

  async touchSession(hash: string, now: number): Promise<void> {
    await this.#db.updateTable('desk_sessions').set({ seen_at: now }).where('hash', '=', hash).execute();
  }

  async endSession(hash: string): Promise<void> {
    await this.#db.deleteFrom('desk_sessions').where('hash', '=', hash).execute();
  }

  async endSessionsOf(account: string, but?: string): Promise<void> {
    await this.#db
      .deleteFrom('desk_sessions')
      .where('account', '=', account)
      .where('hash', '!=', but ?? '')
      .execute();
  }

  async addInvite(row: Insertable<DeskInviteTable>): Promise<void> {
    await this.#db.insertInto('desk_invites').values(row).execute();
  }

  invite(hash: string): Promise<InviteRow | undefined> {
    return this.#db.selectFrom('desk_invites').selectAll().where('hash', '=', hash).executeTakeFirst();
  }

  invites(): Promise<InviteRow[]> {
    return this.#db.selectFrom('desk_invites').selectAll().orderBy('expires_at').execute();
  }

  async removeInvite(hash: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db.deleteFrom('desk_invites').where('hash', '=', hash).executeTakeFirst();
    return numDeletedRows === 1n;
  }

  async units(): Promise<Array<{ readonly name: string; readonly regions: readonly string[] }>> {
    const rows = await this.#db.selectFrom('desk_units').selectAll().orderBy('name').execute();
    return rows.map(({ name, regions }) => ({ name, regions: regions.split(' ').filter((code) => code !== '') }));
  }

  async setUnit(name: string, regions: readonly string[]): Promise<void> {
    const row = { name, regions: regions.join(' ') };
    await this.#db
      .insertInto('desk_units')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ regions: row.regions }))
      .execute();
  }

  async expire(now: number, idle: number, longest: number): Promise<void> {
    await this.#db
      .deleteFrom('desk_sessions')
      .where((eb) => eb.or([eb('seen_at', '<', now - idle), eb('created_at', '<', now - longest)]))
      .execute();
    await this.#db.deleteFrom('desk_invites').where('expires_at', '<', now).execute();
  }
}
