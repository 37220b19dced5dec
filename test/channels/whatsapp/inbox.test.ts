import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { ServerKey } from '../../../src/store/keys.ts';
import { WhatsAppInbox } from '../../../src/store/whatsapp-inbox.ts';
import { WhatsAppPeople } from '../../../src/store/whatsapp-people.ts';
import { WhatsAppSent } from '../../../src/store/whatsapp-sent.ts';
import { DATABASES } from '../../support/databases.ts';
import { openInboxKeys } from '../../support/inbox-keys.ts';
import { testDatabase } from './database.ts';

const TEXT = 'atasan saya memaksa memilih paslon';

describe.each(DATABASES)('on $name', (kind) => {
  test('messages come out in their order, once, also after a restart', async () => {
    const { database, key, keys } = await testDatabase(kind);
    const inbox = new WhatsAppInbox(database, key, keys);
    const added = await Promise.all(Array.from({ length: 50 }, (_, i) => inbox.store(`chat ${i}`, String(i))));
    expect(added.every(Boolean)).toBe(true);
    expect(await inbox.store('chat 7', 'again')).toBe(false);
    const rows = await new WhatsAppInbox(database, key, keys).after(-1, 100);
    expect(rows.map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
    expect(await inbox.after(rows[9]!.place, 2)).toEqual(rows.slice(10, 12));
  });

  test('a clock that was set back does not put new messages before old ones', async () => {
    const { database, key, keys } = await testDatabase(kind);
    await new WhatsAppInbox(database, key, keys).store('a', 'first');
    vi.useFakeTimers({ now: Date.now() - 86_400_000, toFake: ['Date'] });
    try {
      const restarted = new WhatsAppInbox(database, key, keys);
      await restarted.store('b', 'second');
      await restarted.store('c', 'third');
      expect((await restarted.after(-1, 9)).map(({ content }) => content)).toEqual(['first', 'second', 'third']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('how far the answer came is remembered', async () => {
    const { database, key, keys } = await testDatabase(kind);
    const inbox = new WhatsAppInbox(database, key, keys);
    await inbox.store('a', 'x');
    const [row] = await inbox.after(-1, 1);
    await inbox.confirm(row!.id, 2);
    expect((await inbox.after(-1, 1))[0]?.sent).toBe(2);
  });

  test('while it waits nothing of it is readable on disk, and afterwards not even its key is left', async () => {
    const { database, key, keys, bytes, rows: left } = await testDatabase(kind);
    const inbox = new WhatsAppInbox(database, key, keys);
    for (let i = 0; i < 40; i++) await inbox.store(`6281234567890@s.whatsapp.net ${i}`, `${TEXT} ${i}`);
    expect((await bytes()).includes(TEXT)).toBe(false);
    expect((await bytes()).includes('6281234567890')).toBe(false);
    const rows = await database.selectFrom('whatsapp_inbox').selectAll().execute();
    const wrapped = await database.selectFrom('whatsapp_inbox_keys').selectAll().execute();
    for (const { id } of rows) await inbox.remove(id);
    await inbox.tidy();
    // PostgreSQL's files hold deleted rows for a while; the key of the epoch, with which they open, goes (store/inbox-keys.test.ts)
    const disk = await left();
    for (const { content } of rows) expect(disk.includes(Buffer.from(content).subarray(0, 24))).toBe(false);
    for (const row of wrapped) expect(disk.includes(Buffer.from(row.wrapped).subarray(0, 24))).toBe(false);
  });

  test('a row of another server key is there, but unreadable', async () => {
    const { folder, database, key, keys } = await testDatabase(kind);
    await new WhatsAppInbox(database, key, keys).store('a', 'x');
    const other = new ServerKey(randomBytes(32));
    const others = await openInboxKeys({ folder, database, key: other });
    const rows = await new WhatsAppInbox(database, other, others).after(-1, 9);
    expect(rows.map(({ content }) => content)).toEqual([undefined]);
  });

  test('our own messages are found for a day, and are sealed', async () => {
    const { database, key, bytes } = await testDatabase(kind);
    const sent = new WhatsAppSent(database, key);
    await sent.save('3EB0A', Buffer.from('jawaban untuk Ani'), Date.now());
    await sent.save('3EB0B', Buffer.from('old'), Date.now() - 25 * 3600_000);
    expect(String(await new WhatsAppSent(database, key).find('3EB0A'))).toBe('jawaban untuk Ani');
    expect(await sent.find('3EB0B')).toBeUndefined();
    expect(await sent.find('3EB0C')).toBeUndefined();
    expect((await bytes()).includes('jawaban untuk Ani')).toBe(false);
    // the server's key alone opens none: it takes the message's id, which is nowhere here
    const rows = await database.selectFrom('whatsapp_sent').selectAll().execute();
    for (const { id, message, expires_at: until } of rows) {
      expect(key.open(message, `whatsapp-sent/${id}`)).toBeUndefined();
      expect(Number(until) % 3_600_000).toBe(0);
    }
    expect((await bytes()).includes('3EB0A')).toBe(false);
    await sent.expire(Date.now());
    expect(await database.selectFrom('whatsapp_sent').selectAll().execute()).toHaveLength(1);
  });

  test('a person met by number and later by LID is one person', async () => {
    const { database, key, bytes } = await testDatabase(kind);
    const people = new WhatsAppPeople(database, key);
    const now = Date.now();
    const phone = '6281234567890@s.whatsapp.net';
    const lid = '111222333@lid';
    const first = await people.find({ lid: undefined, phone }, now);
    expect(await people.find({ lid, phone }, now)).toBe(first);
    expect(await new WhatsAppPeople(database, key).find({ lid, phone: undefined }, now)).toBe(first);
    expect(await people.find({ lid: '999@lid', phone: undefined }, now)).not.toBe(first);
    expect((await bytes()).includes('6281234567890')).toBe(false);
    expect((await bytes()).includes('111222333')).toBe(false);
  });

  test('where number and LID were two people, the LID decides', async () => {
    const { database, key } = await testDatabase(kind);
    const people = new WhatsAppPeople(database, key);
    const byPhone = await people.find({ lid: undefined, phone: '1@s.whatsapp.net' }, 0);
    const byLid = await people.find({ lid: '2@lid', phone: undefined }, 0);
    expect(byPhone).not.toBe(byLid);
    expect(await people.find({ lid: '2@lid', phone: '1@s.whatsapp.net' }, 0)).toBe(byLid);
    expect(await people.find({ lid: undefined, phone: '1@s.whatsapp.net' }, 0)).toBe(byLid);
  });
});
