import { newState, parseState, type State } from '../conversation/state.ts';
import type { Database } from './database.ts';
import type { Pseudonym, ServerKey } from './keys.ts';

/** Settings ("saya PPPK") are kept this long after the last message, in milliseconds. */
export const STATE_KEPT = 90 * 24 * 60 * 60 * 1000;
/** How long an update's id is remembered: platforms deliver again within a day. */
export const UPDATE_KEPT = 3 * 24 * 60 * 60 * 1000;

/** What the dialogue needs from storage. */
export interface Conversations {
  load(chat: Pseudonym): Promise<State>;
  /** Keeps the state and marks the update as done, in one transaction. */
  save(chat: Pseudonym, state: State, update: string | undefined, now: number): Promise<void>;
  /** True where this update has been answered before. */
  isDone(update: string): Promise<boolean>;
  /** Deletes what has expired. */
  expire(now: number): Promise<void>;
}

export class StoredConversations implements Conversations {
  readonly #db: Database;
  readonly #key: ServerKey;

  constructor(db: Database, key: ServerKey) {
    this.#db = db;
    this.#key = key;
  }

  async load(chat: Pseudonym): Promise<State> {
    const row = await this.#db.selectFrom('chats').select('state').where('chat', '=', chat).executeTakeFirst();
    return row ? parseState(this.#key.open(row.state, chat)) : newState();
  }

  async save(chat: Pseudonym, state: State, update: string | undefined, now: number): Promise<void> {
    const sealed = this.#key.seal(JSON.stringify(state), chat);
    await this.#db.transaction().execute(async (trx) => {
      await trx
        .insertInto('chats')
        .values({ chat, state: sealed, expires_at: now + STATE_KEPT })
        .onConflict((conflict) => conflict.column('chat').doUpdateSet({ state: sealed, expires_at: now + STATE_KEPT }))
        .execute();
      if (update === undefined) return;
      await trx
        .insertInto('updates')
        .values({ id: update, expires_at: now + UPDATE_KEPT })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    });
  }

  async isDone(update: string): Promise<boolean> {
    return (
      (await this.#db.selectFrom('updates').select('id').where('id', '=', update).executeTakeFirst()) !== undefined
    );
  }

  async expire(now: number): Promise<void> {
    await this.#db.deleteFrom('chats').where('expires_at', '<', now).execute();
    await this.#db.deleteFrom('updates').where('expires_at', '<', now).execute();
  }
}
