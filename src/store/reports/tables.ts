import type { Generated } from 'kysely';
import type { Millis } from '../millis.ts';

/**
 * Sealed reports. What a person wrote is an age file that the server cannot open; days are `YYYY-MM-DD` in Indonesian western time;
 * ids are random. What ties a chat to a case (`drafts`, `pending_receipts`, `questions`) is short-lived, and is deleted, not marked.
 */
export interface ReportTables {
  officers: OfficerTable;
  cases: CaseTable;
  case_keys: CaseKeyTable;
  entries: EntryTable;
  receipts: ReceiptTable;
  reads: ReadTable;
  holds: HoldTable;
  exclusions: ExclusionTable;
  revocable_entries: RevocableEntryTable;
  day_keys: DayKeyTable;
  drafts: ThreadTable;
  draft_slots: DraftSlotTable;
  pending_receipts: ThreadTable;
  questions: QuestionTable;
  chat_answers: ChatAnswerTable;
  notices: NoticeTable;
  audit: AuditTable;
  audit_head: AuditHeadTable;
}

export interface OfficerTable {
  id: string;
  name: string;
  unit: string;
  /** Public key: `age1pq1...`. */
  recipient: string;
  since: string;
  /** Day of retirement. */
  retired: string | null;
}

export interface CaseTable {
  id: string;
  kind: 'tip' | 'question';
  status: 'draft' | 'new' | 'reading' | 'asking' | 'handed-on' | 'closed';
  /** Public key of the case. */
  recipient: string;
  /** The case that this one adds to, where a reporter sent more through the web door. */
  follows: string | null;
  day: string;
  changed: string;
  /** First look by an officer who has a key. */
  opened: string | null;
  handed_on: string | null;
  closed: string | null;
  version: number;
  /** `place` for the next entry. */
  places: number;
  /** The office that has it; empty where several share it. */
  unit: Generated<string>;
  /** The case that it is a duplicate of. */
  merged_into: string | null;
}

/** The private key of a case, wrapped to one officer; `escrow` is the key in the safe. */
export interface CaseKeyTable {
  case_id: string;
  officer: string;
  wrapped: Uint8Array;
}

export interface EntryTable {
  case_id: string;
  id: string;
  author: 'reporter' | 'officer' | 'note';
  day: string;
  /** An age file; what part it is and its place stand inside. */
  sealed: Uint8Array;
}

/** What may be known of a receipt. Several of one case are all valid; one may have several cases (`cases.follows`). */
export interface ReceiptTable {
  /** SHA-256 of the lookup id, base64url. */
  lookup_hash: string;
  case_id: string;
  /** The reporter's public key. */
  recipient: string;
}

/** Entries that an officer has seen. */
export interface ReadTable {
  case_id: string;
  entry_id: string;
  officer: string;
}

/** Wishes that a case be kept beyond its time; it is held from two officers on. */
export interface HoldTable {
  case_id: string;
  officer: string;
  day: string;
}

/** Units that must never open the case, nor what is added to it. */
export interface ExclusionTable {
  case_id: string;
  unit: string;
}

/** What an officer has written a moment ago, and can still take back: until then the reporter does not see it. */
export interface RevocableEntryTable {
  case_id: string;
  entry_id: string;
  officer: string;
  visible_at: Millis;
  /** Of the case, before an answer was written; null of a note, which changes none. */
  status_before: CaseTable['status'] | null;
}

export interface DayKeyTable {
  day: string;
  /** 32 random bytes, sealed with the server's key; gone after the next day. */
  wrapped: Uint8Array;
}

/** The only thread between a chat and a case. */
export interface ThreadTable {
  /** HMAC of the chat's pseudonym with the day's key. */
  chat: string;
  case_id: string;
  expires_at: Millis;
}

/** Which question of a draft an entry answers; gone when it is submitted. */
export interface DraftSlotTable {
  case_id: string;
  entry_id: string;
  slot: 'what' | 'who' | 'where' | 'when' | 'file';
  /** HMAC of the update's pseudonym and the slot with the day's key; random where there is none. */
  origin: string;
  place: number;
}

/** Where an escalated question came from, until it is answered, taken back, or thirty days old. */
export interface QuestionTable {
  case_id: string;
  /** The chat's keyed pseudonym. */
  chat: string;
  channel: string;
  /** The chat's address, sealed with the server's key. */
  address: Uint8Array;
  /** Day on which it is destroyed. */
  expires: string;
}

/** An officer's answer on its way to a chat; gone when it is there. */
export interface ChatAnswerTable {
  id: string;
  chat: string;
  channel: string;
  /** Both sealed with the server's key. */
  address: Uint8Array;
  text: Uint8Array;
  due_at: Millis;
  attempts: number;
  expires: string;
}

/** That officers are to be told of something new: nothing of what it is. */
export interface NoticeTable {
  id: string;
  due_at: Millis;
  attempts: number;
  created_day: string;
}

/** The chain; never changed and never deleted. */
export interface AuditTable {
  seq: number;
  at: string;
  actor: string;
  event: string;
  case_id: string | null;
  detail: string;
  /** SHA-256 of the hash before and of this row, hex. */
  hash: string;
}

/** One row: the end of the chain, which is locked by whoever adds to it. */
export interface AuditHeadTable {
  id: number;
  seq: number;
  hash: string;
}
