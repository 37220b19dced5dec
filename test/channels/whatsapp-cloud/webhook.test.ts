/** Meta's side: verification, signatures, and 200 before the work. */
import { expect, test } from 'vitest';
import { FakeGraphApi } from '../../support/graph-api.ts';
import { QUESTION, startBot } from '../../support/graph-api-services.ts';

const PERSON = '6281200000001';

async function verify(url: string, query: Readonly<Record<string, string>>) {
  const response = await fetch(`${url}/whatsapp/webhook?${new URLSearchParams(query)}`);
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

test('the verification echoes the challenge as text, to who knows the token', async () => {
  const { url, graph, logged } = await startBot();
  const good = { 'hub.mode': 'subscribe', 'hub.verify_token': graph.verifyToken, 'hub.challenge': '1158201444' };
  expect(await verify(url, good)).toEqual({ status: 200, type: 'text/plain; charset=utf-8', body: '1158201444' });
  for (const wrong of [
    { ...good, 'hub.verify_token': `${graph.verifyToken}x` },
    { ...good, 'hub.verify_token': '' },
    { ...good, 'hub.mode': 'unsubscribe' },
    {},
  ])
    expect((await verify(url, wrong)).status).toBe(403);
  expect((await verify(url, { ...good, 'hub.challenge': '<script>' })).status).toBe(400);
  expect(logged.join('')).not.toContain(graph.verifyToken);
});

test.each([
  ['missing', null],
  ['empty', ''],
  ['of another secret', undefined],
  ['of another algorithm', 'sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['too short', 'sha256=00'],
])('a signature that is %s is refused, whatever the body', async (_, signature) => {
  const { graph, rows } = await startBot();
  for (const body of [JSON.stringify(graph.webhook.notification({})), '{"not json', '']) {
    const given = signature === undefined ? graph.webhook.sign(body, 'f'.repeat(32)) : signature;
    expect(await graph.webhook.post(body, { signature: given })).toBe(401);
  }
  expect(await graph.sendText(PERSON, QUESTION, { signature: `sha256=${'0'.repeat(64)}` })).toBe(401);
  expect(await rows()).toBe(0);
  expect(graph.sent(PERSON)).toEqual([]);
});

test('the signature is over the bytes as they came: spaces, escapes, and any content type', async () => {
  const { graph } = await startBot();
  const message = graph.message(PERSON, { type: 'text', text: { body: QUESTION } });
  const body = JSON.stringify(graph.webhook.notification({ messages: [message] }), null, 3).replaceAll('/', '\\u002f');
  expect(await graph.webhook.post(body, { contentType: 'application/json; charset=utf-8' })).toBe(200);
  expect((await graph.messages(PERSON, 1))[0]?.text).toContain('TIDAK BOLEH');
  const changed = body.replace('medsos', 'MEDSOS');
  expect(await graph.webhook.post(changed, { signature: graph.webhook.sign(body) })).toBe(401);
  const typed = JSON.stringify(graph.webhook.notification({}));
  expect(await graph.webhook.post(typed, { contentType: 'text/plain' })).toBe(200);
});

test.each([['{"entry":'], [''], ['null'], ['[]'], ['7'], ['\u0000']])('%j is 400', async (body) => {
  const { graph } = await startBot();
  expect(await graph.webhook.post(body)).toBe(400);
});

test('what is signed but makes no sense is taken, so that Meta does not come again for days', async () => {
  const { graph, metrics } = await startBot();
  for (const body of ['{}', '{"entry":7}', '{"entry":[{"changes":[{"field":"messages"}]}]}'])
    expect(await graph.webhook.post(body)).toBe(200);
  expect(metrics.render()).toContain('whatsapp_cloud_ignored_total{why="malformed"}');
});

test('other routes still read JSON', async () => {
  const { url } = await startBot();
  const answer = await fetch(`${url}/api/chat`, {
    method: 'POST',
    body: JSON.stringify({ text: '/bantuan' }),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
});

test('200 comes before the answer', async () => {
  const { graph, settled } = await startBot();
  graph.fail({ kind: 'delay', ms: 300 });
  const begun = Date.now();
  expect(await graph.sendText(PERSON, QUESTION)).toBe(200);
  expect(Date.now() - begun).toBeLessThan(250);
  await settled();
  expect(graph.sent(PERSON)).toHaveLength(1);
});

test('duplicates are answered once: at the same time, in one batch, later, and after a restart', async () => {
  const graph = await FakeGraphApi.start();
  const first = await startBot({ graph });
  const message = graph.message(PERSON, { type: 'text', text: { body: QUESTION } }, { id: 'wamid.same' });
  await Promise.all([graph.sendBatch([message, message]), graph.sendBatch([message]), graph.sendBatch([message])]);
  await first.settled();
  expect(await graph.sendBatch([message])).toBe(200);
  await first.settled();
  expect(graph.sent(PERSON)).toHaveLength(1);
  await first.channel.stop();
  const second = await startBot({ graph, folder: first.folder });
  expect(await graph.sendBatch([message])).toBe(200);
  await second.settled();
  expect(graph.sent(PERSON)).toHaveLength(1);
  await second.stop();
  await graph.stop();
});

test('a batch is answered in the order in which it was written', async () => {
  const { graph } = await startBot();
  const now = Date.now();
  const said = (text: string, ago: number) =>
    graph.message(PERSON, { type: 'text', text: { body: text } }, { at: now - ago });
  await graph.sendBatch([said('/saya', 1_000), said('/saya cpns', 3_000), said('/saya pppk', 2_000)]);
  const answers = (await graph.messages(PERSON, 3)).map(({ text }) => text);
  expect(answers[0]).toContain('Tersimpan: CPNS');
  expect(answers[1]).toContain('Tersimpan: PPPK');
  expect(answers[2]).toContain('PPPK');
});

test('one slow chat does not hold the others up', async () => {
  const { graph, settled } = await startBot();
  graph.fail({ kind: 'delay', ms: 400 }, 1, ({ to, type }) => to === PERSON && type !== undefined);
  await graph.sendText(PERSON, QUESTION);
  await graph.sendText('6281200000002', QUESTION);
  await graph.messages('6281200000002', 1, 300);
  await settled();
});

test('other numbers of the same app are left alone', async () => {
  const { graph, rows } = await startBot();
  expect(await graph.sendText(PERSON, QUESTION, { phoneId: '999999999999' })).toBe(200);
  expect(await rows()).toBe(0);
});

test('what comes before the start is kept and answered then; while stopping Meta is asked to come again', async () => {
  const bot = await startBot({ start: false });
  expect(await bot.graph.sendText(PERSON, QUESTION)).toBe(200);
  expect(await bot.rows()).toBe(1);
  expect(bot.graph.calls).toEqual([]);
  await bot.channel.start();
  await bot.graph.messages(PERSON, 1);
  await bot.settled();
  await bot.channel.stop();
  expect(await bot.graph.sendText(PERSON, QUESTION, { again: false })).toBe(503);
});

test('what cannot be kept is not taken', async () => {
  const { graph, database, logged } = await startBot();
  await database.schema.dropTable('whatsapp_cloud_inbox').execute();
  expect(await graph.sendText(PERSON, QUESTION, { again: false })).toBe(503);
  expect(logged.join('')).toContain('could not be kept');
});

test('one person cannot fill the disk', async () => {
  const { graph, rows, metrics } = await startBot({ start: false });
  const flood = Array.from({ length: 130 }, (_, i) => graph.message(PERSON, { type: 'text', text: { body: `${i}` } }));
  for (let times = 0; times < 3; times++)
    await graph.sendBatch(flood.map((message) => ({ ...message, id: `${message.id}.${times}` })));
  await graph.sendText('6281200000002', QUESTION);
  expect(await rows()).toBeLessThanOrEqual(381);
  expect(metrics.render()).toContain('whatsapp_cloud_ignored_total{why="flood"}');
});
