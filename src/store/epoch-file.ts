/**
 * A file for a secret that is replaced often, and whose forerunner must be gone for good. It has two slots, each a block of its own that is overwritten
 * in place: the next secret is on disk before the last one is wiped, and a write that a power cut tears spoils no more than its own slot.
 *
 * A file system that never writes in place (btrfs, ZFS), snapshots and the spare cells of an SSD may keep what was wiped: docs/threat-model.md.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './code-of.ts';
import { StoreError } from './database.ts';

/** Bytes of a slot: no disk has larger blocks that are written at once. */
const SLOT = 4096;
const ID = 8;
const SECRET = 32;
const CHECK = 8;

export type Slot = 0 | 1;

/** A secret and what it is called. */
export interface Epoch {
  /** 8 random bytes. */
  readonly id: Buffer;
  /** 32 random bytes. */
  readonly secret: Buffer;
}

export class EpochFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** What stands in the slots; undefined where one is empty, or was being written when the power went. Throws {@link StoreError}. */
  async read(): Promise<readonly [Epoch | undefined, Epoch | undefined]> {
    return this.#with('r', async (file) => {
      const bytes = Buffer.alloc(2 * SLOT);
      await file.read(bytes, 0, bytes.length, 0);
      return [parse(bytes.subarray(0, SLOT)), parse(bytes.subarray(SLOT))];
    });
  }

  /** Makes the file, empty, where there is none. Throws {@link StoreError}. */
  async prepare(): Promise<void> {
    try {
      const file = await open(this.#path, 'wx', 0o600);
      await file.write(Buffer.alloc(2 * SLOT), 0, 2 * SLOT, 0);
      await file.sync();
      await file.close();
      // the name itself has to reach the disk, too
      const folder = await open(dirname(this.#path), 'r');
      await folder.sync().finally(() => folder.close());
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw this.#explained(error);
    }
  }

  /** Resolves when the secret is on disk. Throws {@link StoreError}. */
  write(slot: Slot, { id, secret }: Epoch): Promise<void> {
    return this.#fill(slot, Buffer.concat([id, secret, check(id, secret)]));
  }

  /** Resolves when nothing of the slot's secret is on disk. Throws {@link StoreError}. */
  wipe(slot: Slot): Promise<void> {
    return this.#fill(slot, Buffer.alloc(0));
  }

  #fill(slot: Slot, content: Buffer): Promise<void> {
    const block = Buffer.alloc(SLOT);
    content.copy(block);
    return this.#with('r+', async (file) => {
      await file.write(block, 0, SLOT, slot * SLOT);
      await file.sync();
    });
  }

  async #with<T>(flags: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
    try {
      const file = await open(this.#path, flags);
      return await work(file).finally(() => file.close());
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): StoreError {
    return new StoreError(
      `${this.#path} cannot be used (${codeOf(error)}); make it a file that this user may read and write, or delete it (messages that wait for an answer are lost with it)`,
    );
  }
}

function parse(block: Buffer): Epoch | undefined {
  const [id, secret] = [block.subarray(0, ID), block.subarray(ID, ID + SECRET)];
  return check(id, secret).equals(block.subarray(ID + SECRET, ID + SECRET + CHECK)) ? { id, secret } : undefined;
}

const check = (id: Buffer, secret: Buffer): Buffer =>
  createHash('sha256').update(id).update(secret).digest().subarray(0, CHECK);
