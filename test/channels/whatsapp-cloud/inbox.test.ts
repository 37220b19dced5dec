/** What is on disk while a message waits, and after. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CloudInbox } from '../../../src/store/cloud-inbox.ts';
import { ServerKey } from '../../../src/store/keys.ts';
import { startBot } from '../../support/graph-api-services.ts';

const PERSON = '6281277778888';
const WORDS = 'rahasia-kepala-dinas-dua';

const onDisk = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.startsWith('tanya-netral.db'))
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');

test('neither the words nor the number stand on disk or in the log, while they wait and afterwards', async () => {
  const { graph, folder, rows, settled, channel, logged, database } = await startBot({ start: false });
  await graph.sendText(PERSON, WORDS, { id: `wamid.${WORDS}` });
  expect(await rows()).toBe(1);
  const keys = await database.selectFrom('whatsapp_cloud_inbox_keys').selectAll().execute();
  expect(keys).toHaveLength(1);
  for (const secret of [PERSON, WORDS]) expect(onDisk(folder)).not.toContain(secret);
  await channel.start();
  await settled();
  await channel.stop();
  for (const secret of [PERSON, WORDS]) expect(onDisk(folder) + logged.join('')).not.toContain(secret);
  // with its key the row would open: neither is left, not even in free pages or the write-ahead log
  for (const { wrapped } of keys) expect(onDisk(folder)).not.toContain(Buffer.from(wrapped).toString('latin1'));
});

test('rows keep their order, and places rise', async () => {
  const { database, key } = await startBot({ start: false });
  const inbox = new CloudInbox(database, key);
  const entry = (n: number) => ({ name: `m${n}`, content: `isi ${n}` });
  await Promise.all([inbox.store([entry(1), entry(2)]), inbox.store([entry(3)])]);
  expect(await new CloudInbox(database, key).store([entry(2), entry(4), entry(4)])).toEqual([
    undefined,
    expect.any(String),
    undefined,
  ]);
  const rows = await inbox.after(0, 10);
  expect(rows.map(({ content }) => content)).toEqual(['isi 1', 'isi 2', 'isi 3', 'isi 4']);
  expect((await inbox.after(rows[1]?.place ?? 0, 1)).map(({ content }) => content)).toEqual(['isi 3']);
});

test('a report never takes back what is known', async () => {
  const { database, key } = await startBot({ start: false });
  const inbox = new CloudInbox(database, key);
  const [id = ''] = await inbox.store([{ name: 'a', content: 'x' }]);
  await inbox.begin(id, 2);
  await inbox.confirm(id, 2);
  await inbox.confirm(id, 1);
  expect(await inbox.after(0, 1)).toMatchObject([{ begun: 2, confirmed: 2 }]);
  await inbox.confirm('nobody', 1);
});

test('rows of another server key are dropped, loudly', async () => {
  const { graph, database, channel, settled, logged } = await startBot({ start: false });
  await new CloudInbox(database, new ServerKey(Buffer.alloc(32, 7))).store([{ name: 'a', content: '{}' }]);
  await graph.sendText(PERSON, '/saya');
  await channel.start();
  await settled();
  expect(graph.sent(PERSON)).toHaveLength(1);
  expect(logged.join('')).toContain('sealed with another server.key');
});
