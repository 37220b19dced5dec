import { STATE_KEPT } from './conversations.ts';
import type { Database } from './database.ts';
import { chatAddress, type ServerKey } from './keys.ts';

/** How often a person's rows are renewed at most, in milliseconds: not at every message. */
const RENEW = 24 * 60 * 60 * 1000;

/** The addresses under which WhatsApp shows a person: LID, telephone number, or both. */
export interface Addresses {
  readonly lid: string | undefined;
  readonly phone: string | undefined;
}

/**
 * Who is who: WhatsApp may show a person by number today and by LID tomorrow, and sometimes by both. A person is named by the HMAC of the address seen
 * first; no address is stored in clear.
 */
export class WhatsAppPeople {
  readonly #db: Database;
  readonly #key: ServerKey;

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  /** The person's name, the same for every address of theirs that was seen together with another. The LID decides where they differ. */
  async find({ lid, phone }: Addresses, now: number): Promise<string> {
    const names = [lid, phone].filter((address) => address !== undefined).map((address) => this.#name(address));
    const rows = await this.#db.selectFrom('whatsapp_people').selectAll().where('who', 'in', names).execute();
    const known = new Map(rows.map((row) => [row.who, row]));
    const person = names.map((name) => known.get(name)?.person).find((name) => name !== undefined) ?? names[0] ?? '';
    const stale = names.filter((name) => {
      const row = known.get(name);
      return row?.person !== person || Number(row.expires_at) < now + STATE_KEPT - RENEW;
    });
    if (stale.length > 0)
      await this.#db
        .insertInto('whatsapp_people')
        .values(stale.map((who) => ({ who, person, expires_at: now + STATE_KEPT })))
        .onConflict((conflict) => conflict.column('who').doUpdateSet({ person, expires_at: now + STATE_KEPT }))
        .execute();
    return person;
  }

  async expire(now: number): Promise<void> {
    await this.#db.deleteFrom('whatsapp_people').where('expires_at', '<', now).execute();
  }

  #name(address: string): string {
    return this.#key.pseudonym('whatsapp/person', chatAddress(address));
  }
}
