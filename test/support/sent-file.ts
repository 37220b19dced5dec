/** What people send besides words, with bytes where it has any. */
import sharp from 'sharp';
import type { Message } from '../../src/conversation/message.ts';

type Sent = Extract<Message, { kind: 'unsupported' }>;

type Kind = 'photo' | 'voice' | 'sticker' | 'location' | 'document';

/** The content of a small file of this kind; undefined where it has none. */
export const sentBytes = async (what: Kind): Promise<Uint8Array | undefined> =>
  what === 'sticker' || what === 'location' ? undefined : BYTES[what]();

/** A message with a small file of its kind; a sticker and a place on the map have none that could be read. */
export async function sentFile(what: Kind): Promise<Sent> {
  const bytes = await sentBytes(what);
  if (bytes === undefined) return { kind: 'unsupported', what };
  const file = { name: undefined, size: bytes.length, read: async () => bytes };
  return { kind: 'unsupported', what, file };
}

const BYTES = {
  photo: async () =>
    new Uint8Array(
      await sharp({ create: { width: 32, height: 24, channels: 3, background: '#20a040' } })
        .jpeg()
        .toBuffer(),
    ),
  document: async () =>
    new TextEncoder().encode('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n'),
  voice: async () =>
    new Uint8Array([
      ...new TextEncoder().encode('OggS'),
      ...new Uint8Array(24),
      ...new TextEncoder().encode('OpusHead'),
      ...new Uint8Array(20),
    ]),
};
