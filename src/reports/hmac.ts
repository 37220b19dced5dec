/**
 * HMAC-SHA256 (RFC 2104) and HKDF (RFC 5869) on one-shot hashes. Node's own set up an OpenSSL context each time, 0.05 ms of it; a seal
 * needs nine, and so most of its time went there.
 */
import { hash } from 'node:crypto';

const BLOCK = 64;

/** @param key at most 64 bytes: all keys here are */
export function hmac(key: Uint8Array, ...data: readonly Uint8Array[]): Buffer {
  if (key.length > BLOCK) throw new RangeError('the key is longer than a block');
  const inner = Buffer.alloc(BLOCK, 0x36);
  const outer = Buffer.alloc(BLOCK, 0x5c);
  for (const [i, byte] of key.entries()) {
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  return sha256(Buffer.concat([outer, sha256(Buffer.concat([inner, ...data]))]));
}

/** 32 bytes. */
export const hkdf = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array): Buffer =>
  hmac(hmac(salt, secret), info, Buffer.from([1]));

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');
