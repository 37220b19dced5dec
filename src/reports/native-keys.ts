/**
 * age's post-quantum hybrid keys on Node's own cryptography. The age library computes ML-KEM in JavaScript, about 5 ms a seal; this
 * is some ten times faster and makes the same bytes: tests open them with the library, and the other way round.
 *
 * KEM: MLKEM768-X25519 (X-Wing, draft-connolly-cfrg-xwing-kem section 5); key schedule: HPKE base mode (RFC 9180 section 5.1) with
 * HKDF-SHA256 and ChaCha20-Poly1305; stanza: age's `mlkem768x25519`.
 */
import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { bech32 } from '@scure/base';
import type { Recipient, Stanza } from 'age-encryption';
import { type Identity, type RecipientText, SealError } from '../sealing/keys.ts';
import { hmac } from './hmac.ts';

const ML_KEM = 'ml-kem-768';
const ML_KEM_PUBLIC = 1184;
const ML_KEM_SEED = 64;
const X25519_KEY = 32;
/** HPKE's suite id: KEM 0x647a, KDF HKDF-SHA256 (1), AEAD ChaCha20-Poly1305 (3). */
const SUITE = Buffer.concat([Buffer.from('HPKE'), Buffer.from([0x64, 0x7a, 0x00, 0x01, 0x00, 0x03])]);
const XWING_LABEL = Buffer.from('\\.//^\\');
const INFO = Buffer.from('age-encryption.org/mlkem768x25519');
const EMPTY = Buffer.alloc(0);

/** A recipient for `sealBytes`, with its keys read once. Throws {@link SealError} where the text is none. */
export function nativeRecipient(text: RecipientText): Recipient {
  const bytes = decode(text, 'age1pq');
  if (bytes.length !== ML_KEM_PUBLIC + X25519_KEY) throw new SealError('not a post-quantum age recipient');
  const x25519Bytes = bytes.subarray(ML_KEM_PUBLIC);
  const { mlKem, x25519 } = publicKeys(bytes.subarray(0, ML_KEM_PUBLIC), x25519Bytes);
  return { wrapFileKey: (fileKey) => [wrap(fileKey, mlKem, x25519, x25519Bytes)] };
}

/** Throws {@link SealError} for what is no key, as a stranger may send it: it would be noticed only by who seals to it. */
function publicKeys(
  mlKemBytes: Buffer,
  x25519Bytes: Buffer,
): { readonly mlKem: KeyObject; readonly x25519: KeyObject } {
  try {
    const mlKem = createPublicKey({ key: mlKemBytes, format: 'raw-public', asymmetricKeyType: ML_KEM });
    const x25519 = createPublicKey({ key: x25519Bytes, format: 'raw-public', asymmetricKeyType: 'x25519' });
    // fails for the few points with which every private key agrees on zero (RFC 7748 section 6.1)
    diffieHellman({ privateKey: PROBE, publicKey: x25519 });
    return { mlKem, x25519 };
  } catch {
    throw new SealError('not a post-quantum age recipient');
  }
}

/** Any private key: no secret. */
const PROBE = generateKeyPairSync('x25519').privateKey;

function wrap(fileKey: Uint8Array, mlKem: KeyObject, x25519: KeyObject, x25519Bytes: Uint8Array): Stanza {
  const { sharedKey, ciphertext } = encapsulate(mlKem);
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralBytes = rawX25519(ephemeral.publicKey);
  const agreed = diffieHellman({ privateKey: ephemeral.privateKey, publicKey: x25519 });
  const { key, nonce } = keySchedule(combine(sharedKey, agreed, ephemeralBytes, x25519Bytes));
  const cipher = createCipheriv('chacha20-poly1305', createSecretKey(key), nonce, { authTagLength: 16 });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  const share = Buffer.concat([ciphertext, ephemeralBytes]).toString('base64').replace(/=+$/, '');
  return { args: ['mlkem768x25519', share], body: new Uint8Array(body) };
}

/** X-Wing's combiner: one secret of both. */
export const combine = (mlKem: Uint8Array, x25519: Uint8Array, ephemeral: Uint8Array, recipient: Uint8Array): Buffer =>
  createHash('sha3-256').update(mlKem).update(x25519).update(ephemeral).update(recipient).update(XWING_LABEL).digest();

/** A new key pair, as `makeKeyPair` makes it. */
export function makeKeyPairFast(): { readonly identity: Identity; readonly recipient: RecipientText } {
  const identity = bech32
    .encode('AGE-SECRET-KEY-PQ-', bech32.toWords(randomBytes(32)), false)
    .toUpperCase() as Identity;
  return { identity, recipient: recipientOf(identity) };
}

/** The public half of an identity. Throws {@link SealError} where the text is none. */
export function recipientOf(identity: Identity): RecipientText {
  const { mlKem, x25519Public } = privateKeys(identity);
  const bytes = Buffer.concat([createPublicKey(mlKem).export({ format: 'raw-public' }), x25519Public]);
  return bech32.encode('age1pq', bech32.toWords(bytes), false) as RecipientText;
}

/** Both private keys of an identity. Throws {@link SealError} where the text is none. */
export function privateKeys(identity: Identity): {
  readonly mlKem: KeyObject;
  readonly x25519: KeyObject;
  readonly x25519Public: Buffer;
} {
  const seed = decode(identity, 'AGE-SECRET-KEY-PQ-');
  if (seed.length !== 32) throw new SealError('not a post-quantum age identity');
  const expanded = createHash('shake256', { outputLength: ML_KEM_SEED + X25519_KEY })
    .update(seed)
    .digest();
  const mlKem = createPrivateKey({
    key: expanded.subarray(0, ML_KEM_SEED),
    format: 'raw-seed',
    asymmetricKeyType: ML_KEM,
  });
  const x25519 = createPrivateKey({
    key: expanded.subarray(ML_KEM_SEED),
    format: 'raw-private',
    asymmetricKeyType: 'x25519',
  });
  return { mlKem, x25519, x25519Public: rawX25519(createPublicKey(x25519)) };
}

const rawX25519 = (key: KeyObject): Buffer => key.export({ format: 'raw-public' });

function decode(text: string, prefix: string): Buffer {
  try {
    const found = bech32.decode(text as `${string}1${string}`, false);
    if (text.startsWith(prefix) && found.prefix === prefix.toLowerCase())
      return Buffer.from(bech32.fromWords(found.words));
  } catch {
    // told below
  }
  throw new SealError('not a post-quantum age key');
}

/** HPKE's context in base mode; the same for every seal. */
const context = (): Buffer =>
  Buffer.concat([Buffer.from([0]), extract(EMPTY, 'psk_id_hash', EMPTY), extract(EMPTY, 'info_hash', INFO)]);

/** Key and nonce that seal the file key. */
export function keySchedule(shared: Buffer): { readonly key: Buffer; readonly nonce: Buffer } {
  const secret = extract(shared, 'secret', EMPTY);
  return { key: expand(secret, 'key', CONTEXT, 32), nonce: expand(secret, 'base_nonce', CONTEXT, 12) };
}

const VERSION = Buffer.from('HPKE-v1');

/** LabeledExtract of RFC 9180 section 4; an empty salt is HKDF's block of zeros. */
const extract = (salt: Buffer, label: string, input: Buffer): Buffer =>
  hmac(salt, VERSION, SUITE, Buffer.from(label), input);

/** LabeledExpand of RFC 9180 section 4, for lengths up to one block. */
const expand = (secret: Buffer, label: string, info: Buffer, length: number): Buffer =>
  hmac(secret, Buffer.from([0, length]), VERSION, SUITE, Buffer.from(label), info, Buffer.from([1])).subarray(
    0,
    length,
  );

const CONTEXT = context();
