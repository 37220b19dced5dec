/**
 * Sealing with age (https://age-encryption.org/v1), to its post-quantum hybrid recipients (ML-KEM-768 with X25519).
 *
 * A case has a key of its own. Its public half seals every entry; its private half exists only wrapped to the officers who may
 * read. So a new officer needs one small wrap a case, and the size of an entry does not tell how many officers there are.
 *
 * This folder runs in the server, in the officers' terminal and in browsers alike: nothing of Node here.
 */
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient, type Recipient } from 'age-encryption';
import { openFile } from './age-file.ts';
import { decodeEntry, type Entry, encodeEntry } from './entry.ts';
import type { HybridIdentity } from './hybrid-identity.ts';
import { encodeCaseKey, type Identity, type RecipientText, SealError, type Sealed } from './keys.ts';

export { asRecipient, encodeCaseKey, type Identity, type RecipientText, SealError, type Sealed } from './keys.ts';

/** A recipient as text, or a faster implementation of one (the server has one on Node's own ML-KEM). */
export type To = RecipientText | Recipient;

/** A private key as text, or made ready to open much. */
export type With = Identity | HybridIdentity;

const IDENTITY = /^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/;

/** A new key pair. */
export async function makeKeyPair(): Promise<{ readonly identity: Identity; readonly recipient: RecipientText }> {
  const identity = (await generateHybridIdentity()) as Identity;
  return { identity, recipient: (await identityToRecipient(identity)) as RecipientText };
}

/** Seals bytes to all of `to`; any one of them opens it. Throws {@link SealError} where nobody could. */
export async function sealBytes(bytes: Uint8Array, to: readonly To[]): Promise<Sealed> {
  if (to.length === 0) throw new SealError('nobody could open this');
  const encrypter = new Encrypter();
  for (const recipient of to) encrypter.addRecipient(recipient);
  return (await encrypter.encrypt(bytes)) as Sealed;
}

/** Opens what {@link sealBytes} made. Throws {@link SealError}; nothing of a changed or cut file is given out. */
export async function openBytes(sealed: Uint8Array, identity: With): Promise<Uint8Array> {
  try {
    if (typeof identity !== 'string') return await openFile(sealed, identity);
    const decrypter = new Decrypter();
    // inside, because the library says a key that it cannot read in its error
    decrypter.addIdentity(identity);
    return await decrypter.decrypt(sealed);
  } catch {
    throw new SealError('this does not open: made for another key, or changed');
  }
}

/** Seals an entry. Its stored size depends on its bucket and on how many it is sealed to, on nothing else. Throws `TooLarge`. */
export async function sealEntry(entry: Entry, to: readonly To[]): Promise<Sealed> {
  return sealBytes(encodeEntry(entry), to);
}

/** Opens an entry and proves that it is the one that belongs there. Throws {@link SealError} or `EntryError`. */
export async function openEntry(
  sealed: Uint8Array,
  identity: With,
  expected: { readonly case: string; readonly id: string },
): Promise<Entry> {
  return decodeEntry(await openBytes(sealed, identity), expected);
}

/** The case's private key, wrapped to one officer and bound to the case. */
export const wrapCaseKey = (caseId: string, identity: Identity, to: To): Promise<Sealed> =>
  sealBytes(encodeCaseKey(caseId, identity), [to]);

/** The case's private key again. Throws {@link SealError}, also where it is the key of another case. */
export async function unwrapCaseKey(caseId: string, wrapped: Uint8Array, officer: With): Promise<Identity> {
  const { case: owner, identity } = readCaseKey(await openBytes(wrapped, officer));
  if (owner !== caseId) throw new SealError('this is the key of another case');
  if (typeof identity !== 'string' || !IDENTITY.test(identity)) throw new SealError('this is no key');
  return identity as Identity;
}

function readCaseKey(bytes: Uint8Array): { readonly case?: unknown; readonly identity?: unknown } {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof read === 'object' && read !== null) return read;
  } catch {
    // told below; the parser's error would say what was read
  }
  throw new SealError('this is no key');
}
