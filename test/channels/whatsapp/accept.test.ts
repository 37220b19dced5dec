/** Which messages are answered, on messages as Baileys gives them. */
import type { proto, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import { describe, expect, test } from 'vitest';
import { AGE_LIMIT, accept } from '../../../src/channels/whatsapp/accept.ts';

const NOW = 1_800_000_000_000;
const ME = { lid: '999@lid', phone: '6280000000000@s.whatsapp.net' };
const ANI = '111@lid';
const GROUP = '120363000000000000@g.us';

const message = (content: proto.IMessage | undefined, key: Partial<WAMessageKey> = {}, more: object = {}): WAMessage =>
  ({
    key: { remoteJid: ANI, id: 'A1', fromMe: false, participant: '', ...key },
    messageTimestamp: NOW / 1000,
    ...(content ? { message: content } : {}),
    ...more,
  }) as WAMessage;

const hear = (content: proto.IMessage | undefined, key: Partial<WAMessageKey> = {}, more: object = {}) => {
  const accepted = accept(message(content, key, more), ME, NOW);
  return accepted.kind === 'accepted' ? accepted.inbound : accepted.why;
};
const what = (content: proto.IMessage) => {
  const heard = hear(content);
  return typeof heard === 'string' ? heard : heard.message;
};
const text = (words: string) => ({ kind: 'text', text: words });
const TEXT = { conversation: 'boleh like?' };

describe('ignored', () => {
  test.each([
    ['own', { fromMe: true }, {}],
    ['broadcast', { remoteJid: 'status@broadcast', participant: ANI }, {}],
    ['broadcast', { remoteJid: '12345@broadcast', participant: ANI }, {}],
    ['channel', { remoteJid: '1@newsletter' }, {}],
    ['other-place', { remoteJid: '0@s.whatsapp.net' }, {}],
    ['other-place', { remoteJid: '867051314767696@bot' }, {}],
    ['stub', {}, { messageStubType: 2 }],
    ['old', {}, { messageTimestamp: (NOW - AGE_LIMIT) / 1000 - 1 }],
    ['old', {}, { messageTimestamp: undefined }],
    ['malformed', { id: undefined }, {}],
    ['malformed', { remoteJid: 'nonsense' }, {}],
    ['malformed', { remoteJid: GROUP, participant: '' }, {}],
    ['not-addressed', { remoteJid: GROUP, participant: ANI }, {}],
  ])('%s', (why, key, more) => expect(hear(TEXT, key as Partial<WAMessageKey>, more)).toBe(why));

  test.each([
    ['a reaction', { reactionMessage: { text: '👍', key: {} } }],
    ['a deletion', { protocolMessage: { type: 0, key: { id: 'x' } } }],
    ['a change of the disappearing time', { protocolMessage: { type: 3, ephemeralExpiration: 5 } }],
    ['a vote', { pollUpdateMessage: {} }],
    ['a key for the group', { senderKeyDistributionMessage: { groupId: GROUP } }],
    ['an album before its pictures', { albumMessage: { expectedImageCount: 2 } }],
    ['a pin', { pinInChatMessage: {} }],
    ['nothing', {}],
  ])('%s is no message', (_, content) => expect(hear(content)).toBe('service'));

  test('a message without content', () => expect(hear(undefined)).toBe('service'));
});

describe('unwrapped', () => {
  const inner = { message: { extendedTextMessage: { text: 'halo' } } };
  const edited = { protocolMessage: { type: 14, key: { id: 'A0' }, editedMessage: { conversation: 'halo' } } };
  test.each<[string, proto.IMessage, object]>([
    ['plain', { conversation: 'halo' }, text('halo')],
    ['extended', { extendedTextMessage: { text: 'halo' } }, text('halo')],
    ['disappearing', { ephemeralMessage: inner }, text('halo')],
    ['view-once', { viewOnceMessageV2: inner }, text('halo')],
    ['disappearing view-once', { ephemeralMessage: { message: { viewOnceMessage: inner } } }, text('halo')],
    [
      'view-once picture',
      { viewOnceMessage: { message: { imageMessage: {} } } },
      { kind: 'unsupported', what: 'photo' },
    ],
    ['edited', edited, { kind: 'edited', text: 'halo' }],
    ['edited, wrapped', { editedMessage: { message: edited } }, { kind: 'edited', text: 'halo' }],
    [
      'edited, disappearing',
      { ephemeralMessage: { message: { editedMessage: { message: edited } } } },
      { kind: 'edited', text: 'halo' },
    ],
    ['caption', { imageMessage: { caption: 'halo' } }, { kind: 'unsupported', what: 'photo', caption: 'halo' }],
    ['blank caption', { imageMessage: { caption: ' ' } }, { kind: 'unsupported', what: 'photo' }],
    [
      'document with caption',
      { documentWithCaptionMessage: { message: { documentMessage: { caption: 'halo' } } } },
      { kind: 'unsupported', what: 'document', caption: 'halo' },
    ],
    [
      'edited caption',
      { protocolMessage: { type: 14, key: { id: 'A0' }, editedMessage: { imageMessage: { caption: 'halo' } } } },
      { kind: 'edited', text: 'halo' },
    ],
    ['button of another bot', { buttonsResponseMessage: { selectedDisplayText: 'halo' } }, text('halo')],
    ['row of another bot', { listResponseMessage: { title: 'halo' } }, text('halo')],
    ['voice', { audioMessage: { ptt: true } }, { kind: 'unsupported', what: 'voice' }],
    ['sticker', { stickerMessage: {} }, { kind: 'unsupported', what: 'sticker' }],
    [
      'moving sticker',
      { lottieStickerMessage: { message: { stickerMessage: {} } } },
      { kind: 'unsupported', what: 'sticker' },
    ],
    ['document', { documentMessage: {} }, { kind: 'unsupported', what: 'document' }],
    ['location', { liveLocationMessage: {} }, { kind: 'unsupported', what: 'location' }],
    ['contact', { contactsArrayMessage: {} }, { kind: 'unsupported', what: 'contact' }],
    ['poll', { pollCreationMessageV3: {} }, { kind: 'unsupported', what: 'poll' }],
    ['invitation', { groupInviteMessage: {} }, { kind: 'unsupported', what: 'other' }],
  ])('%s', (_, content, expected) => expect(what(content)).toEqual(expected));

  test('wrapped a thousand times, it ends', () => {
    let content: proto.IMessage = { conversation: 'halo' };
    for (let i = 0; i < 1_000; i++) content = { viewOnceMessage: { message: content } };
    expect(hear(content)).toBe('service');
  });

  test('a view-once message that only the phone may see is answered too', () => {
    expect(hear(undefined, { isViewOnce: true })).toMatchObject({ message: { kind: 'unsupported' } });
  });

  test('far too long a text is cut before it is stored', () => {
    expect(JSON.stringify(hear({ conversation: 'x'.repeat(60_000) })).length).toBeLessThan(6_000);
  });
});

describe('files', () => {
  const key = (fill: number) => Buffer.alloc(32, fill);
  const picture = {
    imageMessage: {
      url: 'https://mmg.whatsapp.net/x',
      directPath: '/x',
      mediaKey: key(1),
      fileSha256: key(2),
      fileEncSha256: key(3),
      fileLength: 77,
      jpegThumbnail: Buffer.from('gambar kecil'),
      contextInfo: { mentionedJid: ['999@lid'] },
    },
  };
  const fileOf = (content: proto.IMessage, from?: Partial<WAMessageKey>) => {
    const heard = hear(content, from);
    return typeof heard === 'string' ? heard : heard.file;
  };

  test('what is needed to fetch one is kept, as plain JSON, without the preview', () => {
    const heard = hear(picture);
    expect(JSON.parse(JSON.stringify(heard))).toMatchObject({
      file: {
        kind: 'image',
        directPath: '/x',
        mediaKey: key(1).toString('base64'),
        fileSha256: key(2).toString('base64'),
        fileEncSha256: key(3).toString('base64'),
        fileLength: 77,
      },
    });
    expect(JSON.stringify(heard)).not.toContain(Buffer.from('gambar kecil').toString('base64').slice(0, 8));
  });

  test('also of a view-once picture, and of a named document', () => {
    expect(fileOf({ viewOnceMessageV2: { message: picture } })).toMatchObject({ kind: 'image' });
    const documentMessage = { ...picture.imageMessage, fileName: 'surat.pdf' };
    expect(fileOf({ documentWithCaptionMessage: { message: { documentMessage } } })).toMatchObject({
      kind: 'document',
      name: 'surat.pdf',
    });
  });

  test('not where something is missing, of stickers, in groups, and of edited captions', () => {
    expect(fileOf({ imageMessage: { ...picture.imageMessage, mediaKey: null } })).toBeUndefined();
    expect(fileOf({ stickerMessage: picture.imageMessage })).toBeUndefined();
    expect(fileOf(picture, { remoteJid: GROUP, participant: ANI })).toBeUndefined();
    const editedMessage = { imageMessage: { ...picture.imageMessage, caption: 'halo' } };
    expect(fileOf({ protocolMessage: { type: 14, key: { id: 'A0' }, editedMessage } })).toBeUndefined();
  });
});

describe('who and where', () => {
  test('by LID, with the number beside it', () => {
    expect(hear(TEXT, { remoteJid: '111:4@lid', remoteJidAlt: '62811:4@s.whatsapp.net' })).toMatchObject({
      chat: ANI,
      author: ANI,
      lid: ANI,
      phone: '62811@s.whatsapp.net',
      group: false,
      quote: undefined,
    });
  });
  test('by number, with the LID beside it, or without', () => {
    const phone = '62811@s.whatsapp.net';
    expect(hear(TEXT, { remoteJid: phone, remoteJidAlt: ANI })).toMatchObject({ chat: phone, lid: ANI, phone });
    expect(hear(TEXT, { remoteJid: phone })).toMatchObject({ chat: phone, lid: undefined, phone });
  });
  test('the chat that forgets', () => {
    const content = { extendedTextMessage: { text: 'halo', contextInfo: { expiration: 86_400 } } };
    expect(hear(content)).toMatchObject({ expiration: 86_400 });
  });
});

describe('in groups', () => {
  const key = { remoteJid: GROUP, participant: '111:2@lid', participantAlt: '62811@s.whatsapp.net' };
  const said = (words: string, contextInfo: proto.IContextInfo) =>
    hear({ extendedTextMessage: { text: words, contextInfo } }, key);

  test.each([
    ['@999 boleh like?', { mentionedJid: ['999@lid'] }, 'boleh like?'],
    ['boleh @6280000000000 like?', { mentionedJid: ['6280000000000:1@s.whatsapp.net'] }, 'boleh like?'],
    ['@999', { mentionedJid: ['999@lid'] }, '/bantuan'],
    ['dan share?', { stanzaId: 'B', participant: '999@lid', quotedMessage: {} }, 'dan share?'],
    ['2', { stanzaId: 'B', participant: '6280000000000@s.whatsapp.net' }, '2'],
  ])('heard: %s', (words, context, heard) => {
    expect(said(words, context)).toMatchObject({
      message: text(heard),
      chat: GROUP,
      author: ANI,
      lid: ANI,
      phone: '62811@s.whatsapp.net',
      group: true,
      quote: words,
    });
  });

  test.each([
    ['@999 without a real mention', {}],
    ['@111 apa?', { mentionedJid: ['111@lid'] }],
    ['@9991 apa?', { mentionedJid: ['9991@lid'] }],
    ['jawab orang lain', { stanzaId: 'B', participant: '222@lid' }],
    ['/topik', {}],
  ])('not heard: %s', (words, context) => expect(said(words, context)).toBe('not-addressed'));

  test('a picture in answer to us is answered, another one is not', () => {
    const contextInfo = { stanzaId: 'B', participant: '999@lid' };
    expect(hear({ imageMessage: { contextInfo } }, key)).toMatchObject({ message: { kind: 'unsupported' } });
    expect(hear({ imageMessage: {} }, key)).toBe('not-addressed');
  });
});
