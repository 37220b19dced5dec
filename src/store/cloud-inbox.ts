/**
 * What Meta delivered and is not answered yet. The webhook answers 200 before the work is done, so it has to be stored; but it is what a person wrote, so
 * every row is sealed to a random key of its own, which is destroyed with the row, as in the inbox of the other WhatsApp channel. That one keeps its own
 * tables: both channels may run at once, and each answers all of its rows.
 */
import { randomBytes } from 'node:crypto';
import { SqliteAdapter, sql } from 'kysely';
import type { Database } from './database.ts';
import { InOrder } from './in-order.ts';
import { chatAddress, ServerKey } from './keys.ts';

export interface CloudRow {
  readonly id: string;
  readonly place: number;
  /** Undefined where the row does not open: made with another server key. */
  readonly content: string | undefined;
  /** How many messages of the answer were begun to be sent: all but the last of them are out. */
  readonly begun: number;
  /** How many of them WhatsApp has reported on. */
  readonly confirmed: number;
}

export interface Entry {
  /** Which message it is. */
  readonly name: string;
  readonly content: string;
}

const TABLE = 'whatsapp_cloud_inbox';
const KEYS = 'whatsapp_cloud_inbox_keys';

export class CloudInbox {
  readonly #db: Database;
  readonly #key: ServerKey;
  readonly #storing = new InOrder();
  #last: number | undefined;

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  /** Keeps messages, all or none; resolves when they are on disk. Gives each one's row, or undefined where it is there already. */
  store(entries: readonly Entry[]): Promise<Array<string | undefined>> {
    // one after another: a reader who has seen a place must not find a lower one later
    return this.#storing.run(() => this.#store(entries));
  }

  async #store(entries: readonly Entry[]): Promise<Array<string | undefined>> {
    const first = await this.#next(entries.length);
    const rows = entries.map(({ name, content }, i) => {
      const id = this.#key.pseudonym('whatsapp-cloud/inbox', chatAddress(name));
      const rowKey = randomBytes(32);
      return {
        row: { id, place: first + i, content: new ServerKey(rowKey).seal(content, id), begun: 0, confirmed: 0 },
        key: { id, wrapped: this.#key.seal(rowKey.toString('base64url'), owner(id)) },
      };
    });
    return this.#db.transaction().execute(async (trx) => {
      const added: Array<string | undefined> = [];
      for (const { row, key } of rows) {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto(TABLE)
          .values(row)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        const isNew = Number(numInsertedOrUpdatedRows ?? 0) > 0;
        if (isNew) await trx.insertInto(KEYS).values(key).execute();
        added.push(isNew ? row.id : undefined);
      }
      return added;
    });
  }

  /** The oldest rows behind `place`, in their order. */
  async after(place: number, limit: number): Promise<CloudRow[]> {
    const rows = await this.#db
      .selectFrom(`${TABLE} as inbox`)
      .leftJoin(`${KEYS} as keys`, 'keys.id', 'inbox.id')
      .select(['inbox.id', 'place', 'content', 'begun', 'confirmed', 'wrapped'])
      .where('place', '>', place)
      .orderBy('place')
      .limit(limit)
      .execute();
    return rows.map(({ id, place, content, begun, confirmed, wrapped }) => {
      const rowKey = wrapped ? this.#key.open(wrapped, owner(id)) : undefined;
      const opened =
        rowKey === undefined ? undefined : new ServerKey(Buffer.from(rowKey, 'base64url')).open(content, id);
      return { id, place: Number(place), content: opened, begun, confirmed };
    });
  }

  /** Notes that the first `messages` of the answer are begun to be sent. */
  async begin(id: string, messages: number): Promise<void> {
    await this.#db.updateTable(TABLE).set({ begun: messages }).where('id', '=', id).execute();
  }

  /** Notes that WhatsApp has reported on the first `messages` of the answer. Changes nothing where the row is gone. */
  async confirm(id: string, messages: number): Promise<void> {
    await this.#db
      .updateTable(TABLE)
      .set({ confirmed: messages })
      .where('id', '=', id)
      .where('confirmed', '<', messages)
      .execute();
  }

  /** The message is answered: its key and its row go. */
  async remove(id: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom(KEYS).where('id', '=', id).execute();
      await trx.deleteFrom(TABLE).where('id', '=', id).execute();
    });
  }

  /** Empties SQLite's write-ahead log, in which deleted rows and keys stand until then. PostgreSQL sees to its own in time (VACUUM). */
  async tidy(): Promise<void> {
    if (this.#db.getExecutor().adapter instanceof SqliteAdapter)
      await sql`pragma wal_checkpoint(truncate)`.execute(this.#db);
  }

  /** The first of `count` places. They rise over restarts even where the clock was set back, so that nothing is overlooked. */
  async #next(count: number): Promise<number> {
    const first = Math.max((this.#last ?? (await this.#highest())) + 1, Date.now() * 1000);
    this.#last = first + count - 1;
    return first;
  }

  async #highest(): Promise<number> {
    const row = await this.#db
      .selectFrom(TABLE)
      .select(({ fn }) => fn.max('place').as('place'))
      .executeTakeFirst();
    return Number(row?.place ?? 0);
  }
}

const owner = (id: string): string => `whatsapp-cloud-inbox/${id}`;
