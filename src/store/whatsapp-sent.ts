import type { Database } from './database.ts';
import { chatAddress, type ServerKey } from './keys.ts';

/** How long our own messages are kept for phones that could not read them, in milliseconds. They ask within minutes, or when they are switched on. */
export const SENT_KEPT = 24 * 60 * 60 * 1000;

/** The bot's own messages, sealed. */
export class WhatsAppSent {
  readonly #db: Database;
  readonly #key: ServerKey;

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  async save(message: string, encoded: Uint8Array, now: number): Promise<void> {
    const id = this.#name(message);
    const sealed = this.#key.seal(Buffer.from(encoded).toString('base64'), `whatsapp-sent/${id}`);
    await this.#db
      .insertInto('whatsapp_sent')
      .values({ id, message: sealed, expires_at: now + SENT_KEPT })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ message: sealed, expires_at: now + SENT_KEPT }))
      .execute();
  }

  /** The message as it was encoded, or undefined where it is unknown or too old. */
  async find(message: string): Promise<Buffer | undefined> {
    const id = this.#name(message);
    const row = await this.#db
      .selectFrom('whatsapp_sent')
      .select('message')
      .where('id', '=', id)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
    const encoded = row && this.#key.open(row.message, `whatsapp-sent/${id}`);
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
  }

  async expire(now: number): Promise<void> {
    await this.#db.deleteFrom('whatsapp_sent').where('expires_at', '<=', now).execute();
  }

  #name(message: string): string {
    return this.#key.pseudonym('whatsapp/sent', chatAddress(message));
  }
}
