/** Who stops working here can do and open nothing any more, whichever way they were retired; nobody takes the last key with them. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Account, Accounts } from '../../src/accounts/accounts.ts';
import { noteAudit } from '../../src/reports/audit.ts';
import { makeKeyPairFast, nativeRecipient } from '../../src/reports/native-keys.ts';
import { wrapCaseKeyFast } from '../../src/reports/native-seal.ts';
import { all, type Colleague, openWorld, type World } from '../reports/world.ts';
import { DATABASES, type DatabaseKind } from '../support/databases.ts';

const UNIT = 'Bawaslu Kabupaten Contoh';
const AUTH = randomBytes(32);

interface Member extends Colleague {
  readonly account: Account;
  readonly session: string;
}

async function desk(fresh: DatabaseKind['fresh']) {
  const world = await openWorld(await fresh());
  const { database, key } = world;
  const now = () => world.now;
  const audit = (actor: string, event: string, detail: string) =>
    noteAudit(database, world.now, { actor, event, detail });
  const accounts = new Accounts({ database, key, now, audit });
  const join = async (token: string, login: string): Promise<Member> => {
    const { identity, recipient } = makeKeyPairFast();
    const wrapped = randomBytes(105);
    const salt = randomBytes(16);
    const made = await accounts.accept(token, { login, name: login, unit: UNIT, salt, auth: AUTH, wrapped, recipient });
    if (made.kind !== 'in') throw new Error(made.kind);
    const { account, session } = made;
    return { account, session, identity, officer: { ...account, recipient, unit: UNIT } };
  };
  const admin = await join((await accounts.firstLink()) ?? '', 'rina');
  const invite = async (role: Account['role'], login: string) =>
    join(await accounts.invite(admin.account, role, UNIT), login);
  return { world, accounts, admin, invite };
}

const share = async (world: World, from: Colleague, id: string, to: Colleague) => {
  const { key } = await world.open(from, id);
  const wrapped = await wrapCaseKeyFast(id, key, nativeRecipient(to.officer.recipient));
  expect(await world.office.grant(from.officer.id, id, to.officer.id, wrapped)).toMatchObject({ ok: true });
};

const readers = async ({ database }: World): Promise<string[]> =>
  (await database.selectFrom('case_keys').select('officer').execute()).map(({ officer }) => officer).sort();

const lastEvents = async (world: World, count: number) =>
  (await all(world.office.audit())).slice(-count).map(({ actor, event, detail }) => [actor, event, detail]);

describe.each(DATABASES)('retiring on $name', ({ fresh }) => {
  test('by the admin: keys of cases, session and private key are gone, and it is in the audit chain', async () => {
    const { world, accounts, admin, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    const dewi = await invite('officer', 'dewi');
    await world.tip('satu');
    expect(await readers(world)).toEqual([budi.officer.id, dewi.officer.id].sort());
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual({ kind: 'retired' });
    expect(await readers(world)).toEqual([dewi.officer.id]);
    expect(await accounts.session(budi.session)).toBeUndefined();
    expect(await accounts.signIn('budi', AUTH, undefined)).toEqual({ kind: 'wrong' });
    expect(await world.office.cases(budi.officer.id)).toEqual([]);
    expect((await accounts.team()).find(({ login }) => login === 'budi')).toMatchObject({ retired: true });
    expect((await accounts.team()).find(({ login }) => login === 'budi')?.wrapped).toHaveLength(0);
    expect(await lastEvents(world, 1)).toEqual([[admin.account.id, 'officer-retired', budi.officer.id]]);
    expect((await world.openOnly(dewi)).entries).toHaveLength(4);
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual({ kind: 'unknown' });
  });

  test('in the terminal: the account in the browser ends with it', async () => {
    const { world, accounts, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    const dewi = await invite('officer', 'dewi');
    await world.tip('satu');
    expect(await world.office.retireOfficer('server', budi.officer.id)).toMatchObject({ ok: true });
    expect(await readers(world)).toEqual([dewi.officer.id]);
    expect(await accounts.session(budi.session)).toBeUndefined();
    expect(await accounts.signIn('budi', AUTH, undefined)).toEqual({ kind: 'wrong' });
    const account = (await accounts.team()).find(({ login }) => login === 'budi');
    expect([account?.retired, account?.wrapped.length]).toEqual([true, 0]);
  });

  test('whoever is the last reader of cases stays until these are shared', async () => {
    const { world, accounts, admin, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    for (const chat of ['satu', 'dua']) await world.tip(chat);
    const dewi = await invite('officer', 'dewi');
    const ids = (await world.office.cases(budi.officer.id)).map(({ id }) => id);
    const refused = (cases: number) => ({ kind: 'last-reader', name: 'budi', cases });
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual(refused(2));
    await share(world, budi, ids[0] ?? '', dewi);
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual(refused(1));
    // nothing of it was done
    expect(await accounts.session(budi.session)).toBeDefined();
    expect((await world.office.cases(budi.officer.id)).filter(({ readable }) => readable)).toHaveLength(2);
    await share(world, budi, ids[1] ?? '', dewi);
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual({ kind: 'retired' });
    expect(await readers(world)).toEqual([dewi.officer.id, dewi.officer.id]);
  });

  test('who has left is no reader: the key of somebody retired before does not count', async () => {
    const { world, accounts, admin, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    const dewi = await invite('officer', 'dewi');
    await world.tip('satu');
    // as the web left it behind before: retired, and the wraps still there
    await world.database
      .updateTable('officers')
      .set({ retired: '2026-11-01' })
      .where('id', '=', dewi.officer.id)
      .execute();
    expect(await accounts.retire(admin.account, budi.officer.id)).toEqual({
      kind: 'last-reader',
      name: 'budi',
      cases: 1,
    });
  });

  test('two who share a case are retired at the same moment: one of them keeps its key', async () => {
    const { world, accounts, admin, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    const dewi = await invite('officer', 'dewi');
    await world.tip('satu');
    // connections for both, so that neither waits for one
    await Promise.all([budi, dewi].map(() => accounts.team()));
    const outcomes = await Promise.all([budi, dewi].map(({ officer }) => accounts.retire(admin.account, officer.id)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['last-reader', 'retired']);
    expect(await readers(world)).toHaveLength(1);
  });

  test('a key that is lost, given up in the terminal: the wraps and the private key stay, should its words be found', async () => {
    const { world, accounts, invite } = await desk(fresh);
    const budi = await invite('officer', 'budi');
    await world.tip('satu');
    expect(await world.office.retireOfficer('server', budi.officer.id)).toEqual({ ok: false, why: 'wrong-state' });
    expect(await world.office.retireOfficer('server', budi.officer.id, true)).toMatchObject({ ok: true });
    expect(await readers(world)).toEqual([budi.officer.id]);
    const account = (await accounts.team()).find(({ login }) => login === 'budi');
    expect([account?.retired, account?.wrapped.length]).toEqual([true, 105]);
    expect(await accounts.session(budi.session)).toBeUndefined();
  });

  test('a curator: nothing is left that opens a question; an admin: links that were not used stop working', async () => {
    const { world, accounts, admin, invite } = await desk(fresh);
    const sari = await invite('curator', 'sari');
    expect(await accounts.retire(admin.account, sari.account.id)).toEqual({ kind: 'retired' });
    expect((await accounts.team()).find(({ login }) => login === 'sari')?.wrapped).toHaveLength(0);
    expect(await lastEvents(world, 1)).toEqual([[admin.account.id, 'account retired', sari.account.id]]);
    const second = await invite('admin', 'tuti');
    const open = await accounts.invite(second.account, 'officer', UNIT);
    expect(await accounts.retire(admin.account, second.account.id)).toEqual({ kind: 'retired' });
    expect(await accounts.invitation(open)).toBeUndefined();
    expect(await lastEvents(world, 2)).toEqual([
      [admin.account.id, 'account retired', second.account.id],
      [admin.account.id, 'invitation revoked', '1'],
    ]);
    expect(await accounts.retire(admin.account, admin.account.id)).toEqual({ kind: 'last-admin' });
  });
});
