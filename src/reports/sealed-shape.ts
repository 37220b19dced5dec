/** How sealed bytes look from outside: all that can be checked of what was sealed in a browser. */

import { encodeCaseKey } from '../sealing/keys.ts';
import { BUCKETS } from '../sealing/padding.ts';
import { makeKeyPairFast } from './native-keys.ts';
import { CHUNK, chunkCount, PAYLOAD_NONCE, TAG } from './native-seal.ts';

const VERSION_LINE = 'age-encryption.org/v1\n';
const STANZA = '-> mlkem768x25519 ';
/** Characters of base64 without its `=`. */
const base64Length = (bytes: number): number => Math.ceil((bytes * 4) / 3);
/** Encapsulated key, file key, MAC: 1,120, 32 and 32 bytes; each with its line break. */
const STANZA_LENGTH = STANZA.length + base64Length(1120) + 1 + base64Length(32) + 1;
const MAC_LENGTH = '--- '.length + base64Length(32) + 1;

/** Bytes of an age file with so many recipients of ours. */
export const sealedSize = (content: number, recipients = 1): number =>
  VERSION_LINE.length +
  recipients * STANZA_LENGTH +
  MAC_LENGTH +
  PAYLOAD_NONCE +
  content +
  TAG * chunkCount(content, CHUNK);

const ENTRY_SIZES = new Set(BUCKETS.map((bucket) => sealedSize(bucket)));
const WRAP_SIZE = sealedSize(encodeCaseKey('x'.repeat(22), makeKeyPairFast().identity).length);

/** True where this may be an entry, sealed to one recipient: its size is that of a bucket. */
export const looksLikeEntry = (sealed: Uint8Array): boolean => ENTRY_SIZES.has(sealed.length) && hasHead(sealed);

/** True where this may be a case's key, wrapped to one reader. */
export const looksLikeWrap = (wrapped: Uint8Array): boolean => wrapped.length === WRAP_SIZE && hasHead(wrapped);

const HEAD = Buffer.from(VERSION_LINE + STANZA);
const hasHead = (sealed: Uint8Array): boolean => HEAD.equals(sealed.subarray(0, HEAD.length));
