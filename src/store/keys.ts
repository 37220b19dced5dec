/** The server's key: what makes pseudonyms of addresses and seals conversation states. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from './database.ts';

/** An address as a platform writes it. Never logged, never stored. */
export type ChatAddress = string & { readonly __brand: 'ChatAddress' };
/** What stands for an address in the database: the same for the same address and key, and not to be turned back without the key. */
export type Pseudonym = string & { readonly __brand: 'Pseudonym' };

export const chatAddress = (text: string): ChatAddress => text as ChatAddress;

const NONCE = 12;
const TAG = 16;

export class ServerKey {
  readonly #naming: Buffer;
  readonly #sealing: Buffer;

  /** @param secret 32 random bytes */
  constructor(secret: Buffer) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `tanya-netral/${use}`, 32));
    this.#naming = derive('pseudonyms');
    this.#sealing = derive('states');
  }

  pseudonym(channel: string, address: ChatAddress): Pseudonym {
    return createHmac('sha256', this.#naming).update(`${channel}\u0000${address}`).digest('base64url') as Pseudonym;
  }

  /** AES-256-GCM bound to `owner`, so that a sealed text moved to another row does not open. */
  seal(text: string, owner: string): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#sealing, nonce).setAAD(Buffer.from(owner));
    return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  }

  /** The text, or undefined where the bytes were made with another key, for another owner, or changed. */
  open(sealed: Uint8Array, owner: string): string | undefined {
    const bytes = Buffer.from(sealed);
    if (bytes.length < NONCE + TAG) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#sealing, bytes.subarray(0, NONCE)).setAAD(
        Buffer.from(owner),
      );
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, bytes.length - TAG)), decipher.final()]).toString(
        'utf8',
      );
    } catch {
      return undefined;
    }
  }
}

/** Reads `folder/server.key`, or makes it (owner-readable only) at the first start. Throws {@link StoreError}. */
export function loadServerKey(folder: string): ServerKey {
  const path = join(folder, 'server.key');
  if (!existsSync(path)) {
    try {
      writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch {
      if (!existsSync(path))
        throw new StoreError(`${path} cannot be written; make the data folder writable for this user`);
    }
  }
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StoreError(`${path} cannot be read; make it a file that this user may read, or restore it from a backup`);
  }
  const secret = Buffer.from(text.trim(), 'base64url');
  if (secret.length !== 32)
    throw new StoreError(`${path} is damaged; restore it from a backup, or delete it (conversations then start anew)`);
  return new ServerKey(secret);
}
