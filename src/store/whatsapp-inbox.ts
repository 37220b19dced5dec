/**
 * What was received and is not answered yet. WhatsApp does not deliver again what Baileys has confirmed, so it has to be stored; but it is what a person
 * wrote, so every row is sealed by {@link InboxKeys}: a copy of it is worthless a few seconds after the answer.
 */
import type { Database } from './database.ts';
import type { InboxKeys } from './inbox-keys.ts';
import { chatAddress, type ServerKey } from './keys.ts';

export interface InboxRow {
  readonly id: string;
  readonly place: number;
  /** Undefined where the row does not open: made with another `server.key` or `inbox.key`. */
  readonly content: string | undefined;
  /** How many messages of the answer WhatsApp has confirmed. */
  readonly sent: number;
}

const KEYS = 'whatsapp_inbox_keys';

export class WhatsAppInbox {
  readonly #db: Database;
  readonly #key: ServerKey;
  readonly #keys: InboxKeys;
  #last: number | undefined;

  constructor(db: Database, key: ServerKey, keys: InboxKeys) {
    this.#db = db;
    this.#key = key;
    this.#keys = keys;
  }

  /** Keeps a message; resolves when it is on disk. False where it is there already. `name` says which message of which chat. */
  store(name: string, content: string): Promise<boolean> {
    // one after another: a reader who has seen a place must not find a lower one later
    return this.#keys.steadily(() => this.#store(name, content));
  }

  async #store(name: string, content: string): Promise<boolean> {
    const id = this.#key.pseudonym('whatsapp/inbox', chatAddress(name));
    const place = await this.#next();
    const sealed = this.#keys.seal(KEYS, id, content);
    return this.#db.transaction().execute(async (trx) => {
      const added = await trx
        .insertInto('whatsapp_inbox')
        .values({ id, place, content: sealed.content, sent: 0 })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) return false;
      await trx.insertInto(KEYS).values({ id, wrapped: sealed.wrapped }).execute();
      return true;
    });
  }

  /** The oldest rows behind `place`, in their order. */
  after(place: number, limit: number): Promise<InboxRow[]> {
    return this.#keys.steadily(() => this.#after(place, limit));
  }

  async #after(place: number, limit: number): Promise<InboxRow[]> {
    const rows = await this.#db
      .selectFrom('whatsapp_inbox')
      .leftJoin(`${KEYS} as keys`, 'keys.id', 'whatsapp_inbox.id')
      .select(['whatsapp_inbox.id', 'place', 'content', 'sent', 'wrapped'])
      .where('place', '>', place)
      .orderBy('place')
      .limit(limit)
      .execute();
    return rows.map(({ id, place: at, content, wrapped, sent }) => ({
      id,
      place: Number(at),
      content: wrapped === null ? undefined : this.#keys.open(KEYS, id, { content, wrapped }),
      sent,
    }));
  }

  /** Notes that the first `sent` messages of the answer are out. */
  async confirm(id: string, sent: number): Promise<void> {
    await this.#db.updateTable('whatsapp_inbox').set({ sent }).where('id', '=', id).execute();
  }

  /** The message is answered: its key and its row go. */
  async remove(id: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom(KEYS).where('id', '=', id).execute();
      await trx.deleteFrom('whatsapp_inbox').where('id', '=', id).execute();
    });
    this.#keys.spent();
  }

  /** Makes what was answered worthless now, not in a few seconds: at a start and at a stop. */
  tidy(): Promise<void> {
    return this.#keys.replace();
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
