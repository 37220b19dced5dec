/**
 * Sealing with age on Node's own cryptography, for the server: the same files as `sealBytes` makes, several times faster. Format:
 * https://c2sp.org/age (header with its MAC, then 64 KiB chunks of ChaCha20-Poly1305).
 */
import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { Recipient, Stanza } from 'age-encryption';
import { type Entry, encodeEntry } from '../sealing/entry.ts';
import type { Id } from '../sealing/id.ts';
import { encodeCaseKey, type Identity, SealError, type Sealed } from '../sealing/keys.ts';
import { hkdf, hmac } from './hmac.ts';

export const CHUNK = 64 * 1024;
export const TAG = 16;
export const PAYLOAD_NONCE = 16;
const FILE_KEY = 16;
const COLUMNS = 64;

/** Seals bytes to all of `to`; any one of them opens it. Throws {@link SealError} where nobody could. */
export async function sealFast(bytes: Uint8Array, to: readonly Recipient[]): Promise<Sealed> {
  if (to.length === 0) throw new SealError('nobody could open this');
  const fileKey = randomBytes(FILE_KEY);
  const stanzas: Stanza[] = [];
  for (const recipient of to) stanzas.push(...(await recipient.wrapFileKey(fileKey)));
  const header = `age-encryption.org/v1\n${stanzas.map(written).join('')}---`;
  const mac = headerMac(fileKey, Buffer.from(header));
  const nonce = randomBytes(PAYLOAD_NONCE);
  return Buffer.concat([
    Buffer.from(`${header} ${base64(mac)}\n`),
    nonce,
    ...chunks(bytes, payloadKey(fileKey, nonce)),
  ]) as Uint8Array as Sealed;
}

/** As `sealEntry`. Throws `TooLarge`. */
export const sealEntryFast = (entry: Entry, to: readonly Recipient[]): Promise<Sealed> =>
  sealFast(encodeEntry(entry), to);

/** As `wrapCaseKey`. */
export const wrapCaseKeyFast = (caseId: Id, identity: Identity, to: Recipient): Promise<Sealed> =>
  sealFast(encodeCaseKey(caseId, identity), [to]);

const NO_SALT = Buffer.alloc(32);

/** What proves that nothing of a header was changed. @param header up to and with `---` */
export const headerMac = (fileKey: Uint8Array, header: Uint8Array): Buffer =>
  hmac(hkdf(fileKey, NO_SALT, Buffer.from('header')), header);

/** The key of the chunks. */
export const payloadKey = (fileKey: Uint8Array, nonce: Uint8Array): Buffer =>
  hkdf(fileKey, nonce, Buffer.from('payload'));

/** Nonce of a chunk: its number in 11 bytes, then 1 for the last one. */
export function chunkNonce(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 7);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** How many chunks so many bytes make: at least one, because the last is told from a cut file by its mark. */
export const chunkCount = (length: number, chunk = CHUNK): number => Math.max(1, Math.ceil(length / chunk));

function chunks(bytes: Uint8Array, keyBytes: Buffer): Buffer[] {
  const count = chunkCount(bytes.length);
  // a key as bytes takes Node longer: it first finds out, by an error, that they are no key object
  const key = createSecretKey(keyBytes);
  return Array.from({ length: count }, (_, i) => {
    const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(i, i === count - 1), { authTagLength: TAG });
    const sealed = cipher.update(bytes.subarray(i * CHUNK, (i + 1) * CHUNK));
    return Buffer.concat([sealed, cipher.final(), cipher.getAuthTag()]);
  });
}

/** A stanza as it stands in a header: its body in lines of 64, of which the last one is shorter. */
function written({ args, body }: Stanza): string {
  const text = base64(body);
  const lines: readonly string[] = text.match(/.{1,64}/g) ?? [];
  const lastLine = text.length % COLUMNS === 0 ? '\n' : '';
  return `-> ${args.join(' ')}\n${lines.join('\n')}\n${lastLine}`;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
