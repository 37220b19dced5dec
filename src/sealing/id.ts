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
export const fromBase64url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
