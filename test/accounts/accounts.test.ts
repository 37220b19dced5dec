import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, test } from 'vitest';
import { Accounts, INVITE_LIVES, type NewAccount, SESSION_IDLE } from '../../src/accounts/accounts.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { DATABASES, type DatabaseKind } from '../support/databases.ts';

const AUTH = randomBytes(32);

const newcomer = (login: string, auth: Buffer = AUTH): NewAccount => ({
  login,
  name: 'Rina',
  unit: 'Bawaslu Kabupaten Contoh',
  salt: randomBytes(16),
  auth,
  wrapped: randomBytes(105),
  recipient: makeKeyPairFast().recipient,
});

async function desk(fresh: DatabaseKind['fresh']) {
  const store = await fresh();
  const database = await store.open();
  const clock = { now: Date.UTC(2026, 10, 22) };
  const events: string[] = [];
  const accounts = new Accounts({
    database,
    key: loadServerKey(store.folder),
    now: () => clock.now,
    audit: async (_actor, event) => {
      events.push(event);
    },
  });
  return { accounts, clock, events, store, database };
}

/** A desk with its first admin. */
async function withAdmin(fresh: DatabaseKind['fresh']) {
  const made = await desk(fresh);
  const link = await made.accounts.firstLink();
  const accepted = await made.accounts.accept(link ?? '', newcomer('rina'));
  if (accepted.kind !== 'in') throw new Error(accepted.kind);
  return { ...made, admin: accepted.account, session: accepted.session };
}

async function withOfficer(fresh: DatabaseKind['fresh']) {
  const made = await withAdmin(fresh);
  const link = await made.accounts.invite(made.admin, 'officer', 'Bawaslu Kabupaten Contoh');
  const accepted = await made.accounts.accept(link, newcomer('budi'));
  if (accepted.kind !== 'in') throw new Error(accepted.kind);
  return { ...made, officer: accepted.account, officerSession: accepted.session };
}

describe.each(DATABASES)('accounts on $name', ({ fresh }) => {
  test('the first link makes an admin, works once, and a newer one replaces it', async () => {
    const { accounts } = await desk(fresh);
    const older = (await accounts.firstLink()) ?? '';
    const link = (await accounts.firstLink()) ?? '';
    expect(await accounts.invitation(older)).toBeUndefined();
    expect(await accounts.invitation(link)).toMatchObject({ role: 'admin' });
    const first = await accounts.accept(link, newcomer('Rina'));
    expect(first).toMatchObject({ kind: 'in', account: { role: 'admin', login: 'rina' } });
    expect(await accounts.accept(link, newcomer('maling'))).toEqual({ kind: 'used' });
    expect(await accounts.firstLink()).toBeUndefined();
  });

  test('two who use one link at the same moment: one gets in', async () => {
    const { accounts, admin } = await withAdmin(fresh);
    const link = await accounts.invite(admin, 'officer', 'Inspektorat');
    const both = await Promise.all([accounts.accept(link, newcomer('satu')), accounts.accept(link, newcomer('dua'))]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['in', 'used']);
  });

  test('an invitation expires, can be revoked, and gives its own role and unit', async () => {
    const { accounts, admin, clock } = await withAdmin(fresh);
    const revoked = await accounts.invite(admin, 'officer', 'Inspektorat');
    const [listed] = await accounts.invitations();
    expect(await accounts.revoke(admin, listed?.id ?? '')).toBe(true);
    expect(await accounts.accept(revoked, newcomer('budi'))).toEqual({ kind: 'used' });
    const late = await accounts.invite(admin, 'officer', 'Inspektorat');
    clock.now += INVITE_LIVES + 1;
    expect(await accounts.accept(late, newcomer('budi'))).toEqual({ kind: 'used' });
    const link = await accounts.invite(admin, 'curator', 'BKPSDM');
    const made = await accounts.accept(link, { ...newcomer('sari'), unit: 'Kantor lain' });
    expect(made).toMatchObject({ account: { role: 'curator', unit: 'BKPSDM' } });
  });

  test('a login that is taken keeps the link usable', async () => {
    const { accounts, admin } = await withAdmin(fresh);
    const link = await accounts.invite(admin, 'officer', 'Inspektorat');
    expect(await accounts.accept(link, newcomer('RINA'))).toEqual({ kind: 'login-taken' });
    expect(await accounts.accept(link, newcomer('budi'))).toMatchObject({ kind: 'in' });
  });

  test('an officer becomes one of those whom tips are sealed to, an admin and a curator do not', async () => {
    const { accounts, admin, officer, database } = await withOfficer(fresh);
    await accounts.accept(await accounts.invite(admin, 'curator', 'BKPSDM'), newcomer('sari'));
    expect(await database.selectFrom('officers').select(['id', 'recipient']).execute()).toEqual([
      { id: officer.id, recipient: officer.recipient },
    ]);
  });

  test('signs in with the proof; a wrong one and an unknown login look the same', async () => {
    const { accounts, officer, clock } = await withOfficer(fresh);
    expect(await accounts.signIn('budi', randomBytes(32), undefined)).toEqual({ kind: 'wrong' });
    expect(await accounts.signIn('siapa', AUTH, undefined)).toEqual({ kind: 'wrong' });
    clock.now += 5000;
    const signed = await accounts.signIn('Budi', AUTH, undefined);
    expect(signed).toMatchObject({ kind: 'in', account: { id: officer.id, lastSignIn: clock.now - 5000 } });
    if (signed.kind === 'in') expect(await accounts.session(signed.session)).toMatchObject({ id: officer.id });
  });

  test('the salt of an unknown login is as long as a real one, and the same each time', async () => {
    const { accounts, officer } = await withOfficer(fresh);
    expect(Buffer.from(await accounts.salt('budi'))).toEqual(Buffer.from(officer.salt));
    const unknown = Buffer.from(await accounts.salt('siapa'));
    expect(unknown).toHaveLength(16);
    expect(Buffer.from(await accounts.salt('SIAPA'))).toEqual(unknown);
    expect(Buffer.from(await accounts.salt('lain'))).not.toEqual(unknown);
  });

  test.each(['budi', 'siapa'])('guessing slows down: %s', async (login) => {
    const { accounts, clock } = await withOfficer(fresh);
    for (let i = 0; i < 4; i++)
      expect(await accounts.signIn(login, randomBytes(32), undefined)).toEqual({ kind: 'wrong' });
    expect(await accounts.signIn(login, randomBytes(32), undefined)).toEqual({ kind: 'locked', wait: 30_000 });
    // while it is closed, even the right one does not open it
    expect(await accounts.signIn(login, AUTH, undefined)).toMatchObject({ kind: 'locked' });
    clock.now += 30_001;
    expect(await accounts.signIn(login, randomBytes(32), undefined)).toEqual({ kind: 'locked', wait: 60_000 });
  });

  test('guesses made at the same moment all count', async () => {
    const { accounts } = await withOfficer(fresh);
    await Promise.all(Array.from({ length: 8 }, () => accounts.signIn('budi', randomBytes(32), undefined)));
    expect(await accounts.signIn('budi', AUTH, undefined)).toMatchObject({ kind: 'locked' });
  });

  test('a session ends by idling, by signing out, everywhere, and when the account is retired', async () => {
    const { accounts, admin, officer, officerSession, clock } = await withOfficer(fresh);
    const signIn = async () => {
      const signed = await accounts.signIn('budi', AUTH, undefined);
      if (signed.kind !== 'in') throw new Error(signed.kind);
      return signed.session;
    };
    clock.now += SESSION_IDLE - 1000;
    expect(await accounts.session(officerSession)).toBeDefined();
    clock.now += SESSION_IDLE - 1000;
    expect(await accounts.session(officerSession)).toBeDefined();
    clock.now += SESSION_IDLE + 1000;
    expect(await accounts.session(officerSession)).toBeUndefined();
    const out = await signIn();
    await accounts.signOut(out);
    expect(await accounts.session(out)).toBeUndefined();
    const sessions = [await signIn(), await signIn()];
    await accounts.signOutEverywhere(officer);
    for (const session of sessions) expect(await accounts.session(session)).toBeUndefined();
    const last = await signIn();
    expect(await accounts.retire(admin, officer.id)).toEqual({ kind: 'retired' });
    expect(await accounts.session(last)).toBeUndefined();
    expect(await accounts.signIn('budi', AUTH, undefined)).toEqual({ kind: 'wrong' });
  });

  test('the last admin cannot be retired', async () => {
    const { accounts, admin } = await withAdmin(fresh);
    expect(await accounts.retire(admin, admin.id)).toEqual({ kind: 'last-admin' });
    expect(await accounts.retire(admin, 'nobody')).toEqual({ kind: 'unknown' });
  });

  test('a new passphrase needs the old one and ends the other sessions', async () => {
    const { accounts, officer, officerSession } = await withOfficer(fresh);
    const other = await accounts.signIn('budi', AUTH, undefined);
    const next = randomBytes(32);
    const change = { salt: randomBytes(16), auth: next, wrapped: randomBytes(105) };
    expect(await accounts.changePassphrase(officer, officerSession, { ...change, oldAuth: randomBytes(32) })).toBe(
      false,
    );
    expect(await accounts.changePassphrase(officer, officerSession, { ...change, oldAuth: AUTH })).toBe(true);
    expect(await accounts.session(officerSession)).toBeDefined();
    if (other.kind === 'in') expect(await accounts.session(other.session)).toBeUndefined();
    expect(await accounts.signIn('budi', AUTH, undefined)).toEqual({ kind: 'wrong' });
    expect(await accounts.signIn('budi', next, undefined)).toMatchObject({ kind: 'in' });
  });

  test('one-time codes: asked for once they are on, each is taken once', async () => {
    const { accounts, officer, clock } = await withOfficer(fresh);
    const { secret, uri } = accounts.beginTotp(officer);
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now });
    expect(uri).toMatch(/^otpauth:\/\/totp\/Tanya%20Netral:budi\?/);
    expect(await accounts.confirmTotp(officer, secret, '000000')).toBe(false);
    expect(await accounts.confirmTotp(officer, secret, code())).toBe(true);
    expect(await accounts.signIn('budi', AUTH, undefined)).toEqual({ kind: 'totp' });
    // the code that switched it on was seen by whoever looked over the shoulder
    expect(await accounts.signIn('budi', AUTH, code())).toEqual({ kind: 'wrong' });
    clock.now += 60_000;
    expect(await accounts.signIn('budi', AUTH, code())).toMatchObject({ kind: 'in' });
    expect(await accounts.signIn('budi', AUTH, code())).toEqual({ kind: 'wrong' });
    clock.now += 60_000;
    expect(await accounts.removeTotp(officer, code())).toBe(true);
    expect(await accounts.signIn('budi', AUTH, undefined)).toMatchObject({ kind: 'in' });
  });

  test('nothing stored lets anybody in: no token, no proof, no one-time secret', async () => {
    const { accounts, admin, officer, officerSession, store, clock } = await withOfficer(fresh);
    const link = await accounts.invite(admin, 'officer', 'Inspektorat');
    const { secret } = accounts.beginTotp(officer);
    await accounts.confirmTotp(
      officer,
      secret,
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now }),
    );
    const stored = await store.stored();
    const raw = Buffer.from(secret);
    for (const needle of [link, officerSession, AUTH, AUTH.toString('base64'), AUTH.toString('hex'), raw])
      expect(stored.includes(needle)).toBe(false);
    // and the search finds what is there
    expect(stored.includes('budi')).toBe(true);
  });

  test('what has expired is deleted', async () => {
    const { accounts, admin, clock, database } = await withOfficer(fresh);
    await accounts.invite(admin, 'officer', 'Inspektorat');
    clock.now += INVITE_LIVES + 1;
    await accounts.expire(clock.now);
    expect(await database.selectFrom('desk_sessions').selectAll().execute()).toEqual([]);
    expect(await database.selectFrom('desk_invites').selectAll().execute()).toEqual([]);
  });

  test('units keep their regions', async () => {
    const { accounts, admin } = await withAdmin(fresh);
    await accounts.setUnit(admin, 'Bawaslu Jawa Barat', ['32']);
    await accounts.setUnit(admin, 'Bawaslu Jawa Barat', ['32', '36']);
    expect(await accounts.units()).toEqual([{ name: 'Bawaslu Jawa Barat', regions: ['32', '36'] }]);
  });
});
