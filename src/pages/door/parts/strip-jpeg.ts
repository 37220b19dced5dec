/**
 * A JPEG without its metadata, for browsers that do not let pages draw it anew. Only the segments that a decoder needs are kept; of the
 * metadata only which way is up. What stands behind the picture's end goes too.
 */

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
/** Adobe's: says how colours are stored. */
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** The picture again; undefined where the bytes are no JPEG that is understood to its end. */
export function stripJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [];
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    if (marker === EOI) return join(orientation, kept);
    const end = at + 2 + word(bytes, at + 2);
    if (end > bytes.length || end < at + 4) return undefined;
    if (marker === APP1) orientation = orientationOf(bytes.subarray(at, end)) ?? orientation;
    const next = marker === SOS ? endOfScan(bytes, end) : end;
    if (isNeeded(marker)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  // cut off behind its end marker: that one alone is shorter than a segment
  return bytes[at] === 0xff && bytes[at + 1] === EOI ? join(orientation, kept) : undefined;
}

const isNeeded = (marker: number): boolean =>
  marker === APP14 || !((marker >= APP0 && marker <= APP15) || marker === COMMENT);

/** Where the compressed data ends: at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at += 1) {
    const next = bytes[at + 1] as number;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] as number) << 8) | (bytes[at + 1] as number);

/** Tag 0x0112 of the first directory of an Exif segment. */
function orientationOf(segment: Uint8Array): number | undefined {
  if (String.fromCharCode(...segment.subarray(4, 10)) !== 'Exif\0\0') return undefined;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10);
  try {
    const little = tiff.getUint16(0) === 0x4949;
    const directory = tiff.getUint32(4, little);
    const entries = tiff.getUint16(directory, little);
    for (let i = 0; i < entries; i += 1) {
      const entry = directory + 2 + 12 * i;
      if (tiff.getUint16(entry, little) !== 0x0112) continue;
      const value = tiff.getUint16(entry + 8, little);
      return value >= 1 && value <= 8 ? value : undefined;
    }
  } catch {
    // points outside of itself: nothing to be kept of it
  }
  return undefined;
}

/** An Exif segment that holds the orientation and nothing else. */
const exif = (orientation: number): number[] => [
  ...[0xff, APP1, 0x00, 0x22],
  ...[0x45, 0x78, 0x69, 0x66, 0x00, 0x00], // Exif
  ...[0x4d, 0x4d, 0x00, 0x2a, 0x00, 0x00, 0x00, 0x08], // big endian, directory at 8
  ...[0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, orientation, 0x00, 0x00],
  ...[0x00, 0x00, 0x00, 0x00], // no further directory
];

function join(orientation: number, segments: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const parts = [Uint8Array.of(0xff, SOI), Uint8Array.from(exif(orientation)), ...segments, Uint8Array.of(0xff, EOI)];
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
