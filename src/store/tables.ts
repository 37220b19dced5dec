import type { ColumnType } from 'kysely';

/**
 * What survives a restart. Times are milliseconds since 1970, as numbers. No column holds a text that a person wrote, or an address in
 * clear: `chat` is a keyed pseudonym, `state` is sealed.
 */
export interface Tables {
  chats: ChatTable;
  updates: UpdateTable;
}

export interface ChatTable {
  /** HMAC of the channel and the chat's address, base64url. */
  chat: string;
  /** The conversation state, AES-256-GCM. */
  state: Uint8Array;
  expires_at: Millis;
}

export interface UpdateTable {
  /** HMAC of the channel and the update's id, base64url. */
  id: string;
  expires_at: Millis;
}

/** SQLite gives numbers, PostgreSQL gives strings for bigint. */
export type Millis = ColumnType<number | string, number, number>;
