/**
 * Files that people send, the same for every channel: fetched only when the conversation asks for them, never more than the limit, with a few tries, and
 * with nothing in the error that tells of the file, its owner or the way there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { FileUnavailable, type IncomingFile } from '../conversation/message.ts';

/** How often a file is tried, and the pause after the first failure, in milliseconds: a person is waiting. */
const TRIES = 3;
const PAUSE = 400;
/** Longest name that is passed on, in UTF-16 units; file systems take 255 bytes. */
const NAME_LIMIT = 200;

export interface FileSource {
  /** As the sender's device wrote it. */
  readonly name: string | undefined;
  /** In bytes, as the platform says. */
  readonly size: number | undefined;
  /** One try. What it throws may pass, unless it is a {@link FileUnavailable}. */
  readonly fetch: (limit: number) => Promise<Uint8Array>;
}

export function incomingFile({ name, size, fetch }: FileSource): IncomingFile {
  return {
    name: name?.trim().slice(0, NAME_LIMIT) || undefined,
    size,
    async read(limit) {
      if (size !== undefined && size > limit) throw new FileUnavailable('too-big');
      for (let tries = 1; ; tries++) {
        try {
          return await fetch(limit);
        } catch (error) {
          if (error instanceof FileUnavailable) throw error;
          if (tries >= TRIES) throw new FileUnavailable('unavailable');
        }
        await sleep(PAUSE * tries);
      }
    },
  };
}

/** The body of a response. Throws {@link FileUnavailable} as soon as there is more than `limit` of it; the rest is not fetched. */
export async function bytesWithin({ body, headers }: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (Number(headers.get('content-length') ?? 0) > limit) {
    await body?.cancel();
    throw new FileUnavailable('too-big');
  }
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // leaving the loop ends the transfer
    if (size > limit) throw new FileUnavailable('too-big');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
