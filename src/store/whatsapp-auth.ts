import type { Database } from './database.ts';
import { InOrder } from './in-order.ts';
import { chatAddress, type ServerKey } from './keys.ts';

/** One change; an undefined value deletes. `type` and `id` are whatever Baileys calls them. */
export interface AuthChange {
  readonly type: string;
  readonly id: string;
  readonly value: string | undefined;
}

/** Rows a statement: SQLite takes 32,766 values, PostgreSQL 65,535. */
const BATCH = 500;

/**
 * The protocol state of one WhatsApp account as sealed rows. Ids are stored as HMACs, because Baileys puts telephone numbers into them; every value is
 * bound to its place, so that rows cannot be swapped. What is asked for first is done first.
 */
export class WhatsAppAuthRows {
  readonly #db: Database;
  readonly #key: ServerKey;
  readonly #account: string;
  readonly #asked = new InOrder();

  constructor(db: Database, key: ServerKey, account: string) {
    this.#db = db;
    this.#key = key;
    this.#account = account;
  }

  /** The values found, by id. Rows that do not open (another server key) count as not found. */
  read(type: string, ids: readonly string[]): Promise<Map<string, string>> {
    return this.#asked.run(() => this.#read(type, ids));
  }

  async #read(type: string, ids: readonly string[]): Promise<Map<string, string>> {
    const asked = new Map(ids.map((id) => [this.#name(type, id), id]));
    const found = new Map<string, string>();
    for (const names of batches([...asked.keys()])) {
      const rows = await this.#db
        .selectFrom('whatsapp_auth')
        .select(['id', 'value'])
        .where('account', '=', this.#account)
        .where('type', '=', type)
        .where('id', 'in', names)
        .execute();
      for (const row of rows) {
        const id = asked.get(row.id);
        const value = this.#key.open(row.value, this.#owner(type, row.id));
        if (id !== undefined && value !== undefined) found.set(id, value);
      }
    }
    return found;
  }

  /** All changes or none of them, in one transaction; doing it again changes nothing more. */
  async write(changes: readonly AuthChange[]): Promise<void> {
    const kept = changes.flatMap(({ type, id, value }) => {
      if (value === undefined) return [];
      const name = this.#name(type, id);
      return [{ account: this.#account, type, id: name, value: this.#key.seal(value, this.#owner(type, name)) }];
    });
    const gone = Map.groupBy(
      changes.filter(({ value }) => value === undefined),
      ({ type }) => type,
    );
    await this.#asked.run(() =>
      this.#db.transaction().execute(async (trx) => {
        for (const rows of batches(kept))
          await trx
            .insertInto('whatsapp_auth')
            .values(rows)
            .onConflict((conflict) =>
              conflict
                .columns(['account', 'type', 'id'])
                .doUpdateSet((expression) => ({ value: expression.ref('excluded.value') })),
            )
            .execute();
        for (const [type, deleted] of gone)
          for (const names of batches(deleted.map(({ id }) => this.#name(type, id))))
            await trx
              .deleteFrom('whatsapp_auth')
              .where('account', '=', this.#account)
              .where('type', '=', type)
              .where('id', 'in', names)
              .execute();
      }),
    );
  }

  /** Forgets the account. */
  async clear(): Promise<void> {
    await this.#asked.run(() => this.#db.deleteFrom('whatsapp_auth').where('account', '=', this.#account).execute());
  }

  #name(type: string, id: string): string {
    return this.#key.pseudonym(`whatsapp/auth/${type}`, chatAddress(id));
  }

  #owner(type: string, name: string): string {
    return `whatsapp-auth/${this.#account}/${type}/${name}`;
  }
}

function batches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}
