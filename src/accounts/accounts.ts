/**
 * Who may use the desk: invitations, sign-in without sending the passphrase, sessions, one-time codes. What an account may do is the
 * business of the routes; what it can read depends on its private key alone, which the server has only wrapped.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { dayOf } from '../reports/days.ts';
import { randomId } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/seal.ts';
import { type AccountRow, AccountStore } from '../store/accounts/accounts.ts';
import type { Database } from '../store/database.ts';
import { chatAddress, type ServerKey } from '../store/keys.ts';
import { type Retired, retire } from './retire.ts';
import { Strangers } from './strangers.ts';
import { newSecret, stepOf, uriOf } from './totp.ts';

export type Role = AccountRow['role'];

/** Without a request for so long, in milliseconds, a session ends. */
export const SESSION_IDLE = 30 * 60 * 1000;
/** No session lives longer, in milliseconds. */
export const SESSION_LONGEST = 12 * 60 * 60 * 1000;
/** How long a link can be used, in milliseconds. */
export const INVITE_LIVES = 3 * 24 * 60 * 60 * 1000;
/** Wrong passphrases that cost nothing. Each further one doubles the wait: 30 s, 1 min, ... at most an hour. */
const FREE_FAILURES = 5;
const FIRST_LOCK = 30_000;
const LONGEST_LOCK = 60 * 60 * 1000;

/** How long a login stays closed after so many wrong attempts, in milliseconds. */
const lockAfter = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(FIRST_LOCK * 2 ** Math.min(failures - FREE_FAILURES, 20), LONGEST_LOCK);

/** A session cookie or the token of an invitation: 32 random bytes, base64url. Only its hash is stored. */
export type Token = string & { readonly __brand: 'Token' };

/** A signed-in person. */
export interface Account {
  readonly id: string;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly recipient: string;
  readonly salt: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly totp: boolean;
  /** Milliseconds since 1970 of the sign-in before; undefined at the first. */
  readonly lastSignIn: number | undefined;
  readonly since: string;
  readonly retired: boolean;
}

export type SignInResult =
  | { readonly kind: 'in'; readonly session: Token; readonly account: Account }
  | { readonly kind: 'totp' }
  | { readonly kind: 'wrong' }
  /** `wait`: milliseconds. */
  | { readonly kind: 'locked'; readonly wait: number };

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly unit: string | undefined;
  readonly salt: Uint8Array;
  readonly auth: Uint8Array;
  readonly wrapped: Uint8Array;
  readonly recipient: RecipientText;
}

export type AcceptResult =
  | { readonly kind: 'in'; readonly session: Token; readonly account: Account }
  | { readonly kind: 'used' }
  | { readonly kind: 'login-taken' };

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();
const hashOf = (token: string): string => sha256(token).toString('base64url');
const newToken = (): Token => randomBytes(32).toString('base64url') as Token;

export interface AccountsDependencies {
  readonly database: Database;
  readonly key: ServerKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Writes the audit chain: who did what to which account. */
  readonly audit: (actor: string, event: string, detail: string) => Promise<void>;
}

export class Accounts {
  readonly #store: AccountStore;
  readonly #deps: AccountsDependencies;
  readonly #strangers = new Strangers();

  constructor(deps: AccountsDependencies) {
    this.#deps = deps;
    this.#store = new AccountStore(deps.database);
  }

  /** True until the first admin has been made. */
  async empty(): Promise<boolean> {
    return (await this.#store.count()) === 0;
  }

  /** A new link for the first admin; older ones stop working. Undefined where there are accounts already. */
  async firstLink(): Promise<Token | undefined> {
    if (!(await this.empty())) return undefined;
    for (const { hash } of await this.#store.invites()) await this.#store.removeInvite(hash);
    return this.#invite('admin', '');
  }

  async invite(by: Account, role: Role, unit: string): Promise<Token> {
    await this.#deps.audit(by.id, 'invited', role);
    return this.#invite(role, unit);
  }

  async #invite(role: Role, unit: string): Promise<Token> {
    const token = newToken();
    await this.#store.addInvite({ hash: hashOf(token), role, unit, expires_at: this.#deps.now() + INVITE_LIVES });
    return token;
  }

  /** What a link is for; undefined where it is unknown, used or expired. */
  async invitation(token: string): Promise<{ role: Role; unit: string; expires: number } | undefined> {
    const row = await this.#store.invite(hashOf(token));
    if (!row || Number(row.expires_at) <= this.#deps.now()) return undefined;
    return { role: row.role, unit: row.unit, expires: Number(row.expires_at) };
  }

  async invitations(): Promise<Array<{ id: string; role: Role; unit: string; expires: number }>> {
    const now = this.#deps.now();
    return (await this.#store.invites())
      .filter(({ expires_at }) => Number(expires_at) > now)
      .map(({ hash, role, unit, expires_at }) => ({ id: hash, role, unit, expires: Number(expires_at) }));
  }

  async revoke(by: Account, id: string): Promise<boolean> {
    const removed = await this.#store.removeInvite(id);
    if (removed) await this.#deps.audit(by.id, 'invitation revoked', '');
    return removed;
  }

  /** Makes the account and signs in. */
  async accept(token: string, given: NewAccount): Promise<AcceptResult> {
    const invitation = await this.invitation(token);
    if (!invitation) return { kind: 'used' };
    const login = given.login.toLowerCase();
    if (await this.#store.byLogin(login)) return { kind: 'login-taken' };
    const now = this.#deps.now();
    const row: AccountRow = {
      id: randomId(),
      role: invitation.role,
      login,
      name: given.name,
      unit: invitation.unit === '' ? (given.unit ?? '') : invitation.unit,
      recipient: given.recipient,
      salt: given.salt,
      verifier: sha256(given.auth),
      wrapped: given.wrapped,
      totp: null,
      totp_step: 0,
      failures: 0,
      locked_until: 0,
      signed_in: now,
      signed_in_before: 0,
      since: dayOf(now),
      retired: null,
    };
    const numbers = { locked_until: 0, signed_in: now, signed_in_before: 0 };
    if (!(await this.#store.accept(hashOf(token), { ...row, ...numbers }))) return { kind: 'used' };
    await this.#deps.audit(row.id, 'account made', row.role);
    return { kind: 'in', session: await this.#open(row.id), account: accountOf(row) };
  }

  /** The salt of a login; of an unknown one something that looks the same and stays the same. */
  async salt(login: string): Promise<Uint8Array> {
    const row = await this.#store.byLogin(login.toLowerCase());
    const invented = Buffer.from(this.#deps.key.pseudonym('desk/salt', chatAddress(login.toLowerCase())), 'base64url');
    return row && row.retired === null ? row.salt : invented.subarray(0, 16);
  }

  /** Checks the proof, and the one-time code where the account wants one. */
  async signIn(login: string, auth: Uint8Array, code: string | undefined): Promise<SignInResult> {
    const row = await this.#store.byLogin(login.toLowerCase());
    const right = timingSafeEqual(sha256(auth), row ? Buffer.from(row.verifier) : Buffer.alloc(32));
    const now = this.#deps.now();
    if (!row || row.retired !== null) return this.#strangers.failed(login.toLowerCase(), now, lockAfter);
    const wait = Number(row.locked_until) - now;
    if (wait > 0) return { kind: 'locked', wait };
    if (!right) return this.#failed(row);
    if (row.totp !== null) {
      if (code === undefined) return { kind: 'totp' };
      if (!(await this.#codeFits(row, code))) return this.#failed(row);
    }
    await this.#store.update(row.id, {
      failures: 0,
      locked_until: 0,
      signed_in: now,
      signed_in_before: Number(row.signed_in),
    });
    await this.#deps.audit(row.id, 'signed in', '');
    const account = accountOf({ ...row, signed_in_before: row.signed_in });
    return { kind: 'in', session: await this.#open(row.id), account };
  }

  async #failed(row: AccountRow): Promise<SignInResult> {
    const failures = await this.#store.countFailure(row.id);
    const wait = lockAfter(failures);
    if (wait === 0) return { kind: 'wrong' };
    await this.#store.update(row.id, { locked_until: this.#deps.now() + wait });
    if (failures === FREE_FAILURES) await this.#deps.audit(row.id, 'locked after wrong passphrases', '');
    return { kind: 'locked', wait };
  }

  async #codeFits(row: AccountRow, code: string): Promise<boolean> {
    const secret = row.totp === null ? undefined : this.#deps.key.open(row.totp, `totp/${row.id}`);
    const step = secret === undefined ? undefined : stepOf(secret, code, this.#deps.now());
    return step !== undefined && (await this.#store.takeStep(row.id, step));
  }

  async #open(account: string): Promise<Token> {
    const token = newToken();
    const now = this.#deps.now();
    await this.#store.addSession({ hash: hashOf(token), account, created_at: now, seen_at: now });
    return token;
  }

  /** Whose session this is; undefined where it is unknown, too old, or its account is retired. Keeps it alive. */
  async session(token: string): Promise<Account | undefined> {
    const row = await this.#store.session(hashOf(token));
    const now = this.#deps.now();
    if (!row || row.who.retired !== null) return undefined;
    if (now - Number(row.seen_at) > SESSION_IDLE || now - Number(row.created_at) > SESSION_LONGEST) {
      await this.#store.endSession(row.hash);
      return undefined;
    }
    // a write a request would be a disk sync a request
    if (now - Number(row.seen_at) > SESSION_IDLE / 30) await this.#store.touchSession(row.hash, now);
    return accountOf(row.who);
  }

  signOut(token: string): Promise<void> {
    return this.#store.endSession(hashOf(token));
  }

  async signOutEverywhere(account: Account): Promise<void> {
    await this.#store.endSessionsOf(account.id);
    await this.#deps.audit(account.id, 'signed out everywhere', '');
  }

  /** Ends every other session of the account. False where the old passphrase is not the right one. */
  async changePassphrase(
    account: Account,
    session: string,
    change: { oldAuth: Uint8Array; salt: Uint8Array; auth: Uint8Array; wrapped: Uint8Array },
  ): Promise<boolean> {
    const row = await this.#store.byId(account.id);
    if (!row || !timingSafeEqual(sha256(change.oldAuth), Buffer.from(row.verifier))) return false;
    const { salt, wrapped } = change;
    await this.#store.update(account.id, { salt, wrapped, verifier: sha256(change.auth) });
    await this.#store.endSessionsOf(account.id, hashOf(session));
    await this.#deps.audit(account.id, 'passphrase changed', '');
    return true;
  }

  /** A secret to show once; it counts from `confirmTotp` on. */
  beginTotp(account: Account): { readonly secret: string; readonly uri: string } {
    const secret = newSecret();
    return { secret, uri: uriOf(secret, account.login) };
  }

  async confirmTotp(account: Account, secret: string, code: string): Promise<boolean> {
    const step = stepOf(secret, code, this.#deps.now());
    if (step === undefined) return false;
    await this.#store.update(account.id, {
      totp: this.#deps.key.seal(secret, `totp/${account.id}`),
      totp_step: step,
    });
    await this.#deps.audit(account.id, 'one-time codes on', '');
    return true;
  }

  async removeTotp(account: Account, code: string): Promise<boolean> {
    const row = await this.#store.byId(account.id);
    if (!row || row.totp === null || !(await this.#codeFits(row, code))) return false;
    await this.#store.update(account.id, { totp: null, totp_step: 0 });
    await this.#deps.audit(account.id, 'one-time codes off', '');
    return true;
  }

  async team(): Promise<Account[]> {
    return (await this.#store.all()).map(accountOf);
  }

  /** Ends the account and its sessions at once. Not the last admin's, and not that of an officer whom some case depends on. */
  async retire(by: Account, id: string): Promise<Retired> {
    const target = await this.#store.byId(id);
    if (!target || target.retired !== null) return { kind: 'unknown' };
    return retire(this.#deps.database, this.#deps.now(), { by: by.id, target });
  }

  units(): Promise<Array<{ readonly name: string; readonly regions: readonly string[] }>> {
    return this.#store.units();
  }

  async setUnit(by: Account, name: string, regions: readonly string[]): Promise<void> {
    await this.#store.setUnit(name, regions);
    await this.#deps.audit(by.id, 'unit changed', name);
  }

  /** Deletes sessions and invitations that have expired. */
  expire(now: number): Promise<void> {
    return this.#store.expire(now, SESSION_IDLE, SESSION_LONGEST);
  }
}

const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  role: row.role,
  login: row.login,
  name: row.name,
  unit: row.unit,
  recipient: row.recipient,
  salt: row.salt,
  wrapped: row.wrapped,
  totp: row.totp !== null,
  lastSignIn: Number(row.signed_in_before) === 0 ? undefined : Number(row.signed_in_before),
  since: row.since,
  retired: row.retired !== null,
});
