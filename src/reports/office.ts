/**
 * The officers' side of the reports, on ciphertext only: whoever calls this (the desk in the terminal, the desk's web API) seals and
 * opens by itself. Every method checks that the officer may, and writes the audit chain in the same transaction.
 */
import type { Id } from '../sealing/id.ts';
import type { RecipientText, Sealed } from '../sealing/seal.ts';

export const STATUSES = ['new', 'reading', 'asking', 'handed-on', 'closed'] as const;
/** `draft` is before the submission and never seen by officers. */
export type Status = (typeof STATUSES)[number];
export type CaseKind = 'tip' | 'question';

export interface Officer {
  readonly id: Id;
  /** As colleagues call them; shown to other officers only. */
  readonly name: string;
  /** The office they belong to, such as `Bawaslu Kabupaten Contoh`. */
  readonly unit: string;
  readonly recipient: RecipientText;
  /** Day, `YYYY-MM-DD`. */
  readonly since: string;
  readonly retired: boolean;
}

export interface CaseSummary {
  readonly id: Id;
  readonly kind: CaseKind;
  readonly status: Status;
  /** Day of submission and of the last change, `YYYY-MM-DD` in Indonesian western time; never finer. */
  readonly day: string;
  readonly changed: string;
  readonly closed: string | undefined;
  /** Rises with every change: a change names the version it is made on. */
  readonly version: number;
  readonly entries: number;
  /** Entries by the reporter that this officer has not opened. */
  readonly unread: number;
  /** Officers who want it kept; it is held from two on. */
  readonly holds: number;
  /** True where this officer has a wrapped key for it. */
  readonly readable: boolean;
  /** The case that this one adds to: what a reporter sends later through the web door comes as a case with a key of its own. */
  readonly follows: Id | undefined;
}

export interface SealedEntry {
  readonly id: Id;
  readonly author: 'reporter' | 'officer' | 'note';
  readonly day: string;
  readonly sealed: Uint8Array;
}

export interface CaseRecord extends CaseSummary {
  readonly recipient: RecipientText;
  /** `place` for the next entry. */
  readonly place: number;
  /** The case's key, wrapped to this officer. */
  readonly wrapped: Uint8Array | undefined;
  /** One for each receipt: an answer is sealed to the case and to all of these. */
  readonly reporters: readonly RecipientText[];
  readonly contents: readonly SealedEntry[];
}

/** Why a change was refused. `stale`: somebody else changed the case meanwhile; read it again. */
export type Refusal = 'unknown' | 'forbidden' | 'stale' | 'wrong-state';
/** `version`: of the case from now on; 0 where no case was changed. */
export type Changed = { readonly ok: true; readonly version: number } | { readonly ok: false; readonly why: Refusal };

export interface PeekedCase {
  readonly id: Id;
  readonly version: number;
  readonly wrapped: Uint8Array;
  readonly entries: readonly SealedEntry[];
}

export interface NewEntry {
  readonly id: Id;
  readonly author: 'officer' | 'note';
  readonly sealed: Sealed;
}

export interface NewTransfer {
  readonly unit: string;
  readonly reason: string;
  readonly keep: boolean;
  /** The case's key for each active officer of that unit and nobody else; otherwise the transfer is `stale`. */
  readonly keys: ReadonlyArray<{ readonly officer: Id; readonly wrapped: Uint8Array }>;
}

export interface NewExclusion {
  readonly unit: string;
  readonly reason: string;
}

export interface AuditEntry {
  readonly seq: number;
  /** Of officers' acts to the second; of a reporter's acts only the day. */
  readonly at: string;
  /** Officer's id, or `server`, or `reporter`. */
  readonly actor: string;
  readonly event: string;
  readonly case: Id | undefined;
  /** Never a text that a person wrote, except an officer's reason for an export, a hold or a hand-over. */
  readonly detail: string;
  readonly hash: string;
}

export interface Office {
  officers(): Promise<readonly Officer[]>;
  addOfficer(officer: {
    readonly name: string;
    readonly unit: string;
    readonly recipient: RecipientText;
  }): Promise<Officer>;
  /**
   * From then on the officer may do nothing, and their wrapped keys are deleted. `wrong-state` where they are retired already, or where
   * nobody else could open some cases: these must be granted first, or given up for good with `evenSo` (a key that was lost or stolen).
   */
  retireOfficer(by: Id | 'server', id: Id, evenSo?: boolean): Promise<Changed>;

  /** Open and closed cases, newest change first. */
  cases(officer: Id): Promise<readonly CaseSummary[]>;
  /** The whole of a case, sealed. Audited; the first look by an officer with a key is what the reporter sees as `opened`. */
  read(officer: Id, id: Id): Promise<CaseRecord | undefined>;
  /**
   * For work that nobody reads along with: folding duplicates, wrapping keys for a newcomer. Of each case that this officer can
   * open, the wrapped key and the entries of at most `upTo` sealed bytes (0: none). Counts neither as read nor as opened; one entry
   * in the audit chain for the whole call where `upTo` is not 0.
   */
  peek(officer: Id, ids: readonly Id[], upTo: number): AsyncIterable<PeekedCase>;
  /**
   * An answer (to a tip) or a note. An answer sets the status `asking` unless the case is handed on or closed.
   * @param wait milliseconds before the reporter sees it; until then its writer can take it back
   */
  write(officer: Id, id: Id, version: number, entry: NewEntry, wait?: number): Promise<Changed>;
  /**
   * Answers an escalated question: `text` goes to the chat in clear, `entry` is the officers' sealed copy. Closes the question.
   * @param wait milliseconds before it goes out; until then its writer can take it back
   */
  answerQuestion(officer: Id, id: Id, version: number, text: string, entry: NewEntry, wait?: number): Promise<Changed>;
  /** Takes back what the officer wrote a moment ago: deleted, and the case is as before. `wrong-state` where it is too late. */
  undo(officer: Id, id: Id, entry: Id): Promise<Changed>;
  setStatus(officer: Id, id: Id, version: number, status: Status, reason: string): Promise<Changed>;
  /** Wrapped case key for another officer, made by one who can open it. `wrong-state` where that officer's unit is excluded. */
  grant(officer: Id, id: Id, to: Id, wrapped: Sealed): Promise<Changed>;
  hold(officer: Id, id: Id, reason: string): Promise<Changed>;
  release(officer: Id, id: Id, reason?: string): Promise<Changed>;
  /** Only writes the audit chain: the package itself is made where the case was opened. */
  exported(officer: Id, id: Id, reason: string): Promise<Changed>;
  /** Marks a duplicate; both cases stay. `into` undefined takes it back. */
  merge(officer: Id, id: Id, version: number, into: Id | undefined): Promise<Changed>;
  /** Gives the case to another unit: its officers get keys, those of the officer's own unit lose theirs unless `keep`. */
  transfer(officer: Id, id: Id, version: number, transfer: NewTransfer): Promise<Changed>;
  /** Conflict of interest: the unit loses its keys for this case and what was or will be added to it, and gets none again. */
  exclude(officer: Id, id: Id, version: number, exclusion: NewExclusion): Promise<Changed>;
  audit(): AsyncIterable<AuditEntry>;
}
