/** What a message carries, out of all its wrappers. */
import type { proto } from '@whiskeysockets/baileys';
import type { Message, UnsupportedKind } from '../../conversation/message.ts';
import { type Attachment, attachmentOf } from './attachment.ts';

/** Messages that only wrap another one: disappearing, view-once, edited, with a caption, of an album, ... */
const WRAPPERS = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'editedMessage',
  'associatedChildMessage',
  'groupMentionedMessage',
  'botInvokeMessage',
  'lottieStickerMessage',
  'pollCreationMessageV4',
  'questionMessage',
] as const satisfies ReadonlyArray<keyof proto.IMessage>;
/** More layers than any client makes; a forged message may have any number. */
const LAYERS = 8;

/** Texts, in the order in which they count. Pressed buttons of other bots' messages are texts too. */
const TEXTS: ReadonlyArray<(message: proto.IMessage) => string | null | undefined> = [
  (message) => message.conversation,
  (message) => message.extendedTextMessage?.text,
  (message) => message.buttonsResponseMessage?.selectedDisplayText,
  (message) => message.templateButtonReplyMessage?.selectedDisplayText,
  (message) => message.listResponseMessage?.title,
  (message) => message.interactiveResponseMessage?.body?.text,
];

/** Words under something else. */
const CAPTIONS: typeof TEXTS = [
  (message) => message.imageMessage?.caption,
  (message) => message.videoMessage?.caption,
  (message) => message.ptvMessage?.caption,
  (message) => message.documentMessage?.caption,
];

/** Things that people send that are no texts. What is not here is the protocol's own (reactions, votes, pins, deletions) or yet to come. */
const KINDS: ReadonlyArray<readonly [field: keyof proto.IMessage, what: UnsupportedKind]> = [
  ['imageMessage', 'photo'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['audioMessage', 'voice'],
  ['stickerMessage', 'sticker'],
  ['stickerPackMessage', 'sticker'],
  ['documentMessage', 'document'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV2', 'poll'],
  ['pollCreationMessageV3', 'poll'],
  ['pollCreationMessageV5', 'poll'],
  ['eventMessage', 'other'],
  ['groupInviteMessage', 'other'],
  ['productMessage', 'other'],
  ['orderMessage', 'other'],
  ['invoiceMessage', 'other'],
  ['sendPaymentMessage', 'other'],
  ['requestPaymentMessage', 'other'],
  ['listMessage', 'other'],
  ['buttonsMessage', 'other'],
  ['templateMessage', 'other'],
  ['interactiveMessage', 'other'],
  ['newsletterAdminInviteMessage', 'other'],
];

/** `MESSAGE_EDIT` of WhatsApp's protocol messages. */
const EDIT = 14;
/** Longer texts are cut here: the conversation asks to be brief long before. */
const TEXT_LIMIT = 5_000;

export interface Content {
  readonly message: Message;
  /** Mentions, the quoted message, the time after which the chat forgets. */
  readonly context: proto.IContextInfo | undefined;
  readonly file: Attachment | undefined;
}

/** The content of a message; undefined where there is nothing to answer. */
export function contentOf(received: proto.IMessage): Content | undefined {
  const message = unwrap(received);
  const edit = message.protocolMessage;
  if (edit) {
    const after = edit.type === EDIT && edit.editedMessage ? contentOf(edit.editedMessage) : undefined;
    const text = after && wordsOf(after.message);
    // the file is the one that was sent before
    return text ? { ...after, message: { kind: 'edited', text }, file: undefined } : undefined;
  }
  const context = contextOf(message);
  const text = first(TEXTS, message);
  if (text) return { message: { kind: 'text', text }, context, file: undefined };
  const kind = KINDS.find(([field]) => message[field]);
  // an empty text is answered as such
  if (!kind && typeof (message.conversation ?? message.extendedTextMessage?.text) === 'string')
    return hasText(message) ? { message: { kind: 'text', text: '' }, context, file: undefined } : undefined;
  if (!kind) return undefined;
  const caption = first(CAPTIONS, message);
  return {
    message: { kind: 'unsupported', what: kind[1], ...(caption === undefined ? {} : { caption }) },
    context,
    file: attachmentOf(message),
  };
}

/** What was written, as a text or under something else. */
export const wordsOf = (message: Message): string =>
  message.kind === 'unsupported' ? (message.caption ?? '') : message.text;

const first = (readers: typeof TEXTS, message: proto.IMessage): string | undefined =>
  readers
    .map((read) => read(message))
    .find((found) => typeof found === 'string' && found.trim() !== '')
    ?.slice(0, TEXT_LIMIT);

/** The id of the album that a picture belongs to. */
export function albumOf(received: proto.IMessage): string | undefined {
  const infos = [received, ...layers(received)].map((message) => message.messageContextInfo?.messageAssociation);
  return infos.map((info) => info?.parentMessageKey?.id).find((id) => typeof id === 'string') ?? undefined;
}

const hasText = (message: proto.IMessage): boolean =>
  Object.hasOwn(message, 'conversation') || Object.hasOwn(message, 'extendedTextMessage');

const unwrap = (message: proto.IMessage): proto.IMessage => layers(message).at(-1) ?? message;

/** What is inside, from the outermost to the innermost. */
function layers(message: proto.IMessage): proto.IMessage[] {
  const inside: proto.IMessage[] = [];
  for (let current = message; inside.length < LAYERS; ) {
    const inner = WRAPPERS.map((field) => current[field]?.message).find((found) => found);
    if (!inner) break;
    inside.push(inner);
    current = inner;
  }
  return inside;
}

/** Every kind of content carries it in the same field. */
function contextOf(message: proto.IMessage): proto.IContextInfo | undefined {
  for (const part of Object.values(message) as unknown[])
    if (typeof part === 'object' && part !== null && 'contextInfo' in part && part.contextInfo)
      return part.contextInfo as proto.IContextInfo;
  return undefined;
}
