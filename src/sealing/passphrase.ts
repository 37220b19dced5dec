/**
 * From an officer's passphrase, in the officer's own browser: a proof for signing in and a key that wraps their identity. The
 * passphrase never leaves the page; the server keeps the salt, a hash of the proof, and the wrapped identity.
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { type Identity, SealError } from './seal.ts';

/** scrypt (RFC 7914): 128 MiB and about a second on an office PC, for every guess. */
const COST = { N: 2 ** 17, r: 8, p: 1, dkLen: 32 };
const NONCE = 12;
const DOMAIN = 'tanya-netral/desk/1';
/** Names the shape of an officer's spare file: JSON with `login`, `salt`, `wrapped` (base64url) and `recipient`. */
export const SPARE_FILE_FORMAT = 'tanya-netral/desk-key/1';

export interface Derived {
  /** 32 bytes to show at the sign-in. */
  readonly auth: Uint8Array;
  /** 32 bytes that wrap the identity; never sent. */
  readonly wrap: Uint8Array;
}

/**
 * Slow by intention: run it in a worker.
 * @param salt 16 random bytes of this officer
 * @param cost only for tests
 */
export async function derive(passphrase: string, salt: Uint8Array, cost: typeof COST = COST): Promise<Derived> {
  const master = await scryptAsync(new TextEncoder().encode(passphrase.normalize('NFKC').trim()), salt, cost);
  const part = (use: string) =>
    hkdf(sha256, master, new TextEncoder().encode(DOMAIN), new TextEncoder().encode(use), 32);
  return { auth: part('auth'), wrap: part('wrap') };
}

/** Nonce and AES-256-GCM of the identity, bound to the login. */
export async function wrapIdentity(identity: Identity, wrap: Uint8Array, login: string): Promise<Uint8Array> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const additionalData = new TextEncoder().encode(`${DOMAIN}/${login}`);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    await aes(wrap, 'encrypt'),
    new TextEncoder().encode(identity),
  );
  const out = new Uint8Array(NONCE + sealed.byteLength);
  out.set(iv);
  out.set(new Uint8Array(sealed), NONCE);
  return out;
}

/** Throws {@link SealError} where the passphrase or the bytes are not the right ones. */
export async function unwrapIdentity(wrapped: Uint8Array, wrap: Uint8Array, login: string): Promise<Identity> {
  const additionalData = new TextEncoder().encode(`${DOMAIN}/${login}`);
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: wrapped.slice(0, NONCE), additionalData },
      await aes(wrap, 'decrypt'),
      wrapped.slice(NONCE),
    );
    return new TextDecoder().decode(bytes) as Identity;
  } catch {
    throw new SealError('the key does not open with this passphrase');
  }
}

const aes = (key: Uint8Array, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', key.slice(), 'AES-GCM', false, [use]);

/** Words that guessers try first; what contains them counts as shorter by as much. */
const COMMON =
  /password|passw0rd|qwerty|asdf|admin|rahasia|bawaslu|bkpsdm|inspektorat|netral|indonesia|pemilu|pilkada|sayang|bismillah|merdeka|12345\d*|\d{6,}/gi;

/** 0 (do not take it) to 4. Counts what a guesser must find: lengths without repetitions, runs and the commonest words. */
export function strength(passphrase: string): 0 | 1 | 2 | 3 | 4 {
  const rest = passphrase
    .normalize('NFKC')
    .trim()
    .replace(COMMON, '')
    .replace(/(.)\1+/g, '$1');
  const words = new Set(
    rest
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= 4),
  ).size;
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(rest)).length;
  const score = Math.min(new Set(rest).size, 20) + rest.length + 4 * words + 2 * kinds;
  if (rest.length < 10) return 0;
  return score >= 58 ? 4 : score >= 48 ? 3 : score >= 38 ? 2 : 1;
}

/** Weakest strength that is taken. */
export const ENOUGH = 2;
