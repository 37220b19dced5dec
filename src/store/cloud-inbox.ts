/**
 * What Meta delivered and is not answered yet. The webhook answers 200 before the work is done, so it has to be stored; but it is what a person wrote, so
 * every row is sealed by {@link InboxKeys}. The other WhatsApp channel keeps its own tables: both may run at once, and each answers all of its rows.
 */
import type { Database } from './database.ts';
import type { InboxKeys } from './inbox-keys.ts';
import { chatAddress, type ServerKey } from './keys.ts';

export interface CloudRow {
  readonly id: string;
  readonly place: number;
  /** Undefined where the row does not open: made with another `server.key` or `inbox.key`. */
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
  readonly #keys: InboxKeys;
  #last: number | undefined;

  constructor(db: Database, key: ServerKey, keys: InboxKeys) {
    this.#db = db;
    this.#key = key;
    this.#keys = keys;
  }

  /** Keeps messages, all or none; resolves when they are on disk. Gives each one's row, or undefined where it is there already. */
  store(entries: readonly Entry[]): Promise<Array<string | undefined>> {
    // one after another: a reader who has seen a place must not find a lower one later
    return this.#keys.steadily(() => this.#store(entries));
  }

  async #store(entries: readonly Entry[]): Promise<Array<string | undefined>> {
    const first = await this.#next(entries.length);
    const rows = entries.map(({ name, content }, i) => {
      const id = this.#key.pseudonym('whatsapp-cloud/inbox', chatAddress(name));
      const sealed = this.#keys.seal(KEYS, id, content);
      return {
        row: { id, place: first + i, content: sealed.content, begun: 0, confirmed: 0 },
        key: { id, wrapped: sealed.wrapped },
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
  after(place: number, limit: number): Promise<CloudRow[]> {
    return this.#keys.steadily(() => this.#after(place, limit));
  }

  async #after(place: number, limit: number): Promise<CloudRow[]> {
    const rows = await this.#db
      .selectFrom(`${TABLE} as inbox`)
      .leftJoin(`${KEYS} as keys`, 'keys.id', 'inbox.id')
      .select(['inbox.id', 'place', 'content', 'begun', 'confirmed', 'wrapped'])
      .where('place', '>', place)
      .orderBy('place')
      .limit(limit)
      .execute();
    return rows.map(({ id, place: at, content, wrapped, begun, confirmed }) => ({
      id,
      place: Number(at),
      content: wrapped === null ? undefined : this.#keys.open(KEYS, id, { content, wrapped }),
      begun,
      confirmed,
    }));
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
    this.#keys.spent();
  }

  /** Makes what was answered worthless now, not in a few seconds: at a start and at a stop. */
  tidy(): Promise<void> {
    return this.#keys.replace();
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
