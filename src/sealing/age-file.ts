/**
 * Opening an age file (https://c2sp.org/age) that is in memory already. Gives the same as the age library, and refuses the same, as tests
 * hold one against the other; but that reads every file as a stream, which for a short text takes longer than its cryptography.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { equalBytes } from '@noble/ciphers/utils.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { base64nopad } from '@scure/base';
import type { Identity as AgeIdentity, Stanza } from 'age-encryption';
import { SealError } from './keys.ts';

const VERSION = 'age-encryption.org/v1';
const PAYLOAD_NONCE = 16;
const TAG = 16;
const SEALED_CHUNK = 64 * 1024 + TAG;
/** Bytes of a full line of a stanza's body. */
const COLUMNS = 48;
const utf8 = new TextEncoder();

/** Throws what is no age file for this key; nothing of a changed or cut one is given out. */
export async function openFile(file: Uint8Array, identity: AgeIdentity): Promise<Uint8Array> {
  const { stanzas, signed, mac, rest } = readHeader(file);
  const fileKey = await identity.unwrapFileKey([...stanzas]);
  if (fileKey === null) throw new SealError('sealed to others');
  const expected = hmac(sha256, hkdf(sha256, fileKey, undefined, utf8.encode('header'), 32), signed);
  if (!equalBytes(expected, mac)) throw new SealError('the header was changed');
  if (rest.length < PAYLOAD_NONCE) throw new SealError('the file was cut');
  const key = hkdf(sha256, fileKey, rest.subarray(0, PAYLOAD_NONCE), utf8.encode('payload'), 32);
  return openChunks(rest.subarray(PAYLOAD_NONCE), key);
}

interface Header {
  readonly stanzas: readonly Stanza[];
  /** What the MAC is of. */
  readonly signed: Uint8Array;
  readonly mac: Uint8Array;
  readonly rest: Uint8Array;
}

function readHeader(file: Uint8Array): Header {
  const lines = new Lines(file);
  if (lines.next() !== VERSION) throw new SealError('no age file');
  const stanzas: Stanza[] = [];
  for (;;) {
    const from = lines.at;
    const line = lines.next();
    const [arrow, ...args] = line.split(' ');
    if (arrow !== '->' || args.length === 0) {
      if (!line.startsWith('--- ')) throw new SealError('no age file');
      const signed = file.subarray(0, from + '---'.length);
      return { stanzas, signed, mac: base64nopad.decode(line.slice('--- '.length)), rest: file.subarray(lines.at) };
    }
    if (args.includes('')) throw new SealError('no age file');
    stanzas.push({ args, body: readBody(lines) });
  }
}

/** Lines of 48 bytes, and a shorter one, which may be empty. */
function readBody(lines: Lines): Uint8Array {
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = base64nopad.decode(lines.next());
    if (part.length > COLUMNS) throw new SealError('no age file');
    parts.push(part);
    if (part.length < COLUMNS) return concatBytes(...parts);
  }
}

class Lines {
  /** Where the next line begins. */
  at = 0;
  readonly #file: Uint8Array;

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  next(): string {
    const end = this.#file.indexOf(0x0a, this.at);
    const line = this.#file.subarray(this.at, end);
    if (end < 0 || !line.every((byte) => byte >= 0x20 && byte <= 0x7e)) throw new SealError('no age file');
    this.at = end + 1;
    return new TextDecoder().decode(line);
  }
}

function openChunks(sealed: Uint8Array, key: Uint8Array): Uint8Array {
  const count = Math.max(1, Math.ceil(sealed.length / SEALED_CHUNK));
  const opened = Array.from({ length: count }, (_, number) => {
    const chunk = sealed.subarray(number * SEALED_CHUNK, (number + 1) * SEALED_CHUNK);
    const plain = chacha20poly1305(key, chunkNonce(number, number === count - 1)).decrypt(chunk);
    // an empty last chunk stands only in an empty file
    if (plain.length === 0 && number > 0) throw new SealError('the file was changed');
    return plain;
  });
  return concatBytes(...opened);
}

/** The chunk's number in 11 bytes, then 1 for the last one. */
function chunkNonce(number: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, number);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}
