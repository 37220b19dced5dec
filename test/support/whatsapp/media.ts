/** Files as WhatsApp keeps them: encrypted blobs on an HTTPS host, keys and hashes in the message. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hkdf, hmacSign, type proto, sha256 } from '@whiskeysockets/baileys';
import { selfSigned } from './certificate.ts';
import type { MediaOptions, MediaTampering } from './messages.ts';

export type MediaKind = 'image' | 'document' | 'audio' | 'video';

const INFO = { image: 'Image', document: 'Document', audio: 'Audio', video: 'Video' } satisfies Record<
  MediaKind,
  string
>;
const MIMETYPE = {
  image: 'image/jpeg',
  document: 'application/pdf',
  audio: 'audio/ogg; codecs=opus',
  video: 'video/mp4',
} satisfies Record<MediaKind, string>;
const MAC_LENGTH = 10;
const STALL_AFTER = 64 * 1024;

function deriveKeys(mediaKey: Uint8Array, kind: MediaKind) {
  const keys = hkdf(mediaKey, 112, { info: `WhatsApp ${INFO[kind]} Keys` });
  return { iv: keys.slice(0, 16), cipherKey: keys.slice(16, 48), macKey: keys.slice(48, 80) };
}

const macOf = (iv: Uint8Array, body: Uint8Array, macKey: Uint8Array): Buffer =>
  Buffer.from(hmacSign(Buffer.concat([iv, body]), macKey)).subarray(0, MAC_LENGTH);

function seal(plain: Uint8Array, mediaKey: Uint8Array, kind: MediaKind): Buffer {
  const { iv, cipherKey, macKey } = deriveKeys(mediaKey, kind);
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const mac = macOf(iv, body, macKey);
  return Buffer.concat([body, mac]);
}

const digest = (content: Uint8Array): Buffer => Buffer.from(sha256(Buffer.from(content)));

const isHash = (content: Uint8Array, hash: Uint8Array | null | undefined): boolean =>
  digest(content).equals(hash ?? Buffer.alloc(0));

/** What a media message holds about its file. */
export type MediaReference = Pick<
  proto.Message.IImageMessage,
  'mediaKey' | 'directPath' | 'fileSha256' | 'fileEncSha256' | 'fileLength'
>;

interface Blob {
  readonly bytes: Buffer;
  readonly tamper: MediaTampering | undefined;
  /** How often it still goes wrong. */
  left: number;
}

const certificate = selfSigned();
export const mediaCertificate: string = certificate.cert;

export class MediaHost {
  readonly #server: Server = createServer(certificate, (request, response) => this.#serve(request, response));
  readonly #blobs = new Map<string, Blob>();
  /** How often anything was fetched. */
  fetched = 0;

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Puts a file on the host, or a lie about one. Returns the message about it. */
  offer(plain: Uint8Array, kind: MediaKind, options: MediaOptions): proto.IMessage {
    const { tamper, caption, mimetype = MIMETYPE[kind], fileName } = options;
    const mediaKey = randomBytes(32);
    const blob = seal(plain, mediaKey, kind);
    const path = `/v/t62.7118-24/${randomBytes(9).toString('hex')}_n.enc`;
    const stored = Buffer.from(blob);
    if (tamper?.kind === 'mac') stored.fill(0, stored.length - MAC_LENGTH);
    if (tamper?.kind === 'body') stored[Math.floor((stored.length - MAC_LENGTH) / 2)]! ^= 1;
    const left = tamper?.kind === 'status' ? (tamper.times ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    this.#blobs.set(path, { bytes: stored, tamper, left });
    const other = randomBytes(32);
    const elsewhere = tamper?.kind === 'location' ? tamper : undefined;
    const content = {
      url: elsewhere?.url ?? `https://${this.host}${path}`,
      directPath: elsewhere ? (elsewhere.directPath ?? '') : path,
      mediaKey,
      mimetype,
      fileSha256: tamper?.kind === 'plain-hash' ? other : digest(plain),
      fileEncSha256: tamper?.kind === 'cipher-hash' ? other : digest(tamper?.kind === 'mac' ? stored : blob),
      fileLength: tamper?.kind === 'length' ? tamper.declared : plain.length,
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
    };
    const named = { ...content, ...(caption !== undefined && { caption }) };
    switch (kind) {
      case 'image':
        return { imageMessage: named };
      case 'video':
        return { videoMessage: named };
      case 'audio':
        return { audioMessage: { ...content, ptt: true, seconds: 3 } };
      case 'document': {
        const documentMessage = { ...named, fileName: fileName ?? 'surat.pdf', title: fileName ?? 'surat.pdf' };
        // phones wrap a document that has a caption
        return caption === undefined
          ? { documentMessage }
          : { documentWithCaptionMessage: { message: { documentMessage } } };
      }
      default:
        return kind satisfies never;
    }
  }

  /** Reads a file that the bot has uploaded, as a phone does: with both hashes, MAC and length checked. */
  open(reference: MediaReference, kind: MediaKind): Buffer {
    const blob = this.#blobs.get(reference.directPath ?? '')?.bytes;
    if (!blob) throw new Error(`nothing was uploaded to "${reference.directPath}"`);
    if (!isHash(blob, reference.fileEncSha256)) throw new Error('fileEncSha256 is wrong');
    const { iv, cipherKey, macKey } = deriveKeys(reference.mediaKey!, kind);
    const body = blob.subarray(0, -MAC_LENGTH);
    const mac = macOf(iv, body, macKey);
    if (!mac.equals(blob.subarray(-MAC_LENGTH))) throw new Error('the MAC is wrong');
    const cipher = createDecipheriv('aes-256-cbc', cipherKey, iv);
    const plain = Buffer.concat([cipher.update(body), cipher.final()]);
    if (!isHash(plain, reference.fileSha256)) throw new Error('fileSha256 is wrong');
    if (Number(reference.fileLength) !== plain.length) throw new Error('fileLength is wrong');
    return plain;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', 'https://host');
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.#blobs.set(pathname, { bytes: Buffer.concat(chunks), tamper: undefined, left: 0 });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ url: `https://${this.host}${pathname}`, direct_path: pathname }));
      });
      return;
    }
    const blob = this.#blobs.get(pathname);
    this.fetched++;
    if (blob) send(response, blob);
    else response.writeHead(404).end();
  }
}

function send(response: ServerResponse, blob: Blob): void {
  const { bytes } = blob;
  const tamper = blob.left-- > 0 ? blob.tamper : undefined;
  switch (tamper?.kind) {
    case 'status':
      response.writeHead(tamper.status).end();
      return;
    case 'redirect':
      response.writeHead(302, { location: tamper.location }).end();
      return;
    case 'stall':
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, Math.min(STALL_AFTER, Math.floor(bytes.length / 2))));
      return;
    case 'huge':
      pour(response, tamper.bytes);
      return;
    default:
      response.writeHead(200, { 'content-length': bytes.length, 'content-type': 'application/octet-stream' });
      response.end(bytes);
  }
}

/** Sends zeros without saying how many, until all are out or the client has had enough. */
function pour(response: ServerResponse, total: number): void {
  const block = Buffer.alloc(64 * 1024);
  let left = total;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      const part = block.subarray(0, Math.min(left, block.length));
      left -= part.length;
      if (!response.write(part)) return;
    }
    if (left <= 0) response.end();
  };
  response.on('drain', more);
  response.writeHead(200);
  more();
}
