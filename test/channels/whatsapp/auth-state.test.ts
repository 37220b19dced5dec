/** Baileys' state in a real database. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { AuthState } from '../../../src/channels/whatsapp/auth-state.ts';
import { loadBaileys } from '../../../src/channels/whatsapp/baileys.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { WhatsAppAuthRows } from '../../../src/store/whatsapp-auth.ts';
import { DATABASES } from '../../support/databases.ts';
import { testDatabase } from './database.ts';

const PHONE = '6281234567890';

describe.each(DATABASES)('on $name', (kind) => {
  async function open(on = testDatabase(kind)) {
    const test = await on;
    const baileys = await loadBaileys();
    const failures: unknown[] = [];
    const rows = new WhatsAppAuthRows(test.database, test.key, 'default');
    const auth = new AuthState({ baileys, rows, onFailure: (error) => failures.push(error) });
    return { ...test, baileys, rows, auth, failures, again: () => open(Promise.resolve(test)) };
  }

  test('every type of key comes back as it was, over a restart', async () => {
    const first = await open();
    const { keys } = await first.auth.load();
    const pair = { public: randomBytes(32), private: randomBytes(32) };
    const syncKey = first.baileys.proto.Message.AppStateSyncKeyData.fromObject({
      keyData: randomBytes(32),
      timestamp: 1_700_000_000,
      fingerprint: { rawId: 1, currentIndex: 2, deviceIndexes: [0, 1] },
    });
    const data = {
      'pre-key': { 1: pair },
      session: { [`${PHONE}.0`]: randomBytes(200) },
      'sender-key': { 'g@g.us::x_1.0::0': randomBytes(50) },
      'sender-key-memory': { 'g@g.us': { [`${PHONE}:3@s.whatsapp.net`]: true } },
      'app-state-sync-key': { AAAA: syncKey },
      'app-state-sync-version': {
        regular: { version: 3, hash: randomBytes(128), indexValueMap: { 'a+/=': { valueMac: randomBytes(32) } } },
      },
      'lid-mapping': { [PHONE]: '123', '123_reverse': PHONE },
      'device-list': { [PHONE]: ['0', '3'] },
      tctoken: { '123@lid': { token: randomBytes(16), timestamp: '5' } },
      'identity-key': { '123_1.0': randomBytes(33) },
    };
    await keys.set(data);
    await keys.set(data);
    const second = (await (await first.again()).auth.load()).keys;
    // credentials are not there, so the second load forgets the keys: they belong to no account
    expect(await second.get('session', [`${PHONE}.0`])).toEqual({});

    await keys.set(data);
    const creds = {
      ...first.baileys.initAuthCreds(),
      me: { id: `${PHONE}:1@s.whatsapp.net` },
      account: { details: randomBytes(9) },
    };
    await first.auth.save(creds);
    const third = await (await first.again()).auth.load();
    expect(third.creds).toEqual(
      JSON.parse(JSON.stringify(creds, first.baileys.BufferJSON.replacer), first.baileys.BufferJSON.reviver),
    );
    for (const [type, entries] of Object.entries(data)) {
      const ids = Object.keys(entries);
      const found = await third.keys.get(type as keyof typeof data, [...ids, 'unknown']);
      expect(found, type).toEqual(entries);
    }
    const revived = await third.keys.get('app-state-sync-key', ['AAAA']);
    expect(revived.AAAA).toBeInstanceOf(first.baileys.proto.Message.AppStateSyncKeyData);
  });

  test('null deletes, and 812 keys go in at once', async () => {
    const { auth, rows, baileys, again } = await open();
    const { keys } = await auth.load();
    await auth.save({ ...baileys.initAuthCreds(), account: {} });
    const many = Object.fromEntries(
      Array.from({ length: 812 }, (_, i) => [String(i), { public: randomBytes(32), private: randomBytes(32) }]),
    );
    await keys.set({ 'pre-key': many });
    expect(Object.keys(await keys.get('pre-key', Object.keys(many)))).toHaveLength(812);
    await keys.set({ 'pre-key': { 3: null, 4: null } });
    const after = (await (await again()).auth.load()).keys;
    expect(Object.keys(await after.get('pre-key', ['2', '3', '4', '5']))).toEqual(['2', '5']);
    expect((await rows.read('pre-key', ['3'])).size).toBe(0);
  });

  test('one write is one transaction: what fails half-way leaves nothing behind', async () => {
    const { rows, database, key } = await open();
    // a row of another account that one of ours collides with
    await new WhatsAppAuthRows(database, key, 'other').write([{ type: 'session', id: 'a', value: 'x' }]);
    await sql`create unique index poison on whatsapp_auth (id) where type = 'session'`.execute(database);
    const change = { id: 'a', value: 'x' };
    await expect(
      rows.write([
        { type: 'pre-key', ...change },
        { type: 'session', ...change },
      ]),
    ).rejects.toThrow(/unique/i);
    expect((await rows.read('pre-key', ['a'])).size).toBe(0);
  });

  test('a failing write is told, so that the socket is begun anew', async () => {
    const { auth, failures, database, baileys } = await open();
    const { keys } = await auth.load();
    await database.schema.dropTable('whatsapp_auth').execute();
    await expect(keys.set({ session: { a: randomBytes(3) } })).rejects.toThrow();
    await auth.save({ ...baileys.initAuthCreds(), account: {} });
    expect(failures).toHaveLength(2);
  });

  test('credentials of a pairing that was never finished are thrown away with their keys', async () => {
    const { auth, baileys, rows, again } = await open();
    const { creds, keys } = await auth.load();
    await keys.set({ session: { a: randomBytes(3) } });
    await auth.save({ ...creds, me: { id: `${PHONE}@s.whatsapp.net` }, pairingCode: 'ABCDEFGH' });
    const loaded = (await (await again()).auth.load()).creds;
    expect(loaded.me).toBeUndefined();
    expect(loaded.noiseKey).not.toEqual(creds.noiseKey);
    expect((await rows.read('session', ['a'])).size).toBe(0);
    expect(baileys.initAuthCreds().me).toBeUndefined();
  });

  test('the latest credentials win, and are written as they were when told', async () => {
    const { auth, baileys, again } = await open();
    const creds = { ...(await auth.load()).creds, account: {} };
    for (let i = 1; i <= 20; i++) {
      creds.nextPreKeyId = i;
      void auth.save(creds);
    }
    creds.nextPreKeyId = 99;
    const loaded = (await auth.load()).creds;
    expect(loaded.nextPreKeyId).toBe(20);
    expect((await (await again()).auth.load()).creds.registrationId).toBe(creds.registrationId);
    expect(baileys).toBeDefined();
  });

  test('a connection that is over can write nothing into the next one', async () => {
    const { auth, baileys } = await open();
    await auth.load();
    await auth.save({ ...baileys.initAuthCreds(), account: {} });
    const old = (await auth.load()).keys;
    const fresh = (await auth.load()).keys;
    await old.set({ session: { a: Buffer.from('old') } });
    expect(await fresh.get('session', ['a'])).toEqual({});
    await auth.wipe();
    await fresh.set({ session: { a: Buffer.from('late') } });
    expect((await auth.load()).creds.account).toBeUndefined();
  });

  test('nothing readable is on disk: no keys, no numbers', async () => {
    const { auth, bytes, baileys } = await open();
    const { creds, keys } = await auth.load();
    await auth.save({ ...creds, me: { id: `${PHONE}:1@s.whatsapp.net`, lid: '99887766@lid' }, account: {} });
    await keys.set({
      'lid-mapping': { [PHONE]: '99887766' },
      session: { [`${PHONE}.0`]: Buffer.from('session-bytes') },
    });
    const disk = await bytes();
    for (const secret of [PHONE, '99887766', 'session-bytes', 'noiseKey', creds.advSecretKey])
      expect(disk.includes(secret), secret).toBe(false);
    expect(disk.includes(Buffer.from(creds.noiseKey.private))).toBe(false);
    expect(baileys).toBeDefined();
  });

  test('rows of another server key, or put in another place, count as not there', async () => {
    const { rows, database } = await open();
    await rows.write([
      { type: 'session', id: 'a', value: 'A' },
      { type: 'session', id: 'b', value: 'B' },
    ]);
    const other = new WhatsAppAuthRows(database, new ServerKey(randomBytes(32)), 'default');
    expect((await other.read('session', ['a'])).size).toBe(0);
    const [one, two] = await database.selectFrom('whatsapp_auth').selectAll().execute();
    await database.updateTable('whatsapp_auth').set({ value: two!.value }).where('id', '=', one!.id).execute();
    expect((await rows.read('session', ['a', 'b'])).size).toBe(1);
  });

  test('what is asked for first is done first', async () => {
    const { rows } = await open();
    const change = (value: string | undefined) => [{ type: 'session', id: 'a', value }];
    const seen: unknown[] = [];
    await Promise.all(
      Array.from({ length: 30 }, async (_, i) => {
        void rows.write(change(i % 3 === 2 ? undefined : String(i)));
        seen[i] = (await rows.read('session', ['a'])).get('a');
      }),
    );
    expect(seen).toEqual(Array.from({ length: 30 }, (_, i) => (i % 3 === 2 ? undefined : String(i))));
  });
});
