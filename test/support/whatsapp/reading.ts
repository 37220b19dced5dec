/** What a person sees of a message of the bot. */
import { normalizeMessageContent, proto } from '@whiskeysockets/baileys';
import type { MediaKind, MediaReference } from './media.ts';
import type { ReceivedMessage } from './messages.ts';
import type { Encryption } from './signal-device.ts';

const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;

type Seen = Pick<ReceivedMessage, 'kind' | 'text' | 'target'>;

const textOf = (message: proto.IMessage | null | undefined): string | undefined =>
  message?.conversation ||
  message?.extendedTextMessage?.text ||
  message?.imageMessage?.caption ||
  message?.documentMessage?.caption ||
  undefined;

function see(inner: proto.IMessage): Seen {
  const { protocolMessage: protocol, reactionMessage: reaction } = inner;
  const target = protocol?.key?.id ?? undefined;
  if (protocol?.type === MESSAGE_EDIT) return { kind: 'edit', text: textOf(protocol.editedMessage), target };
  if (protocol?.type === REVOKE) return { kind: 'revoke', text: undefined, target };
  if (reaction) return { kind: 'reaction', text: reaction.text ?? '', target: reaction.key?.id ?? undefined };
  const poll = inner.pollCreationMessage ?? inner.pollCreationMessageV2 ?? inner.pollCreationMessageV3;
  if (poll) return { kind: 'poll', text: poll.name ?? undefined, target: undefined };
  const media = mediaOf(inner);
  if (media) return { kind: media.kind, text: media.content.caption ?? undefined, target: undefined };
  const text = textOf(inner);
  return { kind: text === undefined ? 'other' : 'text', text, target: undefined };
}

function mediaOf(
  inner: proto.IMessage,
): { kind: MediaKind; content: MediaReference & { caption?: string | null } } | undefined {
  if (inner.imageMessage) return { kind: 'image', content: inner.imageMessage };
  if (inner.documentMessage) return { kind: 'document', content: inner.documentMessage };
  if (inner.videoMessage) return { kind: 'video', content: inner.videoMessage };
  if (inner.audioMessage) return { kind: 'audio', content: inner.audioMessage };
  return undefined;
}

function contextOf(inner: proto.IMessage): proto.IContextInfo | undefined {
  for (const part of Object.values(inner) as ({ contextInfo?: proto.IContextInfo | null } | null)[]) {
    if (part?.contextInfo) return part.contextInfo;
  }
  return undefined;
}

export interface Reading {
  readonly id: string;
  readonly chat: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly encryption: Encryption;
  readonly device: number;
}

/** @param open reads an uploaded file */
export function read(
  content: proto.IMessage,
  { id, chat, attrs, encryption, device }: Reading,
  open: (reference: MediaReference, kind: MediaKind) => Buffer,
): ReceivedMessage & { readonly devices: number[] } {
  const inner = normalizeMessageContent(content) ?? {};
  const info = contextOf(inner);
  return {
    id,
    chat,
    ...see(inner),
    quotedId: info?.stanzaId ?? undefined,
    quotedParticipant: info?.participant ?? undefined,
    mentions: info?.mentionedJid ?? [],
    message: inner,
    devices: [device],
    encryption,
    attrs,
    at: performance.now(),
    media: async () => {
      const media = mediaOf(inner);
      if (!media) throw new Error(`message ${id} has no file`);
      return open(media.content, media.kind);
    },
  };
}

/** A message that only carries keys is nothing that people see. */
export const isVisible = (content: proto.IMessage): boolean =>
  Object.entries(content).some(
    ([name, value]) =>
      value !== null && value !== undefined && name !== 'senderKeyDistributionMessage' && name !== 'messageContextInfo',
  );
