/**
 * What was received and is not answered yet. WhatsApp does not deliver again what Baileys has confirmed, so it has to be stored; but it is what a person
 * wrote, so every row is sealed to a random key of its own, which is destroyed with the row. Leftovers in the write-ahead log go with the next
 * {@link WhatsAppInbox.tidy}, those in free pages with `secure_delete`.
 */
import { randomBytes } from 'node:crypto';
import { SqliteAdapter, sql } from 'kysely';
import type { Database } from './database.ts';
import { InOrder } from './in-order.ts';
import { chatAddress, ServerKey } from './keys.ts';

export interface InboxRow {
  readonly id: string;
  readonly place: number;
  /** Undefined where the row does not open: made with another server key. */
  readonly content: string | undefined;
  /** How many messages of the answer WhatsApp has confirmed. */
  readonly sent: number;
}

export class WhatsAppInbox {
  readonly #db: Database;
  readonly #key: ServerKey;
  #last: number | undefined;
  readonly #storing = new InOrder();

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  /** Keeps a message; resolves when it is on disk. False where it is there already. `name` says which message of which chat. */
  store(name: string, content: string): Promise<boolean> {
    // one after another: a reader who has seen a place must not find a lower one later
    return this.#storing.run(() => this.#store(name, content));
  }

  async #store(name: string, content: string): Promise<boolean> {
    const id = this.#key.pseudonym('whatsapp/inbox', chatAddress(name));
    const rowKey = randomBytes(32);
    const row = { id, place: await this.#next(), content: new ServerKey(rowKey).seal(content, id), sent: 0 };
    const wrapped = this.#key.seal(rowKey.toString('base64url'), `whatsapp-inbox/${id}`);
    return this.#db.transaction().execute(async (trx) => {
      const added = await trx
        .insertInto('whatsapp_inbox')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) return false;
      await trx.insertInto('whatsapp_inbox_keys').values({ id, wrapped }).execute();
      return true;
    });
  }

  /** The oldest rows behind `place`, in their order. */
  async after(place: number, limit: number): Promise<InboxRow[]> {
    const rows = await this.#db
      .selectFrom('whatsapp_inbox')
      .leftJoin('whatsapp_inbox_keys', 'whatsapp_inbox_keys.id', 'whatsapp_inbox.id')
      .select(['whatsapp_inbox.id', 'place', 'content', 'sent', 'wrapped'])
      .where('place', '>', place)
      .orderBy('place')
      .limit(limit)
      .execute();
    return rows.map((row) => {
      const rowKey = row.wrapped ? this.#key.open(row.wrapped, `whatsapp-inbox/${row.id}`) : undefined;
      const content =
        rowKey === undefined ? undefined : new ServerKey(Buffer.from(rowKey, 'base64url')).open(row.content, row.id);
      return { id: row.id, place: Number(row.place), content, sent: row.sent };
    });
  }

  /** Notes that the first `sent` messages of the answer are out. */
  async confirm(id: string, sent: number): Promise<void> {
    await this.#db.updateTable('whatsapp_inbox').set({ sent }).where('id', '=', id).execute();
  }

  /** The message is answered: its key and its row go. */
  async remove(id: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('whatsapp_inbox_keys').where('id', '=', id).execute();
      await trx.deleteFrom('whatsapp_inbox').where('id', '=', id).execute();
    });
  }

  /** Empties SQLite's write-ahead log, in which deleted rows and keys stand until then. PostgreSQL sees to its own in time (VACUUM). */
  async tidy(): Promise<void> {
    if (this.#db.getExecutor().adapter instanceof SqliteAdapter)
      await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  /** Places rise over restarts even where the clock was set back, so that nothing is answered out of order or overlooked. */
  async #next(): Promise<number> {
    this.#last = Math.max((this.#last ?? (await this.#highest())) + 1, Date.now() * 1000);
    return this.#last;
  }

  async #highest(): Promise<number> {
    const row = await this.#db
      .selectFrom('whatsapp_inbox')
      .select(({ fn }) => fn.max('place').as('place'))
      .executeTakeFirst();
    return Number(row?.place ?? 0);
  }
}
