/** Looks for secrets in bytes, in every way in which a text usually travels. */

/** Which of the secrets stand in the bytes, and how. */
export function leaks(bytes: Buffer, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) =>
    Object.entries(disguises(secret)).flatMap(([name, disguise]) =>
      disguise.length > 0 && bytes.includes(disguise) ? [`${secret} as ${name}`] : [],
    ),
  );
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
