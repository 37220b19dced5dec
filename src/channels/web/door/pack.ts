/**
 * One request body of a header and byte strings, so that megabytes need no base64. Runs in the server and in the browser.
 *
 * Length of the header (4 bytes, big endian), header as JSON, number of parts (2 bytes), then each part behind its length (4 bytes).
 */

export function pack(header: unknown, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const length = parts.reduce((sum, part) => sum + 4 + part.length, 4 + head.length + 2);
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  view.setUint32(0, head.length);
  out.set(head, 4);
  view.setUint16(4 + head.length, parts.length);
  let at = 4 + head.length + 2;
  for (const part of parts) {
    view.setUint32(at, part.length);
    out.set(part, at + 4);
    at += 4 + part.length;
  }
  return out;
}

/** The header, not checked yet, and the parts as views of `bytes`; undefined where these are not the bytes of {@link pack}. */
export function unpack(
  bytes: Uint8Array,
): { readonly header: unknown; readonly parts: readonly Uint8Array[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const headLength = view.getUint32(0);
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(take(bytes, 4, headLength)));
    const count = view.getUint16(4 + headLength);
    const parts: Uint8Array[] = [];
    let at = 4 + headLength + 2;
    for (let i = 0; i < count; i += 1) {
      const part = take(bytes, at + 4, view.getUint32(at));
      parts.push(part);
      at += 4 + part.length;
    }
    return at === bytes.length ? { header, parts } : undefined;
  } catch {
    return undefined;
  }
}

function take(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (from + length > bytes.length) throw new RangeError('cut off');
  return bytes.subarray(from, from + length);
}
