/** Random ids: 16 bytes, 22 characters of base64url. They say nothing about when or where they were made. */
export type Id = string;

export const ID = /^[A-Za-z0-9_-]{22}$/;

export const randomId = (): Id => base64url(crypto.getRandomValues(new Uint8Array(16)));

/** Bytes that are written at once: more would overflow the call stack. A multiple of three, so that no padding stands between. */
const PIECE = 24_576;

export function base64url(bytes: Uint8Array): string {
  let base64 = '';
  for (let at = 0; at < bytes.length; at += PIECE)
    base64 += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The bytes again. Throws a `DOMException` where the text is no base64url. */
export function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from` with a function is several times slower, and a desk reads megabytes
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
