/** What a person sees on WhatsApp. */
import { expect, test } from 'vitest';
import { QUESTION, startBot } from '../../support/graph-api-services.ts';

const PERSON = '6281200000001';

test('a question is answered with the card and its three buttons, without a link preview', async () => {
  const { graph, settled } = await startBot();
  await graph.sendText(PERSON, QUESTION);
  await settled();
  const sent = graph.sent(PERSON);
  const last = sent.at(-1);
  expect(sent.map(({ text }) => text).join('\n')).toContain('*TIDAK BOLEH*');
  expect(last?.kind).toBe('buttons');
  expect(last?.choices.map(({ title }) => title)).toEqual(['Sanksi & dasar', 'Kalau status lain', 'Bukan ini']);
  expect(last?.payload).toMatchObject({ to: PERSON, recipient_type: 'individual' });
});

test('a button and a row do what they say, old ones too', async () => {
  const { graph, settled } = await startBot();
  await graph.sendText(PERSON, QUESTION);
  await settled();
  await graph.press(PERSON, 'Kalau status lain');
  await settled();
  const list = graph.sent(PERSON).at(-1);
  expect(list?.kind).toBe('list');
  expect(list?.choices).toHaveLength(10);
  await graph.press(PERSON, 'PPPK paruh waktu');
  await settled();
  expect(graph.sent(PERSON).at(-1)?.text).toContain('👤');
  await graph.press(PERSON, '/rinci medsos-like');
  await settled();
  expect(graph.sent(PERSON).at(-1)?.text).toMatch(/Sanksi/);
});

test('twelve topics are numbered lines, and a typed number chooses', async () => {
  const { graph, settled } = await startBot();
  await graph.sendText(PERSON, '/topik');
  await settled();
  expect(graph.sent(PERSON).at(-1)).toMatchObject({ kind: 'text', choices: [] });
  expect(graph.sent(PERSON).at(-1)?.text).toMatch(/^12\. /m);
  await graph.sendText(PERSON, '2');
  await settled();
  const topic = graph.sent(PERSON).at(-1);
  expect(topic?.kind).toBe('list');
  expect(topic?.text).toContain('Foto & pose');
});

test('a picture is refused kindly, its caption is read', async () => {
  const { graph, settled } = await startBot();
  await graph.sendImage(PERSON);
  await settled();
  expect(graph.sent(PERSON).at(-1)?.text).toContain('hanya bisa membaca tulisan');
  await graph.sendImage(PERSON, QUESTION);
  await settled();
  expect(
    graph
      .sent(PERSON)
      .map(({ text }) => text)
      .join(''),
  ).toContain('TIDAK BOLEH');
});

test('a person who hides the number is answered under the user id', async () => {
  const { graph } = await startBot();
  await graph.sendText('ID.a1B2c3', QUESTION);
  const [sent] = await graph.messages('ID.a1B2c3', 1);
  expect(sent?.payload.recipient).toBe('ID.a1B2c3');
  expect(sent?.payload.to).toBeUndefined();
});

test('the message is marked as read; "typing" only where the answer takes long, and never after it', async () => {
  const { graph, settled } = await startBot({ timing: { typingAfter: 60 } });
  await graph.sendText(PERSON, QUESTION, { id: 'wamid.quick' });
  await settled();
  await graph.until(() => (graph.marks.length > 0 ? true : undefined), 'a mark');
  expect(graph.marks).toEqual([{ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.quick' }]);
  // over the burst each answer waits for its turn
  await Promise.all(Array.from({ length: 14 }, (_, i) => graph.sendText('62812999', '/saya', { id: `wamid.${i}` })));
  await settled();
  expect(graph.marks.some((mark) => mark.typing_indicator !== undefined)).toBe(true);
});

test('marks that fail or hang keep nothing back', async () => {
  const { graph } = await startBot();
  graph.fail({ kind: 'silence' }, 5, ({ status }) => status === 'read');
  await graph.sendText(PERSON, QUESTION);
  await graph.messages(PERSON, 1, 500);
});

test('a chat that writes too fast is told so once', async () => {
  const { graph, rows } = await startBot();
  const flood = Array.from({ length: 80 }, (_, i) =>
    graph.message(PERSON, { type: 'text', text: { body: '/saya' } }, { id: `wamid.flood${i}` }),
  );
  graph.fail({ kind: 'delay', ms: 100 }, 1);
  await graph.sendBatch(flood);
  await graph.messages(PERSON, 4);
  expect(graph.sent(PERSON).filter(({ text }) => text.includes('terlalu cepat'))).toHaveLength(1);
  // what is over the limit is not answered, and not kept either
  expect(await rows()).toBeLessThanOrEqual(60);
});
