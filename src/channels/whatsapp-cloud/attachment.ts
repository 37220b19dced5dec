import { FileUnavailable, type IncomingFile } from '../../conversation/message.ts';
import { incomingFile } from '../files.ts';
import { classify } from './failure.ts';
import type { GraphApi } from './graph-api.ts';

/** A file at Meta, as it stands (sealed) in the inbox. Plain JSON. */
export interface Attachment {
  /** Good for a week. */
  readonly id: string;
  readonly name: string | undefined;
}

/** The file as the conversation may read it: Meta is asked for nothing before. */
export function fileAt(api: GraphApi, { id, name }: Attachment): IncomingFile {
  return incomingFile({
    name,
    size: undefined,
    fetch: async (limit) => {
      // the address is asked for at each try: it is good for five minutes only
      const { url, size } = await api.findMedia(id).catch((error: unknown) => {
        // Meta does not know it any more, or does not give it to us
        throw isFinal(error) ? new FileUnavailable('unavailable') : error;
      });
      if (size > limit) throw new FileUnavailable('too-big');
      return api.download(url, limit);
    },
  });
}

const isFinal = (error: unknown): boolean =>
  ['gone', 'refused', 'unauthorised', 'blocked'].includes(classify(error).kind);
