import { isGuarded, newState, parseState, type State } from '../conversation/state.ts';
import type { Database } from './database.ts';
import type { Pseudonym, ServerKey } from './keys.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Settings ("saya PPPK"), and that an officer has the chat, are kept this long after the last message, in milliseconds. */
export const STATE_KEPT = 90 * DAY;
/** Everything else is kept this long: longer than a conversation or a draft lives. */
export const IDLE_KEPT = 2 * DAY;
/** How long an update's id is remembered: platforms deliver again within a day. */
export const UPDATE_KEPT = 3 * DAY;

/** The end of the day (UTC) in which something expires: a finer time would say when somebody wrote last. */
const expiry = (now: number, kept: number): number => Math.ceil((now + kept) / DAY) * DAY;

const isEmpty = ({ flow, settings, choices }: State): boolean =>
  flow.kind === 'idle' && choices.length === 0 && Object.keys(settings).length === 0;

/** That somebody once began a report is not worth keeping for their settings. */
const keptFor = ({ flow, settings }: State): number => {
  if (isGuarded(flow)) return flow.kind === 'held' ? STATE_KEPT : IDLE_KEPT;
  return Object.keys(settings).length > 0 ? STATE_KEPT : IDLE_KEPT;
};

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
    const row = { state: this.#key.seal(JSON.stringify(state), chat), expires_at: expiry(now, keptFor(state)) };
    await this.#db.transaction().execute(async (trx) => {
      // of whom there is nothing to remember, nothing says that they were here
      if (isEmpty(state)) await trx.deleteFrom('chats').where('chat', '=', chat).execute();
      else
        await trx
          .insertInto('chats')
          .values({ chat, ...row })
          .onConflict((conflict) => conflict.column('chat').doUpdateSet(row))
          .execute();
      if (update === undefined) return;
      await trx
        .insertInto('updates')
        .values({ id: update, expires_at: expiry(now, UPDATE_KEPT) })
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
