/**
 * What is sealed is first filled up to one of a few sizes, so that the size of a stored entry says next to nothing about its content.
 */

/** Sizes in bytes of a filled-up entry. Any message of a chat fits the first two; the others are for files. */
export const BUCKETS = [4, 16, 64, 256, 1024, 4096, 12_288].map((kib) => kib * 1024);

/** The most bytes that fit an entry. */
export const LARGEST = (BUCKETS.at(-1) as number) - 4;

/** Thrown where something is larger than the largest bucket. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

/** Length (4 bytes, big endian), content, zeros up to the next bucket. Throws {@link TooLarge}. */
export function pad(content: Uint8Array): Uint8Array {
  const size = BUCKETS.find((bucket) => content.length + 4 <= bucket);
  if (size === undefined) throw new TooLarge('this does not fit the largest bucket');
  const out = new Uint8Array(size);
  new DataView(out.buffer).setUint32(0, content.length);
  out.set(content, 4);
  return out;
}

/** The content again, or undefined where these are not the bytes of {@link pad}. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (!BUCKETS.includes(padded.length)) return undefined;
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  if (length + 4 > padded.length || padded.subarray(length + 4).some((byte) => byte !== 0)) return undefined;
  return padded.subarray(4, length + 4);
}
