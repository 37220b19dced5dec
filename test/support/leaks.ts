/** Looks for secrets in bytes, in every way in which a text usually travels. */

/** Which of the secrets stand in the bytes, and how. One pass over the bytes, however many secrets there are. */
export function leaks(bytes: Buffer, secrets: readonly string[]): string[] {
  const patterns = secrets.flatMap((secret) =>
    Object.entries(disguises(secret)).flatMap(([name, disguise]) => {
      const pattern = Buffer.from(disguise);
      return pattern.length === 0 ? [] : [{ pattern, found: `${secret} as ${name}` }];
    }),
  );
  // by their first three bytes; the few that are shorter are looked for one by one
  const starts = new Uint8Array(1 << 24);
  const byStart = new Map<number, typeof patterns>();
  const out = new Set<string>();
  for (const entry of patterns) {
    if (entry.pattern.length < 3) {
      if (bytes.includes(entry.pattern)) out.add(entry.found);
      continue;
    }
    const start = entry.pattern.readUIntBE(0, 3);
    starts[start] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), entry]);
  }
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    start = ((start << 8) | (bytes[at] as number)) & 0xffffff;
    if (at < 2 || starts[start] === 0) continue;
    for (const { pattern, found } of byStart.get(start) ?? [])
      if (bytes.compare(pattern, 0, pattern.length, at - 2, Math.min(at - 2 + pattern.length, bytes.length)) === 0)
        out.add(found);
  }
  return patterns.flatMap(({ found }) => (out.delete(found) ? [found] : []));
}

function disguises(secret: string): Record<string, Buffer | string> {
  const utf8 = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  const hex = utf8.toString('hex');
  return {
    utf8,
    'lower case': secret.toLowerCase(),
    'utf16 little endian': utf16,
    'utf16 big endian': Buffer.from(utf16).swap16(),
    hex,
    HEX: hex.toUpperCase(),
    'url encoding': encodeURIComponent(secret),
    'form encoding': encodeURIComponent(secret).replaceAll('%20', '+'),
    JSON: JSON.stringify(secret).slice(1, -1),
    // base64 of a longer text contains one of three cuts of this one
    ...Object.fromEntries(
      [0, 1, 2].flatMap((shift) => {
        const cut = utf8.subarray(shift, shift + Math.floor((utf8.length - shift) / 3) * 3);
        if (cut.length < 6) return [];
        return [
          [`base64 from ${shift}`, cut.toString('base64')],
          [`base64url from ${shift}`, cut.toString('base64url')],
        ];
      }),
    ),
  };
}
