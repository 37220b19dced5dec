/**
 * The part of HPKE (RFC 9180) that opens age's hybrid stanzas: base mode, X-Wing (0x647a), HKDF-SHA256 (1), ChaCha20-Poly1305 (3).
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

const utf8 = new TextEncoder();
const VERSION = utf8.encode('HPKE-v1');
const SUITE = concatBytes(utf8.encode('HPKE'), Uint8Array.of(0x64, 0x7a, 0x00, 0x01, 0x00, 0x03));
const INFO = utf8.encode('age-encryption.org/mlkem768x25519');
const EMPTY = new Uint8Array();

/** LabeledExtract of section 4. */
const labeledExtract = (salt: Uint8Array | undefined, label: string, input: Uint8Array): Uint8Array =>
  extract(sha256, concatBytes(VERSION, SUITE, utf8.encode(label), input), salt);

/** LabeledExpand of section 4. */
const labeledExpand = (secret: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array =>
  expand(sha256, secret, concatBytes(Uint8Array.of(0, length), VERSION, SUITE, utf8.encode(label), info), length);

/** Of section 5.1; the same for every stanza. */
const CONTEXT = concatBytes(
  Uint8Array.of(0),
  labeledExtract(undefined, 'psk_id_hash', EMPTY),
  labeledExtract(undefined, 'info_hash', INFO),
);

/** The file key, or undefined where it was sealed with another shared secret, or changed. */
export function openFileKey(shared: Uint8Array, body: Uint8Array): Uint8Array | undefined {
  const secret = labeledExtract(shared, 'secret', EMPTY);
  const key = labeledExpand(secret, 'key', CONTEXT, 32);
  const nonce = labeledExpand(secret, 'base_nonce', CONTEXT, 12);
  try {
    return chacha20poly1305(key, nonce).decrypt(body);
  } catch {
    return undefined;
  }
}
