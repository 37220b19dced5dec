import type { Database } from './database.ts';
import { chatAddress, ServerKey } from './keys.ts';

/** How long our own messages are kept for phones that could not read them, in milliseconds. They ask within minutes, or when they are switched on. */
export const SENT_KEPT = 24 * 60 * 60 * 1000;
/** What the rows tell of when a message went out is rounded to this, in milliseconds. */
const ROUNDED = 60 * 60 * 1000;

/**
 * The bot's own messages. Each is sealed to a key that comes from its id, which only WhatsApp and the phones know: whoever has the database and every key
 * of the server opens none of them. Replies that are secret are not kept even so.
 */
export class WhatsAppSent {
  readonly #db: Database;
  readonly #key: ServerKey;

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  async save(message: string, encoded: Uint8Array, now: number): Promise<void> {
    const id = this.#name(message);
    const sealed = this.#keyOf(message).seal(Buffer.from(encoded).toString('base64'), `whatsapp-sent/${id}`);
    const row = { message: sealed, expires_at: Math.ceil((now + SENT_KEPT) / ROUNDED) * ROUNDED };
    await this.#db
      .insertInto('whatsapp_sent')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
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
    const encoded = row && this.#keyOf(message).open(row.message, `whatsapp-sent/${id}`);
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64');
  }

  async expire(now: number): Promise<void> {
    await this.#db.deleteFrom('whatsapp_sent').where('expires_at', '<=', now).execute();
  }

  #name(message: string): string {
    return this.#key.pseudonym('whatsapp/sent', chatAddress(message));
  }

  #keyOf(message: string): ServerKey {
    return new ServerKey(Buffer.from(this.#key.pseudonym('whatsapp/sent-key', chatAddress(message)), 'base64url'));
  }
}
