/**
 * Keys as text, and what is said about them, without the library that seals: the server seals with Node's own cryptography, and is not to
 * load a second one for a type or an error.
 */
import { bech32 } from '@scure/base';

/** Private half of a key: `AGE-SECRET-KEY-PQ-1...`. Never stored or logged in clear. */
export type Identity = string & { readonly __brand: 'Identity' };
/** Public half: `age1pq1...`, 1,959 characters. */
export type RecipientText = string & { readonly __brand: 'RecipientText' };
/** Bytes that only the holder of a private key can open. */
export type Sealed = Uint8Array & { readonly __brand: 'Sealed' };

/** Thrown where sealed bytes do not open: another key, changed, cut, or not what was expected. */
export class SealError extends Error {
  override name = 'SealError';
}

const RECIPIENT = /^age1pq1[02-9ac-hj-np-z]{1952}$/;

/** The text as a recipient, or undefined where it is none: also where a letter of it was mistyped. */
export function asRecipient(text: string): RecipientText | undefined {
  if (!RECIPIENT.test(text)) return undefined;
  return bech32.decodeUnsafe(text, false) === undefined ? undefined : (text as RecipientText);
}

/** What is sealed to an officer: the case's private key, bound to the case. */
export const encodeCaseKey = (caseId: string, identity: Identity): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ version: 1, case: caseId, identity }));
