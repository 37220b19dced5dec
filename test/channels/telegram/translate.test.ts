import type { Update } from 'telegraf/types';
import { describe, expect, test } from 'vitest';
import { translate } from '../../../src/channels/telegram/translate.ts';
import { message, type SendOptions, user } from '../../support/bot-api-updates.ts';

const BOT = { id: 99, username: 'TanyaNetralBot' };
const GROUP = -100;

const update = (content: Record<string, unknown>): Update => ({ update_id: 1, ...content }) as unknown as Update;
const sent = (chat: number, content: Record<string, unknown>, options: SendOptions = {}) =>
  translate(
    update({ [options.editOf === undefined ? 'message' : 'edited_message']: message(BOT, 5, chat, content, options) }),
    BOT,
  );
const heard = (chat: number, text: string, options: SendOptions = {}): string | undefined => {
  const translated = sent(chat, { text }, options);
  return translated.kind === 'said' && translated.message.kind === 'text' ? translated.message.text : undefined;
};

describe('what is sent', () => {
  test.each([
    ['photo', { photo: [{}] }],
    ['video', { video: {} }],
    ['video', { video_note: {} }],
    ['video', { animation: {}, document: {} }],
    ['voice', { voice: {} }],
    ['voice', { audio: {} }],
    ['sticker', { sticker: {} }],
    ['document', { document: {} }],
    ['location', { location: {} }],
    ['location', { venue: {}, location: {} }],
    ['contact', { contact: {} }],
    ['poll', { poll: {} }],
    ['other', { dice: { value: 3 } }],
    ['other', { story: {} }],
  ])('%s: %o', (what, content) => {
    expect(sent(7, content)).toMatchObject({ kind: 'said', message: { kind: 'unsupported', what } });
  });

  test('a caption comes with what it stands under, a blank one does not', () => {
    expect(sent(7, { photo: [{}], caption: 'boleh?' })).toMatchObject({
      message: { kind: 'unsupported', what: 'photo', caption: 'boleh?' },
    });
    expect(sent(7, { photo: [{}], caption: ' ' })).toHaveProperty('message', { kind: 'unsupported', what: 'photo' });
    expect(sent(7, { photo: [{}], caption: 'baru' }, { editOf: 3 })).toMatchObject({
      message: { kind: 'edited', text: 'baru' },
      file: undefined,
    });
    // of a kind yet to come
    expect(sent(7, { hologram: {}, caption: 'boleh?' })).toMatchObject({ message: { kind: 'text', text: 'boleh?' } });
  });

  const size = (file_id: string, width: number) => ({
    file_id,
    file_unique_id: 'u',
    width,
    height: width,
    file_size: 9,
  });
  test.each([
    ['the largest photo', { photo: [size('a', 90), size('c', 1280), size('b', 320)] }, 'c', undefined],
    ['a document', { document: { file_id: 'd', file_size: 9, file_name: 'surat.pdf' } }, 'd', 'surat.pdf'],
    ['a video', { video: { file_id: 'v', file_size: 9, file_name: 'v.mp4' } }, 'v', 'v.mp4'],
    ['an animation', { animation: { file_id: 'g', file_size: 9 }, document: { file_id: 'g' } }, 'g', undefined],
    ['a round video', { video_note: { file_id: 'n', file_size: 9 } }, 'n', undefined],
    ['a voice', { voice: { file_id: 'o', file_size: 9 } }, 'o', undefined],
    ['music', { audio: { file_id: 'm', file_size: 9, file_name: 'm.mp3' } }, 'm', 'm.mp3'],
  ])('%s is a file', (_, content, id, name) => {
    expect(sent(7, content)).toMatchObject({ file: { id, name, size: 9 } });
  });

  test.each([
    ['a sticker', 7, { sticker: { file_id: 's' } }],
    ['a place', 7, { location: {} }],
    ['what has no id', 7, { photo: [{}], document: {} }],
    ['anything in a group', GROUP, { photo: [size('a', 90)], caption: '@TanyaNetralBot boleh?' }],
  ])('%s is none', (_, chat, content) => {
    expect(sent(chat, content, { from: 3 })).toMatchObject({ kind: 'said', file: undefined });
  });

  test('an edit is an edit; an edit without words (a moving live location) is nothing', () => {
    expect(sent(7, { text: 'baru' }, { editOf: 3 })).toMatchObject({ message: { kind: 'edited', text: 'baru' } });
    expect(sent(7, { location: {} }, { editOf: 3 })).toEqual({ kind: 'ignored' });
  });

  test.each([
    ['somebody joined', { new_chat_members: [user(3)] }],
    ['somebody left', { left_chat_member: user(3) }],
    ['pinned', { pinned_message: {} }],
    ['a new title', { new_chat_title: 'x' }],
    ['became a supergroup', { migrate_to_chat_id: -2 }],
    ['a video call', { video_chat_started: {} }],
    ['our own inline card', { text: 'kartu', via_bot: { ...user(99, true) } }],
    ['forwarded from the linked channel', { text: 'x', is_automatic_forward: true }],
  ])('ignored: %s', (_, content) => {
    expect(sent(7, content)).toEqual({ kind: 'ignored' });
  });

  test('bots, channels and unknown kinds of update are ignored', () => {
    expect(sent(7, { text: 'halo' }, { fromBot: true })).toEqual({ kind: 'ignored' });
    expect(sent(-5, { text: '@TanyaNetralBot halo' }, { channel: true, from: 3 })).toEqual({ kind: 'ignored' });
    expect(translate(update({ my_chat_member: {} }), BOT)).toEqual({ kind: 'ignored' });
  });
});

describe('deep links', () => {
  test.each([
    ['/start medsos-like', '/aturan medsos-like'],
    ['/start@tanyanetralbot medsos-like', '/aturan medsos-like'],
    ['/start', '/start'],
    ['/start AbC_12', '/start AbC_12'],
    ['/start a b', '/start a b'],
    ['/starter x', '/starter x'],
  ])('%s', (written, expected) => {
    expect(heard(7, written)).toBe(expected);
  });
});

describe('groups', () => {
  test.each([
    ['halo semua', undefined],
    ['/topik', undefined],
    ['/topik@BotLain', undefined],
    ['@BotLain boleh like?', undefined],
    ['surat@TanyaNetralBot.id', undefined],
    ['@TanyaNetralBotX boleh?', undefined],
    ['/topik@TanyaNetralBot', '/topik'],
    ['/aturan@tanyanetralbot medsos-like', '/aturan medsos-like'],
    ['@TanyaNetralBot boleh like?', 'boleh like?'],
    ['boleh like, @tanyanetralbot ?', 'boleh like, ?'],
    ['@TanyaNetralBot', '/bantuan'],
    ['/start@TanyaNetralBot medsos-like', '/aturan medsos-like'],
  ])('%s', (written, expected) => {
    expect(heard(GROUP, written, { from: 3 })).toBe(expected);
  });

  test('a reply to the bot needs no name, a reply to somebody else does', () => {
    expect(heard(GROUP, 'sanksinya?', { from: 3, replyToBot: true })).toBe('sanksinya?');
    expect(heard(GROUP, 'sanksinya?', { from: 3, replyTo: 4 })).toBeUndefined();
    expect(heard(GROUP, '/stop@BotLain', { from: 3, replyToBot: true })).toBeUndefined();
  });

  test('a mention by display name is taken out by its place', () => {
    const entities = [{ type: 'text_mention', offset: 0, length: 5, user: user(99, true) }];
    expect(heard(GROUP, 'Tanya boleh like?', { from: 3, extra: { entities } })).toBe('boleh like?');
  });

  test('pictures speak through their caption, or as a reply', () => {
    expect(sent(GROUP, { photo: [{}] }, { from: 3 })).toEqual({ kind: 'ignored' });
    expect(sent(GROUP, { photo: [{}], caption: '@TanyaNetralBot boleh?' }, { from: 3 })).toMatchObject({
      message: { kind: 'unsupported', what: 'photo', caption: 'boleh?' },
    });
    expect(sent(GROUP, { photo: [{}] }, { from: 3, replyToBot: true })).toMatchObject({ message: { what: 'photo' } });
  });

  test('the answer quotes the message and stays in its topic', () => {
    expect(sent(GROUP, { text: '/topik@TanyaNetralBot' }, { from: 3, thread: 12 })).toMatchObject({
      place: { chat: GROUP, person: 3, group: true, quote: 5, thread: 12 },
    });
    expect(sent(7, { text: '/topik' })).toMatchObject({ place: { chat: 7, group: false, quote: undefined } });
  });
});

describe('presses', () => {
  const press = (more: Record<string, unknown>) =>
    translate(update({ callback_query: { id: 'q', from: user(3), chat_instance: '1', ...more } }), BOT);
  const under = { message_id: 8, date: 0, chat: { id: GROUP, type: 'supergroup', title: 'g' } };

  test('carry their text, also under a message too old to be shown', () => {
    expect(press({ data: '/topik', message: under })).toMatchObject({
      kind: 'pressed',
      place: { chat: GROUP, person: 3, group: true },
      message: { kind: 'text', text: '/topik' },
    });
  });

  test('without data are an empty text, without a message go nowhere', () => {
    expect(press({ message: under, game_short_name: 'x' })).toMatchObject({ message: { kind: 'text', text: '' } });
    expect(press({ data: '/topik', inline_message_id: 'i' })).toMatchObject({ kind: 'pressed', place: undefined });
  });
});
