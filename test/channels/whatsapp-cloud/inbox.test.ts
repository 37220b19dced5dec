/** What is on disk while a message waits, and after. */
import { describe, expect, test } from 'vitest';
import { CloudInbox } from '../../../src/store/cloud-inbox.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { DATABASES } from '../../support/databases.ts';
import { startBot } from '../../support/graph-api-services.ts';
import { openInboxKeys } from '../../support/inbox-keys.ts';

const PERSON = '6281277778888';
const WORDS = 'rahasia-kepala-dinas-dua';

describe.each(DATABASES)('on $name', ({ fresh }) => {
  const stoppedBot = async () => {
    const { folder, url, rows: left } = await fresh();
    return { left, ...(await startBot({ start: false, folder, databaseUrl: url })) };
  };

  test('neither the words nor the number stand on disk or in the log, while they wait and afterwards', async () => {
    const { graph, rows, settled, channel, logged, database, left } = await stoppedBot();
    // without what deleted rows leave in PostgreSQL's files: the key with which they open goes (store/inbox-keys.test.ts)
    const onDisk = async () => (await left()).toString('latin1');
    await graph.sendText(PERSON, WORDS, { id: `wamid.${WORDS}` });
    expect(await rows()).toBe(1);
    const keys = await database.selectFrom('whatsapp_cloud_inbox_keys').selectAll().execute();
    expect(keys).toHaveLength(1);
    for (const secret of [PERSON, WORDS]) expect(await onDisk()).not.toContain(secret);
    await channel.start();
    await settled();
    await channel.stop();
    for (const secret of [PERSON, WORDS]) expect((await onDisk()) + logged.join('')).not.toContain(secret);
    // with its key the row would open: neither is left, not even in free pages or the write-ahead log
    for (const { wrapped } of keys) expect(await onDisk()).not.toContain(Buffer.from(wrapped).toString('latin1'));
  });

  test('rows keep their order, and places rise', async () => {
    const { database, key, keys } = await stoppedBot();
    const inbox = new CloudInbox(database, key, keys);
    const entry = (n: number) => ({ name: `m${n}`, content: `isi ${n}` });
    await Promise.all([inbox.store([entry(1), entry(2)]), inbox.store([entry(3)])]);
    expect(await new CloudInbox(database, key, keys).store([entry(2), entry(4), entry(4)])).toEqual([
      undefined,
      expect.any(String),
      undefined,
    ]);
    const rows = await inbox.after(0, 10);
    expect(rows.map(({ content }) => content)).toEqual(['isi 1', 'isi 2', 'isi 3', 'isi 4']);
    expect((await inbox.after(rows[1]?.place ?? 0, 1)).map(({ content }) => content)).toEqual(['isi 3']);
  });

  test('who has seen a place never finds a lower one later', async () => {
    const { database, key, keys } = await stoppedBot();
    const inbox = new CloudInbox(database, key, keys);
    let storing = true;
    const stored = Promise.all(
      // the more in one call, the longer its transaction: a short one must not overtake it
      Array.from({ length: 40 }, (_, i) =>
        inbox.store(Array.from({ length: i % 2 ? 1 : 20 }, (_, n) => ({ name: `m${i} ${n}`, content: 'x' }))),
      ),
    ).finally(() => {
      storing = false;
    });
    const seen: number[] = [];
    do {
      seen.push(...(await inbox.after(seen.at(-1) ?? 0, 1_000)).map(({ place }) => place));
    } while (storing);
    await stored;
    seen.push(...(await inbox.after(seen.at(-1) ?? 0, 1_000)).map(({ place }) => place));
    expect(seen).toEqual((await inbox.after(0, 1_000)).map(({ place }) => place));
    expect(seen).toHaveLength(20 * 21);
  });

  test('a report never takes back what is known', async () => {
    const { database, key, keys } = await stoppedBot();
    const inbox = new CloudInbox(database, key, keys);
    const [id = ''] = await inbox.store([{ name: 'a', content: 'x' }]);
    await inbox.begin(id, 2);
    await inbox.confirm(id, 2);
    await inbox.confirm(id, 1);
    expect(await inbox.after(0, 1)).toMatchObject([{ begun: 2, confirmed: 2 }]);
    await inbox.confirm('nobody', 1);
  });

  test('rows of another server key are dropped, loudly', async () => {
    const { graph, folder, database, channel, settled, logged } = await stoppedBot();
    const key = new ServerKey(Buffer.alloc(32, 7));
    const keys = await openInboxKeys({ folder, database, key });
    await new CloudInbox(database, key, keys).store([{ name: 'a', content: '{}' }]);
    await graph.sendText(PERSON, '/saya');
    await channel.start();
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
    expect(logged.join('')).toContain('sealed with another server.key');
  });
});
