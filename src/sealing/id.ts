/** Random ids: 16 bytes, 22 characters of base64url. They say nothing about when or where they were made. */
export type Id = string;

export const ID = /^[A-Za-z0-9_-]{22}$/;

export const randomId = (): Id => base64url(crypto.getRandomValues(new Uint8Array(16)));

export const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** The bytes again. Throws a `DOMException` where the text is no base64url. */
export function fromBase64url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  // `Uint8Array.from` with a function is several times slower, and a desk reads megabytes
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
