/**
 * What seals the inboxes, in which WhatsApp's messages wait for their answer: each row to a random key of its own, that to the server's key, and that to
 * the key of the epoch. Deleted rows may live on in the write-ahead log, in free pages, in PostgreSQL's own files or in a backup; what makes them worthless
 * is that the epoch is over: once something was answered a new key takes its place within seconds, what still waits is wrapped to the new one, and the old
 * one is wiped from `inbox.key`.
 *
 * It belongs in no backup: with it, a thief opens what was waiting at that moment; without it a restored database has lost that, and nothing else.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SqliteAdapter, sql } from 'kysely';
import type { Database } from './database.ts';
import { type Epoch, EpochFile, type Slot } from './epoch-file.ts';
import { InOrder } from './in-order.ts';
import { ServerKey } from './keys.ts';

/** Every table of wrapped keys, whichever channels are switched on: a key is only wiped when nothing that waits needs it. */
const TABLES = ['whatsapp_inbox_keys', 'whatsapp_cloud_inbox_keys'] as const;
export type InboxKeyTable = (typeof TABLES)[number];

/** Pause between an answer and the next key, in milliseconds, where there was no new key for a while. */
const SOON = 1_000;
/** Least time between two keys, in milliseconds. */
const EVERY = 10_000;
/** It is at least so many times as long as the last change took, so that thousands of rows that wait do not keep the process busy. */
const REST = 20;

export interface InboxKeysOptions {
  /** Where `inbox.key` lies: the data folder. */
  readonly folder: string;
  readonly database: Database;
  readonly key: ServerKey;
  /** Told where the key could not be replaced; it is tried again. */
  readonly onFailure?: (error: unknown) => void;
  /** Milliseconds; tests shorten them. */
  readonly soon?: number;
  readonly every?: number;
}

export interface SealedRow {
  /** Sealed to the row's own key. */
  readonly content: Uint8Array;
  /** That key, wrapped; behind the id of the epoch. */
  readonly wrapped: Uint8Array;
}

interface Opened {
  readonly id: Buffer;
  readonly key: ServerKey;
  readonly slot: Slot;
}

export class InboxKeys {
  readonly #options: InboxKeysOptions;
  readonly #file: EpochFile;
  readonly #lane = new InOrder();
  #current: Opened;
  /** Until every row that needs it is wrapped to the current one. */
  #older: Opened | undefined;
  /** Something may have been sealed to a key and answered since. At the start: by the process before. */
  #spent = true;
  #timer: NodeJS.Timeout | undefined;
  /** Before that, in milliseconds since 1970, only a stop replaces it. */
  #restsUntil = 0;

  private constructor(options: InboxKeysOptions, file: EpochFile, current: Opened, older: Opened | undefined) {
    this.#options = options;
    this.#file = file;
    this.#current = current;
    this.#older = older;
  }

  /** Reads the key, or makes it. Changes nothing else, as another process may run yet. Throws `StoreError`. */
  static async open(options: InboxKeysOptions): Promise<InboxKeys> {
    const file = new EpochFile(join(options.folder, 'inbox.key'));
    await file.prepare();
    // two of them: the last process was killed while it replaced the first by the second, and either may be needed
    const [first, second] = await file.read();
    const found = [first && opened(first, 0), second && opened(second, 1)].filter((epoch) => epoch !== undefined);
    const current = found[0] ?? (await made(file, 0));
    return new InboxKeys(options, file, current, found[1]);
  }

  /** Seals a row's content to a new key, and wraps that; only within {@link steadily}. */
  seal(table: InboxKeyTable, row: string, content: string): SealedRow {
    const rowKey = randomBytes(32);
    const forServer = this.#options.key.seal(rowKey.toString('base64url'), owner(table, row));
    return {
      content: new ServerKey(rowKey).seal(content, row),
      wrapped: this.#wrap(table, row, forServer.toString('base64url')),
    };
  }

  /** The row's content, or undefined where a key of it is gone, or it belongs to another row; only within {@link steadily}. */
  open(table: InboxKeyTable, row: string, { content, wrapped }: SealedRow): string | undefined {
    const forServer = this.#unwrap(table, row, wrapped);
    if (forServer === undefined) return undefined;
    const rowKey = this.#options.key.open(Buffer.from(forServer, 'base64url'), owner(table, row));
    return rowKey === undefined ? undefined : new ServerKey(Buffer.from(rowKey, 'base64url')).open(content, row);
  }

  /** Runs work during which the key stays the same, after everything that was asked for before. */
  steadily<T>(work: () => Promise<T>): Promise<T> {
    return this.#lane.run(work);
  }

  /** A row was answered and removed: its key is to become worthless soon. */
  spent(): void {
    this.#spent = true;
    const { soon = SOON } = this.#options;
    this.#timer ??= setTimeout(
      () => void this.replace().catch((error: unknown) => this.#failed(error)),
      Math.max(soon, this.#restsUntil - Date.now()),
    ).unref();
  }

  /** Replaces the key, if anything was answered since the last time. What waits stays readable, whenever the process is killed. */
  async replace(): Promise<void> {
    await this.#lane.run(async () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      if (!this.#spent) return;
      this.#spent = false;
      const { every = EVERY } = this.#options;
      const begun = Date.now();
      this.#restsUntil = begun + every;
      try {
        await this.#replace();
      } catch (error) {
        this.#spent = true;
        throw error;
      } finally {
        this.#restsUntil = Math.max(this.#restsUntil, begun + (Date.now() - begun) * REST);
      }
    });
  }

  #wrap(table: InboxKeyTable, row: string, rowKey: string): Buffer {
    const { id, key } = this.#current;
    return Buffer.concat([id, key.seal(rowKey, owner(table, row))]);
  }

  #unwrap(table: InboxKeyTable, row: string, wrapped: Uint8Array): string | undefined {
    const epoch = [this.#current, this.#older].find((one) => one !== undefined && isOf(one, wrapped));
    return epoch?.key.open(wrapped.subarray(epoch.id.length), owner(table, row));
  }

  #failed(error: unknown): void {
    this.#options.onFailure?.(error);
    this.spent();
  }

  async #replace(): Promise<void> {
    if (this.#older) await this.#retire(this.#older);
    const older = this.#current;
    this.#current = await made(this.#file, older.slot === 0 ? 1 : 0);
    this.#older = older;
    await this.#retire(older);
    const { database } = this.#options;
    if (database.getExecutor().adapter instanceof SqliteAdapter)
      await sql`pragma wal_checkpoint(truncate)`.execute(database);
  }

  /** Wraps what waits to the current key, then wipes the older one. */
  async #retire(older: Opened): Promise<void> {
    await this.#options.database.transaction().execute(async (trx) => {
      for (const table of TABLES)
        for (const { id, wrapped } of await trx.selectFrom(table).selectAll().execute()) {
          if (isOf(this.#current, wrapped)) continue;
          const rowKey = this.#unwrap(table, id, wrapped);
          // of a key that is lost: whoever reads the row says so
          if (rowKey === undefined) continue;
          await trx
            .updateTable(table)
            .set({ wrapped: this.#wrap(table, id, rowKey) })
            .where('id', '=', id)
            .execute();
        }
    });
    await this.#file.wipe(older.slot);
    this.#older = undefined;
  }
}

const isOf = ({ id }: Opened, wrapped: Uint8Array): boolean => id.equals(wrapped.subarray(0, id.length));
const owner = (table: InboxKeyTable, row: string): string => `${table}/${row}`;

/** A new epoch, on disk. */
async function made(file: EpochFile, slot: Slot): Promise<Opened> {
  const epoch = { id: randomBytes(8), secret: randomBytes(32) };
  await file.write(slot, epoch);
  return opened(epoch, slot);
}

function opened({ id, secret }: Epoch, slot: Slot): Opened {
  return { id, key: new ServerKey(secret), slot };
}
