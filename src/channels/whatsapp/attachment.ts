import type { proto } from '@whiskeysockets/baileys';
import { FileUnavailable, type IncomingFile } from '../../conversation/message.ts';
import { incomingFile } from '../files.ts';
import { downloadMedia, MediaError, type MediaFault, type MediaFields, type MediaKind } from './media.ts';

/** What is needed to fetch and open a file, as it stands (sealed) in the inbox. Plain JSON, bytes as base64. The small preview is left out. */
export interface Attachment extends MediaFields {
  readonly kind: MediaKind;
  readonly name: string | undefined;
  readonly mediaKey: string;
  readonly fileSha256: string;
  readonly fileEncSha256: string;
  /** In bytes. */
  readonly fileLength: number;
}

/** Fields of messages that hold a file. Stickers are no evidence of anything. */
const FIELDS = [
  ['imageMessage', 'image'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['audioMessage', 'audio'],
  ['documentMessage', 'document'],
] as const satisfies ReadonlyArray<readonly [keyof proto.IMessage, MediaKind]>;

/** Faults after which another try may do. */
const PASSING: readonly MediaFault[] = ['network', 'status'];

/** The file of a message; undefined where there is none, or not all of what belongs to it, as in a view-once message on a linked device. */
export function attachmentOf(message: proto.IMessage): Attachment | undefined {
  for (const [field, kind] of FIELDS) {
    const found = message[field];
    if (!found?.mediaKey || !found.fileSha256 || !found.fileEncSha256) continue;
    return {
      kind,
      name: ('fileName' in found && found.fileName) || undefined,
      url: found.url ?? null,
      directPath: found.directPath ?? null,
      mediaKey: base64(found.mediaKey),
      fileSha256: base64(found.fileSha256),
      fileEncSha256: base64(found.fileEncSha256),
      fileLength: Number(String(found.fileLength ?? 0)),
    };
  }
  return undefined;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export interface AttachmentOptions {
  /** `host`, `host:port` or `*.domain`. */
  readonly hosts: readonly string[];
  /** Milliseconds for one try. */
  readonly timeout: number;
}

/** The file as the conversation may read it: nobody is asked for anything before. */
export function fileAt(attachment: Attachment, options: AttachmentOptions): IncomingFile {
  const { kind, name, fileLength } = attachment;
  return incomingFile({
    name,
    size: fileLength,
    fetch: async (limit) => {
      try {
        return await downloadMedia(attachment, kind, { ...options, limit });
      } catch (error) {
        if (error instanceof MediaError && !PASSING.includes(error.fault))
          throw new FileUnavailable(error.fault === 'too-large' ? 'too-big' : 'unavailable');
        throw error;
      }
    },
  });
}
