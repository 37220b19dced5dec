/** The fake itself: it refuses what the real one refuses. */
import { expect, onTestFinished, test } from 'vitest';
import { FakeGraphApi } from '../../support/graph-api.ts';

const PERSON = '6281200000001';

async function server() {
  const graph = await FakeGraphApi.start({ reports: false });
  onTestFinished(() => graph.stop());
  graph.message(PERSON, {});
  const send = async (content: object, token = graph.token) => {
    const response = await fetch(`${graph.url}/${graph.phoneId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messaging_product: 'whatsapp', recipient_type: 'individual', to: PERSON, ...content }),
    });
    return { status: response.status, answer: (await response.json()) as { error?: { code: number } } };
  };
  return { graph, send };
}

const text = (body: string) => ({ type: 'text', text: { body, preview_url: false } });
const buttons = (...titles: string[]) => ({
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'x' },
    action: { buttons: titles.map((title, i) => ({ type: 'reply', reply: { id: `/${i}`, title } })) },
  },
});
const list = (rows: readonly object[], body = 'x') => ({
  type: 'interactive',
  interactive: { type: 'list', body: { text: body }, action: { button: 'Pilih', sections: [{ rows }] } },
});
const row = (n: number, more: object = {}) => ({ id: `/${n}`, title: `Baris ${n}`, ...more });

test.each([
  ['a text of 4,096', text('x'.repeat(4096))],
  ['three buttons of 20', buttons('a'.repeat(20), 'b'.repeat(20), 'c')],
  [
    'ten rows',
    list(
      Array.from({ length: 10 }, (_, i) => row(i)),
      'x'.repeat(4096),
    ),
  ],
])('%s is taken', async (_, content) => {
  const { graph, send } = await server();
  expect((await send(content)).status).toBe(200);
  expect(graph.sent(PERSON)).toHaveLength(1);
});

test.each([
  ['a text of 4,097', text('x'.repeat(4097)), 131009],
  ['an empty text', text(' '), 131008],
  ['four buttons', buttons('a', 'b', 'c', 'd'), 131009],
  ['a button of 21', buttons('a'.repeat(21)), 131009],
  ['two buttons with the same title', buttons('a', 'a'), 131009],
  ['eleven rows', list(Array.from({ length: 11 }, (_, i) => row(i))), 131009],
  ['a row of 25', list([row(1, { title: 'x'.repeat(25) })]), 131009],
  ['a description of 73', list([row(1, { description: 'x'.repeat(73) })]), 131009],
  ['an id of 201', list([row(1, { id: 'x'.repeat(201) })]), 131009],
  ['two rows with the same id', list([row(1), row(2, { id: '/1' })]), 131009],
  [
    'a body of 1,025 above buttons',
    { ...buttons('a'), interactive: { ...buttons('a').interactive, body: { text: 'x'.repeat(1025) } } },
    131009,
  ],
  ['nobody', { ...text('x'), to: undefined }, 131008],
  ['somebody who has never written', { ...text('x'), to: '6289999999999' }, 131047],
])('%s is refused', async (_, content, code) => {
  const { send } = await server();
  expect(await send(content)).toMatchObject({ status: 400, answer: { error: { code } } });
});

test('without the right token nothing is taken; a user id among the numbers is lost', async () => {
  const { graph, send } = await server();
  expect(await send(text('x'), 'wrong')).toMatchObject({ status: 401, answer: { error: { code: 190 } } });
  expect((await send({ ...text('x'), to: 'ID.abc' })).status).toBe(200);
  expect(graph.people).toEqual([]);
});
