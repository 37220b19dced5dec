import type { Message as TelegramMessage } from 'telegraf/types';
import { FileUnavailable, type IncomingFile } from '../../conversation/message.ts';
import { incomingFile } from '../files.ts';
import type { BotApi } from './api.ts';
import { isTooBig } from './failure.ts';

/** A file at Telegram. */
export interface Attachment {
  readonly id: string;
  readonly name: string | undefined;
  /** In bytes. */
  readonly size: number | undefined;
}

/** Fields that hold one file. */
const FIELDS = ['video', 'animation', 'video_note', 'voice', 'audio', 'document'] as const;

interface File {
  readonly file_id?: unknown;
  readonly file_name?: unknown;
  readonly file_size?: unknown;
  readonly width?: unknown;
}

/** The file of a message, a photo in its largest size; undefined where there is none. */
export function attachmentOf(message: TelegramMessage): Attachment | undefined {
  const fields = message as unknown as Readonly<Record<string, unknown>>;
  const sizes: readonly File[] = Array.isArray(fields.photo) ? fields.photo : [];
  const width = (size: File) => Number(size.width ?? 0);
  const largest = sizes.reduce<File | undefined>(
    (best, size) => (best && width(best) >= width(size) ? best : size),
    undefined,
  );
  const found = largest ?? FIELDS.map((field) => fields[field] as File | undefined).find((file) => file !== undefined);
  if (typeof found?.file_id !== 'string') return undefined;
  const { file_id: id, file_name: name, file_size: size } = found;
  return {
    id,
    name: typeof name === 'string' ? name : undefined,
    size: typeof size === 'number' ? size : undefined,
  };
}

/** The file as the conversation may read it: Telegram is asked for nothing before. */
export function fileAt(api: BotApi, { id, name, size }: Attachment): IncomingFile {
  return incomingFile({
    name,
    size,
    fetch: async (limit) => {
      // the link is asked for at each try: it is good for an hour only
      const found = await api.insist('getFile', { file_id: id }).catch((error: unknown) => {
        throw new FileUnavailable(isTooBig(error) ? 'too-big' : 'unavailable');
      });
      if ((found.file_size ?? 0) > limit) throw new FileUnavailable('too-big');
      if (typeof found.file_path !== 'string') throw new FileUnavailable('unavailable');
      return api.download(found.file_path, limit);
    },
  });
}
