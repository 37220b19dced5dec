/** The messages that phones make out of what people do. */
import { randomBytes } from 'node:crypto';
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { ReceivedMessage, SendOptions, SentMessage } from './messages.ts';

const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

/** Who the bot and the author are in this chat, as the author's phone names them. */
export interface Viewpoint {
  /** The chat as the author's phone names it. */
  readonly chat: string;
  /** The bot's address here, without device. */
  readonly bot: string;
  /** The author's own address here, without device. */
  readonly self: string;
  readonly group: boolean;
}

/** A message id as phones make them. */
export const freshId = (): string => `3A${randomBytes(9).toString('hex').toUpperCase()}`;

/** Messages to the bot have receipts, messages of the bot have devices that read them. */
const isSent = (message: SentMessage | ReceivedMessage): message is SentMessage => 'receipts' in message;

/** How the author refers to an earlier message. */
export function keyOf(target: SentMessage | ReceivedMessage, view: Viewpoint): proto.IMessageKey {
  const mine = isSent(target);
  const author = mine ? view.self : view.bot;
  return { remoteJid: view.chat, id: target.id, fromMe: mine, ...(view.group && { participant: author }) };
}

function quote(target: SentMessage | ReceivedMessage, view: Viewpoint): proto.IContextInfo {
  const quotedMessage = isSent(target) ? target.content : target.message;
  const participant = isSent(target) ? (target.participant ?? view.self) : view.bot;
  return { stanzaId: target.id, participant, quotedMessage };
}

function context(options: SendOptions, view: Viewpoint): proto.IContextInfo | undefined {
  const { quoting, mentions, ephemeral, forwarded } = options;
  const info: proto.IContextInfo = {
    ...(quoting && quote(quoting, view)),
    ...(mentions && { mentionedJid: [...mentions] }),
    ...(ephemeral !== undefined && { expiration: ephemeral }),
    ...(forwarded && { isForwarded: true, forwardingScore: 1 }),
  };
  return Object.keys(info).length ? info : undefined;
}

export function textContent(text: string, options: SendOptions, view: Viewpoint): proto.IMessage {
  return context(options, view) ? { extendedTextMessage: { text } } : { conversation: text };
}

export const editContent = (target: SentMessage, text: string, view: Viewpoint): proto.IMessage => ({
  editedMessage: {
    message: {
      protocolMessage: {
        key: keyOf(target, view),
        type: MESSAGE_EDIT,
        editedMessage: { conversation: text },
        timestampMs: Date.now(),
      },
    },
  },
});

export const revokeContent = (target: SentMessage, view: Viewpoint): proto.IMessage => ({
  protocolMessage: { key: keyOf(target, view), type: REVOKE },
});

export const reactionContent = (
  target: SentMessage | ReceivedMessage,
  text: string,
  view: Viewpoint,
): proto.IMessage => ({
  reactionMessage: { key: keyOf(target, view), text, senderTimestampMs: Date.now() },
});

type WithContext = { contextInfo?: proto.IContextInfo | null };

/** Adds quote, mentions and so on to whatever kind of message it is, then the wrappers. */
export function dress(content: proto.IMessage, options: SendOptions, view: Viewpoint): proto.IMessage {
  const info = context(options, view);
  const inner = normalizeMessageContent(content) as Record<string, unknown> | undefined;
  const part = Object.values(inner ?? {}).find((value) => typeof value === 'object' && value !== null) as
    | WithContext
    | undefined;
  if (info && part) part.contextInfo = { ...part.contextInfo, ...info };
  const wrapped = options.viewOnce ? { viewOnceMessageV2: { message: content } } : content;
  const dressed = options.ephemeral === undefined ? wrapped : { ephemeralMessage: { message: wrapped } };
  return { ...dressed, messageContextInfo: { messageSecret: randomBytes(32), ...content.messageContextInfo } };
}

/** The `type` of the stanza. */
export function stanzaType(content: proto.IMessage): 'text' | 'media' | 'reaction' | 'poll' {
  const inner = normalizeMessageContent(content) ?? {};
  if (inner.reactionMessage) return 'reaction';
  if (inner.pollCreationMessage || inner.pollCreationMessageV3 || inner.pollUpdateMessage) return 'poll';
  return mediaType(content) ? 'media' : 'text';
}

/** The `mediatype` of the encrypted part. */
export function mediaType(content: proto.IMessage): string | undefined {
  const inner = normalizeMessageContent(content) ?? {};
  if (inner.imageMessage) return 'image';
  if (inner.videoMessage) return 'video';
  if (inner.audioMessage) return inner.audioMessage.ptt ? 'ptt' : 'audio';
  if (inner.documentMessage) return 'document';
  if (inner.stickerMessage) return 'sticker';
  if (inner.locationMessage) return 'location';
  if (inner.contactMessage) return 'vcard';
  return undefined;
}

/** The `edit` attribute of the stanza. */
export function editMark(content: proto.IMessage): string | undefined {
  const type = normalizeMessageContent(content)?.protocolMessage?.type;
  if (type === MESSAGE_EDIT) return '1';
  return type === REVOKE ? '7' : undefined;
}
