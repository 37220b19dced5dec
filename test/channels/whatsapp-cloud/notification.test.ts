/** What is made of what Meta posts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNotification } from '../../../src/channels/whatsapp-cloud/notification.ts';

const PHONE = '106540352242922';
const NOW = Date.UTC(2026, 10, 21);
const seconds = (ms: number) => String(Math.floor(ms / 1000));
const value = (content: object, phone = PHONE) => ({
  entry: [
    {
      changes: [
        {
          field: 'messages',
          value: { messaging_product: 'whatsapp', metadata: { phone_number_id: phone }, ...content },
        },
      ],
    },
  ],
});
const one = (content: object) =>
  readNotification(
    value({ messages: [{ from: '6281200000001', id: 'wamid.1', timestamp: seconds(NOW), ...content }] }),
    PHONE,
    NOW,
  )[0];
const message = (content: object) => {
  const event = one(content);
  return event?.kind === 'message' ? event.inbound.message : event;
};

test.each([
  ['a text', { type: 'text', text: { body: 'boleh?' } }, 'boleh?'],
  ['an empty text', { type: 'text', text: { body: '' } }, ''],
  [
    'a pressed button',
    { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: '/topik', title: 'Daftar' } } },
    '/topik',
  ],
  [
    'a chosen row',
    {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: '/aturan a', title: 'A', description: 'Aa' } },
    },
    '/aturan a',
  ],
  ['a button of a template', { type: 'button', button: { payload: 'P', text: 'Tanya' } }, 'Tanya'],
])('%s is a text', (_, content, text) => {
  expect(message(content)).toEqual({ kind: 'text', text });
});

test.each([
  ['an image', { type: 'image', image: { id: '1', caption: 'boleh?' } }, 'photo', { id: '1' }],
  ['a video', { type: 'video', video: { id: '12_a-B', caption: 'boleh?' } }, 'video', { id: '12_a-B' }],
  [
    'a document',
    { type: 'document', document: { id: '1', caption: 'boleh?', filename: 'surat.pdf' } },
    'document',
    { id: '1', name: 'surat.pdf' },
  ],
  ['what has no file', { type: 'image', image: { caption: 'boleh?' } }, 'photo', undefined],
  ['a forged id', { type: 'image', image: { id: '../me', caption: 'boleh?' } }, 'photo', undefined],
])('a caption comes with %s, and its file', (_, content, what, file) => {
  const event = one(content);
  if (event?.kind !== 'message') throw new Error('no message');
  expect(event.inbound.message).toEqual({ kind: 'unsupported', what, caption: 'boleh?' });
  expect(event.inbound.file).toEqual(file);
});

test('a voice is a file, a sticker is none', () => {
  expect(one({ type: 'audio', audio: { id: '7', voice: true } })).toMatchObject({ inbound: { file: { id: '7' } } });
  expect(one({ type: 'sticker', sticker: { id: '7' } })).toMatchObject({ inbound: { file: undefined } });
});

test.each([
  ['image', 'photo'],
  ['video', 'video'],
  ['audio', 'voice'],
  ['voice', 'voice'],
  ['sticker', 'sticker'],
  ['document', 'document'],
  ['location', 'location'],
  ['contacts', 'contact'],
  ['order', 'other'],
  ['unsupported', 'other'],
  ['interactive', 'other'],
  ['hologram', 'other'],
  ['constructor', 'other'],
  ['__proto__', 'other'],
])('%s is unsupported: %s', (type, what) => {
  expect(message({ type, [type]: {} })).toEqual({ kind: 'unsupported', what });
});

test('a caption of spaces is none, a reaction is unsupported, a reaction taken back is nothing', () => {
  expect(message({ type: 'image', image: { caption: ' ' } })).toEqual({ kind: 'unsupported', what: 'photo' });
  expect(message({ type: 'reaction', reaction: { message_id: 'x', emoji: '👍' } })).toEqual({
    kind: 'unsupported',
    what: 'other',
  });
  expect(message({ type: 'reaction', reaction: { message_id: 'x' } })).toEqual({ kind: 'ignored', why: 'service' });
});

test.each([
  ['a changed number', { type: 'system', system: { type: 'user_changed_number' } }, 'service'],
  ['a chat that was opened', { type: 'request_welcome' }, 'service'],
  ['a group', { type: 'text', text: { body: 'x' }, group_id: 'g' }, 'group'],
  ['what is older than a day', { type: 'text', text: { body: 'x' }, timestamp: seconds(NOW - 86_401_000) }, 'late'],
  ['no author', { type: 'text', text: { body: 'x' }, from: undefined }, 'malformed'],
  ['no text', { type: 'text' }, 'malformed'],
  ['no time', { type: 'text', text: { body: 'x' }, timestamp: 'kemarin' }, 'malformed'],
])('%s is ignored', (_, content, why) => {
  expect(one(content)).toEqual({ kind: 'ignored', why });
});

test('a person is known by the number, and by the user id where that is hidden', () => {
  const text = { type: 'text', text: { body: 'x' } };
  expect(one({ ...text, from_user_id: 'ID.abc1' })).toMatchObject({ inbound: { person: '6281200000001' } });
  expect(one({ ...text, from: undefined, from_user_id: 'ID.abc1' })).toMatchObject({ inbound: { person: 'ID.abc1' } });
});

test('a clock that is ahead is not believed', () => {
  expect(one({ type: 'text', text: { body: 'x' }, timestamp: seconds(NOW + 9e9) })).toMatchObject({
    inbound: { at: NOW },
  });
});

test('messages of a batch come in the order in which they were written', () => {
  const messages = [30, 10, 20, 10].map((ago, i) => ({
    from: '6281200000001',
    id: `wamid.${i}`,
    timestamp: seconds(NOW - ago * 1000),
    type: 'text',
    text: { body: 'x' },
  }));
  const ids = readNotification(value({ messages }), PHONE, NOW).map((event) =>
    event.kind === 'message' ? event.inbound.id : event.kind,
  );
  expect(ids).toEqual(['wamid.0', 'wamid.2', 'wamid.1', 'wamid.3']);
});

test('one bad message does not take the good ones with it', () => {
  const good = { from: '6281200000001', id: 'wamid.1', timestamp: seconds(NOW), type: 'text', text: { body: 'x' } };
  expect(readNotification(value({ messages: [null, good, { id: 7 }] }), PHONE, NOW).map(({ kind }) => kind)).toEqual([
    'ignored',
    'ignored',
    'message',
  ]);
});

test('other numbers of the app, and other fields, are ignored', () => {
  expect(readNotification(value({ messages: [{}] }, '999999999'), PHONE, NOW)).toEqual([
    { kind: 'ignored', why: 'other-number' },
  ]);
  const template = {
    entry: [{ changes: [{ field: 'message_template_status_update', value: { event: 'APPROVED' } }] }],
  };
  expect(readNotification(template, PHONE, NOW)).toEqual([{ kind: 'ignored', why: 'other-field' }]);
});

test('statuses bring their token, failed ones their codes', () => {
  const statuses = [
    { id: 'a', status: 'delivered', biz_opaque_callback_data: 'x.0' },
    { id: 'b', status: 'failed', errors: [{ code: 131047, title: 'Re-engagement' }, { code: 131026 }] },
  ];
  expect(readNotification(value({ statuses }), PHONE, NOW)).toEqual([
    { kind: 'status', token: 'x.0', codes: [] },
    { kind: 'status', token: undefined, codes: [131047, 131026] },
  ]);
});

test('nothing that JSON can say makes it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      for (const raw of [
        json,
        { entry: json },
        { entry: [{ changes: [json] }] },
        value({ messages: [json], statuses: json }),
      ])
        expect(readNotification(raw, PHONE, NOW)).toBeInstanceOf(Array);
    }),
  );
});
