/** When Meta says no, or nothing. */
import { describe, expect, test } from 'vitest';
import { classify, GraphError } from '../../../src/channels/whatsapp-cloud/failure.ts';
import { FakeGraphApi } from '../../support/graph-api.ts';
import { QUESTION, startBot } from '../../support/graph-api-services.ts';

const PERSON = '6281200000001';
const OTHER = '6281200000002';
/** Settings have one message as their answer. */
const SHORT = '/saya';

describe('what passes is tried again', () => {
  test.each([
    ['429', { kind: 'error', status: 429, code: 130429 }],
    ['the app is over its limit', { kind: 'error', status: 400, code: 4 }],
    ['the account is over its limit', { kind: 'error', status: 400, code: 80007 }],
    ['suspected spam', { kind: 'error', status: 400, code: 131048 }],
    ['too many to this person', { kind: 'error', status: 400, code: 131056 }],
    ['a hiccup of Graph', { kind: 'error', status: 500, code: 131000 }],
    ['503', { kind: 'error', status: 503, code: 2 }],
    ['a broken connection', { kind: 'reset' }],
    ['a gateway', { kind: 'garbage', status: 502, body: '<h1>Bad gateway</h1>' }],
    ['a page instead of an answer', { kind: 'garbage', status: 200, body: '<h1>Login</h1>' }],
  ] as const)('%s', async (_, fault) => {
    const { graph, settled } = await startBot();
    graph.fail(fault, 2);
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
  });

  test('a call that hangs is given up and tried again', async () => {
    const { graph, settled } = await startBot({ timing: { callTimeout: 100, doubt: 50 } });
    graph.fail({ kind: 'silence' });
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
  });

  test.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ])('Retry-After is kept to, for every chat: %s', async (_, retryAfter) => {
    const { graph, settled } = await startBot();
    graph.fail({ kind: 'error', status: 429, code: 130429, retryAfter: retryAfter() });
    await graph.sendText(PERSON, SHORT);
    await graph.until(() => (graph.calls.length > 0 ? true : undefined), 'the first try');
    await graph.sendText(OTHER, SHORT);
    await settled();
    const [refused, ...later] = graph.calls;
    expect(later).toHaveLength(2);
    for (const { at } of later) expect(at - (refused?.at ?? 0)).toBeGreaterThanOrEqual(900);
  });

  test('too many to one person holds up nobody else', async () => {
    const { graph, settled } = await startBot({ timing: { firstPersonPause: 600, longestPause: 600 } });
    graph.fail({ kind: 'error', status: 400, code: 131056 }, 1, ({ to, type }) => to === PERSON && type !== undefined);
    await graph.sendText(PERSON, SHORT);
    await graph.until(() => (graph.calls.length > 0 ? true : undefined), 'the first try');
    await graph.sendText(OTHER, SHORT);
    await graph.messages(OTHER, 1, 250);
    expect(graph.sent(PERSON)).toHaveLength(0);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
  });

  test('after a few tries the message is kept, and answered by the next start, once', async () => {
    const graph = await FakeGraphApi.start();
    const first = await startBot({ graph });
    graph.fail({ kind: 'error', status: 500, code: 131016 }, 1_000);
    await graph.sendText(PERSON, SHORT);
    await graph.until(() => (graph.calls.length === 4 ? true : undefined), 'four tries');
    await first.stop();
    expect(graph.sent(PERSON)).toEqual([]);
    graph.faults.clear();
    const second = await startBot({ graph, folder: first.folder });
    await second.settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
    await second.stop();
    await graph.stop();
  });

  test('what was kept is tried again while the bot runs, too', async () => {
    const { graph, settled } = await startBot({ timing: { sweep: 50 } });
    graph.fail({ kind: 'error', status: 500, code: 131016 }, 6);
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
  });

  test('a pause longer than anybody waits is not waited for: the message is kept at once', async () => {
    const { graph, rows, channel } = await startBot();
    graph.fail({ kind: 'error', status: 429, code: 130429, retryAfter: '3600' });
    await graph.sendText(PERSON, SHORT);
    await graph.sendText(OTHER, SHORT);
    await graph.until(() => (graph.calls.length > 0 ? true : undefined), 'the first try');
    await channel.stop();
    expect(graph.calls).toHaveLength(1);
    expect(await rows()).toBe(2);
  });
});

describe('a message that may have been taken', () => {
  test("is not sent again where WhatsApp's report says that it was", async () => {
    const { graph, settled } = await startBot({ timing: { doubt: 3_000 } });
    graph.fail({ kind: 'lost-answer' });
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
    expect(graph.calls).toHaveLength(0);
  });

  test('is sent again where no report comes: twice is better than never', async () => {
    const graph = await FakeGraphApi.start({ reports: false });
    const { settled, stop } = await startBot({ graph, timing: { doubt: 30 } });
    graph.fail({ kind: 'lost-answer' });
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(2);
    await stop();
    await graph.stop();
  });

  test.each([
    ['before the start', 0],
    ['after the start', 100],
    ['never', undefined],
  ])('was on its way in a crash, and its report comes %s', async (_, after) => {
    const { graph, channel, database, settled } = await startBot({ start: false });
    await graph.sendText(PERSON, SHORT);
    const { id } = await database.selectFrom('whatsapp_cloud_inbox').select('id').executeTakeFirstOrThrow();
    await database.updateTable('whatsapp_cloud_inbox').set({ begun: 1 }).execute();
    const report = () =>
      graph.report({ id: 'wamid.x', person: PERSON, payload: { biz_opaque_callback_data: `${id}.0` } });
    if (after === 0) await report();
    await channel.start();
    if (after !== undefined && after > 0) setTimeout(() => void report(), after);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(after === undefined ? 1 : 0);
  });

  test('parts that are out are not sent again where a later one fails', async () => {
    const { graph, settled } = await startBot({ timing: { sweep: 50 } });
    // the second part of this answer is the one with the choices
    graph.fail({ kind: 'error', status: 500, code: 131016 }, 5, ({ type }) => type === 'interactive');
    await graph.sendText(PERSON, '/rinci medsos-like');
    await settled();
    const texts = graph.sent(PERSON).map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('what does not pass is not tried again', () => {
  test.each([131047, 131026, 131050])('nobody to answer: %i', async (code) => {
    const { graph, settled, metrics, logged } = await startBot();
    graph.fail({ kind: 'error', status: 400, code });
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.calls).toHaveLength(1);
    expect(metrics.render()).toContain(`whatsapp_cloud_unsent_total{code="${code}"} 1`);
    expect(logged.join('')).not.toContain(PERSON);
    await graph.sendText(PERSON, SHORT);
    await settled();
    expect(graph.sent(PERSON)).toHaveLength(1);
  });

  test('an answer that Meta refuses is apologised for, once', async () => {
    const { graph, settled } = await startBot();
    graph.fail({ kind: 'error', status: 400, code: 131009 }, 1);
    await graph.sendText(PERSON, QUESTION);
    await settled();
    expect(graph.sent(PERSON).map(({ text }) => text)).toEqual([expect.stringContaining('tidak terjawab')]);
  });

  test('reports of failure are counted by code', async () => {
    const { graph, settled, metrics } = await startBot();
    await graph.sendText(PERSON, SHORT);
    await settled();
    const [sent] = graph.sent(PERSON);
    if (sent) await graph.report(sent, 'failed', [131026, 987654]);
    expect(metrics.render()).toContain('whatsapp_cloud_undelivered_total{code="131026"} 1');
    expect(metrics.render()).toContain('whatsapp_cloud_undelivered_total{code="other"} 1');
  });
});

describe('the token', () => {
  test('that expires stops all sending, is told with the repair, and loses nothing', async () => {
    const graph = await FakeGraphApi.start();
    const first = await startBot({ graph, timing: { sweep: 30 } });
    graph.fail({ kind: 'error', status: 401, code: 190 }, 1);
    await graph.sendText(PERSON, SHORT);
    await graph.until(() => (graph.calls.length > 0 ? true : undefined), 'the first try');
    await graph.sendText(OTHER, SHORT);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(graph.calls).toHaveLength(1);
    expect(await first.rows()).toBe(2);
    const told = first.logged.filter((line) => line.includes('WHATSAPP_CLOUD_TOKEN'));
    expect(told).toHaveLength(1);
    expect(told[0]).not.toContain(graph.token);
    await first.stop();
    const second = await startBot({ graph, folder: first.folder });
    await second.settled();
    for (const person of [PERSON, OTHER]) expect(graph.sent(person)).toHaveLength(1);
    await second.stop();
    await graph.stop();
  });

  test('that was never right is told at the start, and messages are kept', async () => {
    const { graph, rows, logged } = await startBot({ token: 'EAAanotherToken0123456789' });
    expect(logged.join('')).toContain('WHATSAPP_CLOUD_TOKEN is refused');
    expect(await graph.sendText(PERSON, SHORT)).toBe(200);
    expect(await rows()).toBe(1);
    expect(graph.sent(PERSON)).toEqual([]);
  });

  test('an account that may not send keeps its messages', async () => {
    const { graph, rows, logged } = await startBot();
    graph.fail({ kind: 'error', status: 403, code: 10 });
    await graph.sendText(PERSON, SHORT);
    await graph.until(() => (graph.calls.length > 0 ? true : undefined), 'the first try');
    expect(await rows()).toBe(1);
    await expect.poll(() => logged.join('')).toContain('does not let this account send');
  });
});

test('what waited for longer than a day is dropped and counted, not sent', async () => {
  const graph = await FakeGraphApi.start();
  const first = await startBot({ graph, start: false });
  await graph.sendText(PERSON, SHORT, { at: Date.now() - 86_400_000 + 1_500 });
  await graph.sendText(OTHER, SHORT);
  expect(await first.rows()).toBe(2);
  await first.stop();
  await new Promise((resolve) => setTimeout(resolve, 1_600));
  const second = await startBot({ graph, folder: first.folder });
  await second.settled();
  expect(graph.sent(PERSON)).toEqual([]);
  expect(graph.sent(OTHER)).toHaveLength(1);
  expect(second.metrics.render()).toContain('whatsapp_cloud_messages_total{result="late"} 1');
  await second.stop();
  await graph.stop();
});

test('a Graph API that cannot be reached at the start is waited for', async () => {
  const graph = await FakeGraphApi.start();
  const port = Number(new URL(graph.url).port);
  const bot = await startBot({ graph, start: false, timing: { sweep: 50 } });
  await graph.sendText(PERSON, SHORT);
  await graph.stop();
  await bot.channel.start();
  expect(bot.logged.join('')).toContain('cannot be reached');
  const again = await FakeGraphApi.start({ port });
  again.connect(bot.url);
  again.message(PERSON, {});
  await again.messages(PERSON, 1);
  await bot.stop();
  await again.stop();
});

test.each([
  [400, 100, 'refused'],
  [400, undefined, 'refused'],
  [503, undefined, 'transient'],
  [502, undefined, 'in-doubt'],
  [401, 0, 'unauthorised'],
  [400, 200, 'blocked'],
])('status %s with code %s is %s', (status, code, kind) => {
  expect(classify(new GraphError(status, code, undefined)).kind).toBe(kind);
});
