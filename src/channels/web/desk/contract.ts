/**
 * What the desk's page and the server say to each other under `/desk/api`: types only, so that the page can import them. Bytes are
 * base64url. Every request but `start`, `salt`, `sign-in`, `invite` and `accept` needs the session cookie, and every changing one the
 * header `x-desk: 1` (a page of another origin cannot send it).
 *
 * | route | who | asks -> gives |
 * |---|---|---|
 * | `GET start` | anyone | -> {@link Start} |
 * | `POST salt` | anyone | {@link SaltRequest} -> {@link SaltResponse} (an unknown login gets a stable false one) |
 * | `POST sign-in` | anyone | {@link SignIn} -> {@link Me}, or `{ totp: true }` where a code is wanted |
 * | `POST invite` | holder of a link | `{ token }` -> {@link Invitation} |
 * | `POST accept` | holder of a link | {@link Accept} -> {@link Me} |
 * | `GET me` | signed in | -> {@link Me} |
 * | `POST sign-out` `POST sign-out-everywhere` | signed in | `{}` |
 * | `POST passphrase` | signed in | {@link NewPassphrase} |
 * | `POST totp` | signed in | {@link TotpChange} -> {@link TotpSecret} or nothing |
 * | `GET team` | signed in | -> {@link Team} (invites: admin only) |
 * | `POST team/invite` | admin | {@link NewInvite} -> `{ link }` |
 * | `POST team/revoke` | admin | `{ invite }` |
 * | `POST team/retire` | admin | `{ id }`: `last-reader` where some cases could be opened by nobody then |
 * | `POST team/unit` | admin | {@link UnitChange} |
 * | `GET cases?since&texts` | officer | -> {@link CaseList}: only cases that the asking officer has a key for; with `texts=no` every `first` is empty |
 * | `POST cases/texts` | officer | `{ ids }`, at most 200 -> {@link CaseTexts}: `first` of these cases, for a list that was asked for without |
 * | `GET cases/:id` | officer with a key | -> {@link CaseDetail}; audited |
 * | `GET cases/:id/entries/:entry` | officer with a key | -> sealed bytes, `application/octet-stream` |
 * | `POST cases/:id/write` | officer | {@link Write} -> {@link Changed} |
 * | `POST cases/:id/undo` | officer who wrote it | `{ entry }` -> {@link Changed}; within {@link UNDO_SECONDS} |
 * | `POST cases/:id/status` | officer | {@link StatusChange} -> {@link Changed} |
 * | `POST cases/:id/hold` `.../release` | officer | `{ reason }` -> {@link Changed} |
 * | `POST cases/:id/merge` | officer with both keys | {@link Merge} -> {@link Changed} |
 * | `POST cases/:id/transfer` | officer | {@link Transfer} -> {@link Changed} |
 * | `POST cases/:id/exclude` | officer | {@link Exclude} -> {@link Changed}: `state` where nobody else could open it |
 * | `POST cases/:id/exported` | officer | {@link Exported} -> {@link Changed} |
 * | `GET grants/:officer` | officer | -> {@link Grants}: cases that the newcomer cannot open and the asker can |
 * | `POST grants/:officer` | officer | {@link GrantKeys} -> {@link Granted} |
 * | `GET unknown?after` | curator | -> {@link UnknownList} |
 * | `POST unknown/done` | curator | `{ ids }` |
 * | `GET rules` | curator | -> {@link RuleList} |
 * | `GET rules/:id/place` | curator | -> {@link RulePlace}: where a rule's training texts stand, for a patch |
 * | `GET topics/:id/place` | curator | -> {@link TopicPlace}: where a new rule of the topic would stand |
 * | `GET templates` | officer | -> {@link Template}[] |
 * | `GET limits` | officer | -> {@link Limit}[] |
 * | `GET insights?from&until` | signed in | -> {@link Insights} |
 * | `GET audit` | admin | -> {@link AuditPage} |
 *
 * Errors: status 400, 401 (no session), 403 (wrong role), 404 (also another unit's
 * case: not even that it is there is told), 409 (`stale`, `state`), 423 (`locked`: too many
 * wrong passphrases, with `retry-after`), 429; body {@link Failure}.
 */
import type { FilePart } from '../../../knowledge/file-part.ts';
import type { AuditEntry, CaseKind, Officer, Status } from '../../../reports/office.ts';

export const ROLES = ['officer', 'curator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** How long an answer waits before the reporter may see it, so that it can be taken back. */
export const UNDO_SECONDS = 20;

export interface Failure {
  readonly error: string;
  readonly why:
    | 'bad-request'
    | 'no-session'
    /** A wrong login, passphrase or code: which of them is not said. */
    | 'wrong'
    | 'forbidden'
    | 'not-found'
    /** Somebody else changed it meanwhile. */
    | 'stale'
    /** The login is somebody's already. */
    | 'taken'
    | 'state'
    /** Somebody is the only one who can open some cases, and must share them first. */
    | 'last-reader'
    | 'locked'
    | 'slow-down'
    | 'failed';
}

export interface Start {
  /** True until the first admin has been made. */
  readonly empty: boolean;
  /** Seconds without a touch after which the page locks. */
  readonly idle: number;
}

/** scrypt's parameters for the passphrase, RFC 7914; the page derives `auth` and the wrapping key from its result (`src/sealing/passphrase.ts`). */
export interface SaltRequest {
  readonly login: string;
}
export interface SaltResponse {
  readonly salt: string;
}
export interface SignIn {
  readonly login: string;
  /** 32 bytes derived from the passphrase; the passphrase itself is never sent. */
  readonly auth: string;
  readonly totp?: string;
}

export interface Me {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly unit: string;
  readonly role: Role;
  readonly recipient: string;
  /** The private key, wrapped with a key that only the passphrase gives. */
  readonly wrapped: string;
  readonly salt: string;
  readonly totp: boolean;
  /** Milliseconds since 1970 of the sign-in before this one; undefined at the first. */
  readonly lastSignIn: number | undefined;
}

export interface Invitation {
  readonly role: Role;
  readonly unit: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}
export interface Accept {
  readonly token: string;
  /** 3 to 40 of a-z 0-9 . _ - */
  readonly login: string;
  readonly name: string;
  /** For the first admin, who has no inviter to name it. */
  readonly unit?: string;
  readonly salt: string;
  readonly auth: string;
  readonly wrapped: string;
  readonly recipient: string;
}
export interface NewPassphrase {
  readonly oldAuth: string;
  readonly salt: string;
  readonly auth: string;
  readonly wrapped: string;
}
export type TotpChange =
  | { readonly step: 'begin' }
  | { readonly step: 'confirm'; readonly secret: string; readonly code: string }
  | { readonly step: 'remove'; readonly code: string };
export interface TotpSecret {
  /** `otpauth://` URI, and its secret in letters for those who type. */
  readonly uri: string;
  readonly secret: string;
}

export interface Team {
  readonly members: ReadonlyArray<
    Pick<Officer, 'id' | 'name' | 'unit' | 'since' | 'retired'> & { readonly role: Role; readonly recipient: string }
  >;
  readonly units: readonly Unit[];
  readonly invites: ReadonlyArray<Invitation & { readonly id: string }>;
}
export interface Unit {
  readonly name: string;
  /** Codes of provinces or kabupaten/kota whose tips go to it; empty for everything that nobody else takes. */
  readonly regions: readonly string[];
}
export interface UnitChange {
  readonly name: string;
  readonly regions: readonly string[];
}
export interface NewInvite {
  readonly role: Role;
  readonly unit: string;
}

export interface CaseItem {
  readonly id: string;
  readonly kind: CaseKind;
  readonly status: Status;
  /** The office that has it; empty where several share it. */
  readonly unit: string;
  readonly day: string;
  readonly changed: string;
  readonly closed: string | undefined;
  readonly version: number;
  readonly unread: number;
  readonly holds: number;
  /** Day on which it is deleted where nobody touches it until then; undefined while it is held. */
  readonly deletedOn: string | undefined;
  /** The case that it is a duplicate of. */
  readonly mergedInto: string | undefined;
  /** The case that it adds to: what a reporter sends later through the web door comes as a case of its own. */
  readonly follows: string | undefined;
  /** The case's key, wrapped to the asking officer, and the sealed four parts of the intake, so that the page can search in them. */
  readonly wrapped: string;
  readonly first: ReadonlyArray<EntryItem>;
}
export interface EntryItem {
  readonly id: string;
  readonly author: 'reporter' | 'officer' | 'note';
  readonly day: string;
  readonly sealed: string;
  /** Milliseconds since 1970 until which it can be taken back, of the asking officer's own answers. */
  readonly undoUntil?: number;
}
export interface CaseList {
  readonly cases: readonly CaseItem[];
  /** Pass it as `?since=` to get only what has changed. */
  readonly cursor: string;
  /** With `since`: every case that can be opened now. What is not among them is gone: deleted, or another unit's. */
  readonly ids?: readonly string[];
}
/** 1,000 cases with their texts are 34 MB, without them 3 MB: a page shows the list first and then reads on. */
export interface CaseTexts {
  readonly cases: ReadonlyArray<Pick<CaseItem, 'id' | 'first'>>;
}
export interface CaseDetail extends Omit<CaseItem, 'first'> {
  readonly recipient: string;
  /** `place` for the next entry. */
  readonly place: number;
  /** Public keys of the receipts: answers are sealed to the case and to all of these. */
  readonly reporters: readonly string[];
  /** Large files only with their size; `GET cases/:id/entries/:entry` gives one as bytes. */
  readonly entries: ReadonlyArray<
    Omit<EntryItem, 'sealed'> & { readonly sealed: string | undefined; readonly size: number }
  >;
  readonly readers: ReadonlyArray<{ readonly id: string; readonly name: string; readonly unit: string }>;
  /** What was done before this look. */
  readonly history: readonly AuditEntry[];
}
export interface Write {
  readonly version: number;
  readonly entry: { readonly id: string; readonly author: 'officer' | 'note'; readonly sealed: string };
  /** Of an escalated question: what goes to the chat, in clear. */
  readonly answer?: string;
}
export interface StatusChange {
  readonly version: number;
  readonly status: Status;
  readonly reason: string;
}
export interface Reason {
  readonly reason: string;
}
export interface Exported extends Reason {
  readonly format: 'print' | 'json' | 'csv';
}
export interface Undo {
  readonly entry: string;
}
export interface Merge {
  readonly version: number;
  /** The case that it is a duplicate of; null takes a merge back. */
  readonly into: string | null;
}
/** Conflict of interest: no officer of that unit opens it, what the reporter adds to it, or what they added, any more. */
export interface Exclude extends Reason {
  readonly version: number;
  readonly unit: string;
}
export interface Transfer {
  readonly version: number;
  readonly unit: string;
  readonly reason: string;
  /** True where the asking officer's own unit keeps its keys. */
  readonly keep?: boolean;
  /** The case's key for every officer of that unit. */
  readonly keys: ReadonlyArray<{ readonly officer: string; readonly wrapped: string }>;
}
export interface Changed {
  readonly version: number;
}
export interface Grants {
  readonly recipient: string;
  readonly cases: ReadonlyArray<{ readonly id: string; readonly wrapped: string }>;
}

/** At most 200 at once. */
export interface GrantKeys {
  readonly keys: ReadonlyArray<{ readonly case: string; readonly wrapped: string }>;
}
export interface Granted {
  /** Cases whose key was not taken: gone, changed hands, or never to be granted. */
  readonly refused: readonly string[];
}

export interface UnknownList {
  /** Questions that the bot did not know, sealed to the curators; the page opens and clusters them. Never a chat. */
  readonly questions: ReadonlyArray<{ readonly id: string; readonly day: string; readonly sealed: string }>;
  /** There are more: ask with it as `?after=`. */
  readonly next?: string;
}
export interface RuleList {
  readonly topics: ReadonlyArray<{ readonly id: string; readonly title: string }>;
  readonly rules: ReadonlyArray<{ readonly id: string; readonly title: string; readonly topic: string }>;
  /** Regulations and their articles that a citation may name. */
  readonly regulations: ReadonlyArray<{
    readonly id: string;
    readonly title: string;
    readonly articles: readonly string[];
  }>;
  /** Today, `YYYY-MM-DD`: review dates of a draft are counted from it. */
  readonly today: string;
}
/** The lines of a rule's training texts, with a few around them. */
export type RulePlace = FilePart;
export interface TopicPlace {
  readonly rules: FilePart;
  readonly utterances: FilePart;
}
/** A reporting limit of the rule base, counted from the day somebody came to know. */
export interface Limit {
  readonly id: string;
  readonly title: string;
  readonly days: number;
  readonly counted: 'calendar' | 'working';
  /** Such as `UU 7/2017 Ps 454 ayat (6)`. */
  readonly source: string;
  /** Every place in `source` was read in the text itself. */
  readonly certain: boolean;
}
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Places of `knowledge/regulations.yaml` that the text cites. */
  readonly citations: ReadonlyArray<{ readonly regulation: string; readonly at: string }>;
}

/** Counts by day; a count from 1 to 4 is given as `few`, so that nobody can be picked out. */
export type Count = number | 'few';
export interface Insights {
  /** What one step covers: by the day up to a month, by the week up to half a year, else by the month. */
  readonly step: 'day' | 'week' | 'month';
  /** First day of every step. */
  readonly days: readonly string[];
  readonly topics: ReadonlyArray<{ readonly id: string; readonly title: string; readonly counts: readonly Count[] }>;
  readonly outcomes: ReadonlyArray<{
    readonly outcome: 'answered' | 'offered' | 'unknown' | 'out-of-scope';
    readonly counts: readonly Count[];
  }>;
  readonly verdicts: ReadonlyArray<{ readonly verdict: string; readonly count: Count }>;
  readonly tips: ReadonlyArray<{
    readonly status: Status;
    readonly age: '0-7' | '8-30' | '31-90' | '91+';
    readonly count: Count;
  }>;
}
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly verified: boolean;
}
