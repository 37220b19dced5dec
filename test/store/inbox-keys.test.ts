/** What a thief gets who takes the disk and every key: of messages that were answered, nothing. And what waits is never lost. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CloudInbox } from '../../src/store/cloud-inbox.ts';
import type { Database } from '../../src/store/database.ts';
import type { InboxKeyTable, SealedRow } from '../../src/store/inbox-keys.ts';
import { loadServerKey, ServerKey } from '../../src/store/keys.ts';
import { WhatsAppInbox } from '../../src/store/whatsapp-inbox.ts';
import { DATABASES, type DatabaseKind, SQLITE } from '../support/databases.ts';
import { openInboxKeys } from '../support/inbox-keys.ts';

/** As the file has them: two blocks, each with id (8 bytes) and secret (32). */
const SLOTS = [0, 4096];
const blank = Buffer.alloc(32);

const keyFile = (folder: string) => join(folder, 'inbox.key');
const secretsIn = (folder: string): Buffer[] =>
  SLOTS.map((at) => readFileSync(keyFile(folder)).subarray(at + 8, at + 40)).filter((secret) => !secret.equals(blank));

async function inboxes(kind: DatabaseKind) {
  const { folder, open, stored } = await kind.fresh();
  const database = await open();
  const key = loadServerKey(folder);
  const restart = async () => {
    const keys = await openInboxKeys({ folder, database, key });
    onTestFinished(() => keys.replace());
    return { keys, whatsapp: new WhatsAppInbox(database, key, keys), cloud: new CloudInbox(database, key, keys) };
  };
  return { folder, database, key, stored, restart, ...(await restart()) };
}

interface Recorded extends SealedRow {
  readonly table: InboxKeyTable;
  readonly id: string;
}

const TABLES = [
  ['whatsapp_inbox', 'whatsapp_inbox_keys'],
  ['whatsapp_cloud_inbox', 'whatsapp_cloud_inbox_keys'],
] as const;

/** Every row that stands there now. */
async function rowsOf(database: Database): Promise<Recorded[]> {
  const rows: Recorded[] = [];
  for (const [table, keys] of TABLES) {
    const found = await sql<SealedRow & { id: string }>`select i.id, content, wrapped from ${sql.table(table)} i
      join ${sql.table(keys)} k on k.id = i.id`.execute(database);
    rows.push(...found.rows.map((row) => ({ table: keys, ...row })));
  }
  return rows;
}

/** From now on keeps whatever is written into the tables, in the memory of SQLite's one connection. */
async function recorder(database: Database): Promise<() => Promise<Recorded[]>> {
  await sql`pragma temp_store = memory`.execute(database);
  await sql`create temp table recorded (name text, id text, bytes blob)`.execute(database);
  for (const [table, keys] of TABLES)
    for (const [name, column] of [
      [table, 'content'],
      [keys, 'wrapped'],
    ] as const)
      for (const event of ['insert', 'update'])
        await sql`create temp trigger ${sql.id(`${name}_${event}`)} after ${sql.raw(event)} on main.${sql.id(name)}
          begin insert into recorded values (${sql.lit(name)}, new.id, ${sql.ref(`new.${column}`)}); end`.execute(
          database,
        );
  return async () => {
    const { rows } = await sql<{ name: string; id: string; bytes: Uint8Array }>`select * from recorded`.execute(
      database,
    );
    return TABLES.flatMap(([table, keys]) =>
      rows
        .filter(({ name }) => name === keys)
        .map(({ id, bytes: wrapped }) => {
          const content = rows.find((row) => row.name === table && row.id === id)?.bytes as Uint8Array;
          return { table: keys, id, content, wrapped };
        }),
    );
  };
}

const encodings = (secret: Buffer): Buffer[] => [
  secret,
  ...['hex', 'base64', 'base64url'].map((form) => Buffer.from(secret.toString(form as BufferEncoding))),
];

test('of everything that was ever written about an answered message nothing opens with what is there, and no old key is', async () => {
  const { folder, database, key, keys, restart, whatsapp, cloud } = await inboxes(SQLITE);
  const recorded = await recorder(database);
  const old = new Map<string, Buffer>();
  const note = () => {
    for (const secret of secretsIn(folder)) old.set(secret.toString('hex'), Buffer.from(secret));
  };
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < 5; i++) {
      await whatsapp.store(`6281234567890 ${round} ${i}`, `atasan saya memaksa ${round} ${i}`);
      await cloud.store([{ name: `${round} ${i}`, content: `di kantor lurah ${round} ${i}` }]);
    }
    note();
    // the last two of each round wait for the next
    const [mine, theirs] = [await whatsapp.after(-1, 100), await cloud.after(-1, 100)];
    expect([...mine, ...theirs].every(({ content }) => content !== undefined)).toBe(true);
    for (const { id } of mine.slice(0, round === 7 ? undefined : -2)) await whatsapp.remove(id);
    for (const { id } of theirs.slice(0, round === 7 ? undefined : -2)) await cloud.remove(id);
    await keys.replace();
  }
  const written = await recorded();
  // 80 rows, some of which were wrapped again
  expect(written.length).toBeGreaterThan(80 + 7 * 4 - 1);
  expect(old.size).toBe(8);
  const now = secretsIn(folder);
  expect(now).toHaveLength(1);

  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  for (const secret of old.values())
    for (const form of encodings(secret)) expect(files.some((file) => file.includes(form))).toBe(false);
  // the search itself works
  expect(files.some((file) => file.includes(now[0] as Buffer))).toBe(true);

  const thief = (await restart()).keys;
  for (const { table, id, ...row } of written) expect(thief.open(table, id, row)).toBeUndefined();
  // nor with any piece of the file taken for a key
  const bytes = readFileSync(keyFile(folder));
  const last = written.at(-1) as Recorded;
  for (let at = 0; at + 32 <= bytes.length; at += at < 64 || (at >= 4090 && at < 4160) ? 1 : 32) {
    const guess = new ServerKey(bytes.subarray(at, at + 32));
    expect(guess.open(Buffer.from(last.wrapped).subarray(8), `${last.table}/${last.id}`)).toBeUndefined();
  }
  // while they waited they did open: with the key of their time
  const first = written[0] as Recorded;
  const times = [...old.values()].map((secret) =>
    new ServerKey(secret).open(Buffer.from(first.wrapped).subarray(8), `${first.table}/${first.id}`),
  );
  const forServer = times.find((text) => text !== undefined) as string;
  expect(key.open(Buffer.from(forServer, 'base64url'), `${first.table}/${first.id}`)).toHaveLength(43);
});

describe.each(DATABASES)('on $name', (kind) => {
  test('a message that waits outlives every change of the key, and a restart', async () => {
    const { database, keys, restart, whatsapp, cloud, folder } = await inboxes(kind);
    await whatsapp.store('a', 'menunggu');
    await cloud.store([{ name: 'a', content: 'juga menunggu' }]);
    const [before] = await rowsOf(database);
    for (let round = 0; round < 3; round++) {
      await whatsapp.store(`b${round}`, 'dijawab');
      const rows = await whatsapp.after(-1, 9);
      await whatsapp.remove(rows[1]?.id ?? '');
      await keys.replace();
    }
    const [after] = await rowsOf(database);
    expect(after?.content).toEqual(before?.content);
    expect(after?.wrapped).not.toEqual(before?.wrapped);
    expect((await whatsapp.after(-1, 9)).map(({ content }) => content)).toEqual(['menunggu']);
    const later = await restart();
    await later.keys.replace();
    expect((await later.whatsapp.after(-1, 9)).map(({ content }) => content)).toEqual(['menunggu']);
    expect((await later.cloud.after(-1, 9)).map(({ content }) => content)).toEqual(['juga menunggu']);
    expect(secretsIn(folder)).toHaveLength(1);
  });

  test('messages may come and be read while the key changes', async () => {
    const { keys, whatsapp, cloud } = await inboxes(kind);
    let busy = true;
    const changing = (async () => {
      while (busy) {
        keys.spent();
        await keys.replace();
      }
    })();
    for (let i = 0; i < 10; i++) {
      await Promise.all([whatsapp.store(`m${i}`, `isi ${i}`), cloud.store([{ name: `m${i}`, content: `isi ${i}` }])]);
      const rows = [...(await whatsapp.after(-1, 99)), ...(await cloud.after(-1, 99))];
      expect(rows.every(({ content }) => content?.startsWith('isi '))).toBe(true);
    }
    busy = false;
    await changing;
    expect(await whatsapp.after(-1, 99)).toHaveLength(10);
  });
});

describe('killed while the key changes', () => {
  /** Two rows that wait, and the file before and after a change of their key. */
  const changed = async () => {
    const world = await inboxes(SQLITE);
    const { folder, keys, whatsapp, cloud } = world;
    await whatsapp.store('a', 'menunggu');
    await cloud.store([{ name: 'a', content: 'juga' }]);
    const before = readFileSync(keyFile(folder));
    const rows = await rowsOf(world.database);
    await keys.replace();
    const after = readFileSync(keyFile(folder));
    const [old, fresh] = before.subarray(0, 40).equals(blank) ? [1, 0] : [0, 1];
    expect(after.subarray(SLOTS[old], (SLOTS[old] ?? 0) + 48).every((byte) => byte === 0)).toBe(true);
    /** The file with one slot of each. */
    const mixed = Buffer.alloc(8192);
    before.copy(mixed, SLOTS[old], SLOTS[old], (SLOTS[old] ?? 0) + 4096);
    after.copy(mixed, SLOTS[fresh], SLOTS[fresh], (SLOTS[fresh] ?? 0) + 4096);
    /** The rows as they were before the change. */
    const rewind = async () => {
      for (const { table, id, wrapped } of rows)
        await world.database.updateTable(table).set({ wrapped }).where('id', '=', id).execute();
    };
    const readable = async () => {
      for (let starts = 0; starts < 2; starts++) {
        const started = await world.restart();
        for (let changes = 0; changes < 3; changes++) {
          const found = [...(await started.whatsapp.after(-1, 9)), ...(await started.cloud.after(-1, 9))];
          expect(found.map(({ content }) => content)).toEqual(['menunggu', 'juga']);
          started.keys.spent();
          await started.keys.replace();
          expect(secretsIn(folder)).toHaveLength(1);
        }
      }
    };
    return { ...world, before, after, mixed, old: SLOTS[old] ?? 0, fresh: SLOTS[fresh] ?? 0, rewind, readable };
  };
  const put = (folder: string, bytes: Buffer) => writeFileSync(keyFile(folder), bytes);

  test('before the new key is whole on disk', async () => {
    const { folder, before, mixed, fresh, rewind, readable } = await changed();
    await rewind();
    const torn = Buffer.from(before);
    mixed.copy(torn, fresh, fresh, fresh + 20);
    put(folder, torn);
    await readable();
  });

  test('when both keys are on disk, and rows are wrapped to the old one', async () => {
    const { folder, mixed, rewind, readable } = await changed();
    await rewind();
    put(folder, mixed);
    await readable();
  });

  test('when rows are wrapped to the new one, and the old one is not wiped', async () => {
    const { folder, mixed, readable } = await changed();
    put(folder, mixed);
    await readable();
  });

  test('when the old one is half wiped', async () => {
    const { folder, mixed, old, readable } = await changed();
    put(folder, Buffer.from(mixed).fill(0, old, old + 24));
    await readable();
  });

  test('with -9, again and again at any time: what was stored and not answered is there, and can be read', async () => {
    const { folder, open } = await SQLITE.fresh();
    const script = fileURLToPath(new URL('../support/inbox-hammer.ts', import.meta.url));
    const [stored, removed] = [new Set<string>(), new Set<string>()];
    for (let round = 0; round < 10; round++) {
      const child = spawn(process.execPath, [script, folder, String(round)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (data) => (said += String(data)));
      const ready = round === 0 ? '+early.199' : '+';
      while (!said.includes(ready)) await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 250));
      child.kill('SIGKILL');
      await once(child, 'close');
      for (const line of said.split('\n').slice(0, -1)) (line.startsWith('+') ? stored : removed).add(line.slice(1));
      const database = await open();
      const key = loadServerKey(folder);
      const keys = await openInboxKeys({ folder, database, key });
      const rows = await new WhatsAppInbox(database, key, keys).after(-1, 100_000);
      const there = new Set(rows.map(({ content }) => content ?? 'unreadable'));
      expect(there).not.toContain('unreadable');
      // what was removed in the last moment could not be told any more
      const untold = [...stored].filter((name) => !removed.has(name) && !there.has(name));
      expect(untold.length).toBeLessThanOrEqual(1);
      for (const name of untold) removed.add(name);
      await database.destroy();
    }
    expect(stored.size).toBeGreaterThan(50);
  }, 120_000);
});

describe('the file', () => {
  test('is for its owner alone, and stays as it is where nothing was answered', async () => {
    const { folder, keys, restart } = await inboxes(SQLITE);
    expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600);
    await keys.replace();
    const bytes = readFileSync(keyFile(folder));
    await keys.replace();
    await restart();
    expect(readFileSync(keyFile(folder))).toEqual(bytes);
  });

  test('that cannot be used is told with its repair; it is tried again until it can', async () => {
    const { folder, database, key } = await inboxes(SQLITE);
    const failures: unknown[] = [];
    const onFailure = (error: unknown) => void failures.push(error);
    const keys = await openInboxKeys({ folder, database, key, onFailure, soon: 5, every: 5 });
    onTestFinished(() => keys.replace());
    const inbox = new WhatsAppInbox(database, key, keys);
    await inbox.store('a', 'x');
    const [before] = secretsIn(folder);
    renameSync(keyFile(folder), join(folder, 'elsewhere'));
    await inbox.remove((await inbox.after(-1, 1))[0]?.id ?? '');
    await expect.poll(() => failures.length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(String(failures[0])).toMatch(/inbox\.key cannot be used \(ENOENT\); make it a file/);
    renameSync(join(folder, 'elsewhere'), keyFile(folder));
    await expect.poll(() => secretsIn(folder)[0]?.equals(before as Buffer), { timeout: 10_000 }).toBe(false);
  });

  test('that is lost or damaged takes what waits with it, and nothing else', async () => {
    const { folder, whatsapp, restart } = await inboxes(SQLITE);
    await whatsapp.store('a', 'x');
    copyFileSync(keyFile(folder), join(folder, 'copy'));
    for (const spoil of [() => rmSync(keyFile(folder)), () => writeFileSync(keyFile(folder), 'x')]) {
      spoil();
      const started = await restart();
      expect((await started.whatsapp.after(-1, 9)).map(({ content }) => content)).toEqual([undefined]);
      await started.whatsapp.store(String(spoil), 'y');
      expect((await started.whatsapp.after(-1, 9)).at(-1)?.content).toBe('y');
      await started.whatsapp.remove((await started.whatsapp.after(-1, 9)).at(-1)?.id ?? '');
    }
  });

  test('is changed by itself soon after an answer', async () => {
    const { folder, database, key } = await inboxes(SQLITE);
    const keys = await openInboxKeys({ folder, database, key, soon: 20, every: 40 });
    onTestFinished(() => keys.replace());
    const inbox = new WhatsAppInbox(database, key, keys);
    const seen = new Set<string>();
    for (let i = 0; i < 3; i++) {
      await inbox.store(`m${i}`, 'x');
      const [secret] = secretsIn(folder);
      seen.add(String(secret?.toString('hex')));
      await inbox.remove((await inbox.after(-1, 1))[0]?.id ?? '');
      await expect
        .poll(() => secretsIn(folder).some((one) => one.equals(secret as Buffer)), { timeout: 10_000 })
        .toBe(false);
    }
    expect(seen.size).toBe(3);
  });
});
