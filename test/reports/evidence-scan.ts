/** Looks for what must not be in bytes, and at what pictures are made of. */

/** Which of the texts stand in the bytes, in any of the ways a text usually does. */
export function foundIn(bytes: Uint8Array, secrets: Readonly<Record<string, string>>): string[] {
  const haystack = Buffer.from(bytes);
  return Object.entries(secrets).flatMap(([name, secret]) => {
    const utf8 = Buffer.from(secret, 'utf8');
    const utf16 = Buffer.from(secret, 'utf16le');
    const base64 = [0, 1, 2].map((shift) => utf8.subarray(shift, shift + Math.floor((utf8.length - shift) / 3) * 3));
    const ways = {
      utf8,
      utf16,
      utf16be: Buffer.from(utf16).swap16(),
      hex: Buffer.from(utf8.toString('hex')),
      HEX: Buffer.from(utf8.toString('hex').toUpperCase()),
      ...Object.fromEntries(base64.map((part, at) => [`base64+${at}`, Buffer.from(part.toString('base64'))])),
    };
    return Object.entries(ways).flatMap(([way, needle]) => (haystack.includes(needle) ? [`${name} as ${way}`] : []));
  });
}

/** Names of a JPEG's segments in order, up to its end; `rest` is how many bytes stand behind that. */
export function jpegSegments(bytes: Uint8Array): { readonly markers: readonly string[]; readonly rest: number } {
  const data = Buffer.from(bytes);
  const markers: string[] = [];
  let at = 0;
  for (;;) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== 0xff) throw new Error(`no marker at ${at}`);
    markers.push(marker.toString(16));
    if (marker === 0xd9) return { markers, rest: data.length - at - 2 };
    at += 2 + (marker === 0xd8 ? 0 : data.readUInt16BE(at + 2));
    if (marker !== 0xda) continue;
    // the picture's own bytes, up to the next marker that is none of theirs
    while (data[at] !== 0xff || [0, 0xff, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7].includes(data[at + 1] ?? 0))
      at++;
  }
}

/** Names of a PNG's chunks in order, up to its end; `rest` is how many bytes stand behind that. */
export function pngChunks(bytes: Uint8Array): { readonly chunks: readonly string[]; readonly rest: number } {
  const data = Buffer.from(bytes);
  const chunks: string[] = [];
  for (let at = 8; ; ) {
    const type = data.toString('latin1', at + 4, at + 8);
    chunks.push(type);
    at += 12 + data.readUInt32BE(at);
    if (type === 'IEND') return { chunks, rest: data.length - at };
  }
}
