import type { AccountTables } from './accounts/tables.ts';
import type { InsightTables } from './insights/tables.ts';
import type { Millis } from './millis.ts';
import type { ReportTables } from './reports/tables.ts';

/**
 * What survives a restart. Times are milliseconds since 1970, as numbers. No column holds a text that a person wrote, or an address in
 * clear: `chat` is a keyed pseudonym, `state` is sealed.
 */
export interface Tables extends ReportTables, AccountTables, InsightTables {
  chats: ChatTable;
  updates: UpdateTable;
  whatsapp_auth: WhatsAppAuthTable;
  whatsapp_inbox: WhatsAppInboxTable;
  whatsapp_inbox_keys: WhatsAppInboxKeyTable;
  whatsapp_sent: WhatsAppSentTable;
  whatsapp_people: WhatsAppPeopleTable;
  whatsapp_cloud_inbox: WhatsAppCloudInboxTable;
  whatsapp_cloud_inbox_keys: WhatsAppInboxKeyTable;
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

/** What WhatsApp's own protocol remembers: as good as the account's password. */
export interface WhatsAppAuthTable {
  account: string;
  type: string;
  /** HMAC of Baileys' id, which often is a telephone number. */
  id: string;
  /** Sealed. */
  value: Uint8Array;
}

/** What was received and is not answered yet; the row goes when it is. */
export interface WhatsAppInboxTable {
  /** HMAC of chat, author and message id. */
  id: string;
  /** Rises with every message, also over restarts. */
  place: Millis;
  /** Sealed to the row's own key. */
  content: Uint8Array;
  /** How many messages of the answer WhatsApp has confirmed. */
  sent: number;
}

export interface WhatsAppInboxKeyTable {
  id: string;
  /** The row's random key, sealed; gone with the row. */
  wrapped: Uint8Array;
}

/** Our messages, for phones that ask for a repetition. */
export interface WhatsAppSentTable {
  /** HMAC of the message's id. */
  id: string;
  /** Sealed. */
  message: Uint8Array;
  expires_at: Millis;
}

/** One person's several addresses. */
export interface WhatsAppPeopleTable {
  /** HMAC of an address (LID or number). */
  who: string;
  /** HMAC of the address under which the person was met first. */
  person: string;
  expires_at: Millis;
}

/** What Meta delivered and is not answered yet; the row goes when it is. */
export interface WhatsAppCloudInboxTable {
  /** HMAC of the message's id. */
  id: string;
  /** Rises with every message, also over restarts. */
  place: Millis;
  /** Sealed to the row's own key. */
  content: Uint8Array;
  /** How many messages of the answer were begun to be sent: all but the last of them are out. */
  begun: number;
  /** How many of them WhatsApp has reported on. */
  confirmed: number;
}
