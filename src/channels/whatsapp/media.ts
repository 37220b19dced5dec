/**
 * Files that people send: fetched only from WhatsApp's hosts, never more than the limit, and checked in every way that WhatsApp provides for before a byte
 * is handed on. Baileys' own download follows the sender's URL anywhere and checks nothing.
 */
import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

/** The fields that all of WhatsApp's media messages share. */
export interface MediaFields {
  readonly url?: string | null;
  readonly directPath?: string | null;
  readonly mediaKey?: Uint8Array | string | null | undefined;
  readonly fileSha256?: Uint8Array | string | null | undefined;
  readonly fileEncSha256?: Uint8Array | string | null | undefined;
  readonly fileLength?: { toString(): string } | null | undefined;
}

export interface MediaOptions {
  /** `host`, `host:port` or `*.domain`. */
  readonly hosts: readonly string[];
  /** Largest file in bytes. */
  readonly limit: number;
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly fetch?: typeof fetch;
}

/** Why a file was not taken. `gone`: WhatsApp has deleted it; the sender's phone can upload it again. */
export type MediaFault =
  | 'incomplete'
  | 'host'
  | 'too-large'
  | 'gone'
  | 'status'
  | 'network'
  | 'hash'
  | 'mac'
  | 'length';

export class MediaError extends Error {
  readonly fault: MediaFault;
  constructor(fault: MediaFault) {
    super(`the file was not taken (${fault})`);
    this.name = 'MediaError';
    this.fault = fault;
  }
}

const PURPOSES: Readonly<Record<MediaKind, string>> = {
  image: 'WhatsApp Image Keys',
  sticker: 'WhatsApp Image Keys',
  video: 'WhatsApp Video Keys',
  audio: 'WhatsApp Audio Keys',
  document: 'WhatsApp Document Keys',
};
const MAC = 10;
const BLOCK = 16;

/** Fetches and decrypts a file. Throws {@link MediaError}, whose message names no host and no file. */
export async function downloadMedia(fields: MediaFields, kind: MediaKind, options: MediaOptions): Promise<Buffer> {
  const key = bytes(fields.mediaKey);
  const plainHash = bytes(fields.fileSha256);
  const sealedHash = bytes(fields.fileEncSha256);
  const length = Number(fields.fileLength?.toString() ?? Number.NaN);
  if (key.length !== 32 || plainHash.length !== 32 || sealedHash.length !== 32 || !Number.isSafeInteger(length))
    throw new MediaError('incomplete');
  if (length > options.limit) throw new MediaError('too-large');
  // padding to whole blocks, at least one byte of it, and the MAC
  const sealedLength = (Math.floor(length / BLOCK) + 1) * BLOCK + MAC;
  const sealed = await get(locate(fields, options.hosts), sealedLength, options);
  if (!equal(digest(sealed), sealedHash)) throw new MediaError('hash');
  if (sealed.length !== sealedLength) throw new MediaError('length');
  const plain = open(sealed, key, kind);
  if (!equal(digest(plain), plainHash)) throw new MediaError('hash');
  return plain;
}

/** The address: the sender's, if its host is allowed; else the sender's path on the first allowed host, as WhatsApp's own clients do. */
function locate({ url, directPath }: MediaFields, hosts: readonly string[]): URL {
  const named = url && URL.canParse(url) ? new URL(url) : undefined;
  const allowed =
    named?.protocol === 'https:' && named.username === '' && hosts.some((host) => matches(named.host, host));
  if (!directPath) {
    if (!named || !allowed) throw new MediaError('host');
    return named;
  }
  const host = allowed ? named.host : hosts.find((candidate) => !candidate.startsWith('*'));
  const place = URL.canParse(directPath, `https://${host}`) ? new URL(directPath, `https://${host}`) : undefined;
  // a path such as //evil.example would name another host
  if (host === undefined || place?.host !== host || place.protocol !== 'https:' || !directPath.startsWith('/'))
    throw new MediaError('host');
  return place;
}

const matches = (host: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;

async function get(place: URL, most: number, options: MediaOptions): Promise<Buffer> {
  const { fetch: request = fetch, timeout } = options;
  try {
    const response = await request(place, {
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: { origin: 'https://web.whatsapp.com' },
    });
    if (response.status === 404 || response.status === 410) throw new MediaError('gone');
    if (response.status !== 200 || !response.body) throw new MediaError('status');
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > most) throw new MediaError('too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    throw error instanceof MediaError ? error : new MediaError('network');
  }
}

/** Checks the MAC, then decrypts (AES-256-CBC; both keys and the IV come from the media key, as in WhatsApp's security white paper). */
function open(sealed: Buffer, mediaKey: Buffer, kind: MediaKind): Buffer {
  const expanded = Buffer.from(hkdfSync('sha256', mediaKey, Buffer.alloc(32), PURPOSES[kind], 112));
  const [iv, cipherKey, macKey] = [expanded.subarray(0, 16), expanded.subarray(16, 48), expanded.subarray(48, 80)];
  const body = sealed.subarray(0, -MAC);
  const mac = createHmac('sha256', macKey).update(iv).update(body).digest().subarray(0, MAC);
  if (!equal(mac, sealed.subarray(-MAC))) throw new MediaError('mac');
  try {
    const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new MediaError('mac');
  }
}

const digest = (data: Buffer): Buffer => createHash('sha256').update(data).digest();
const equal = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
const bytes = (value: Uint8Array | string | null | undefined): Buffer =>
  typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value ?? []);
