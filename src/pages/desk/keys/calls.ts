/** What the page asks of the worker that holds the officer's private key. The key never leaves it; locking ends the worker. */
import type { Author, EntryFile, Part } from '../../../sealing/entry.ts';

export interface NewKey {
  /** base64url, all but the recipient. */
  readonly salt: string;
  readonly auth: string;
  readonly wrapped: string;
  readonly recipient: string;
}

export interface OpenedEntry {
  readonly id: string;
  readonly author: Author;
  readonly part: Part;
  readonly day: string;
  readonly place: number;
  readonly text: string;
  readonly file?: EntryFile;
  readonly by?: string;
}

/** `damaged`: it does not open, or belongs elsewhere. */
export type Opened = { readonly ok: true; readonly entry: OpenedEntry } | { readonly ok: false; readonly id: string };

export interface SealedEntryItem {
  readonly id: string;
  readonly sealed: string;
}

/** A case to open, with its key wrapped to this officer. */
export interface SealedCase {
  readonly id: string;
  readonly wrapped: string;
  readonly entries: readonly SealedEntryItem[];
}

export interface Calls {
  /** A new identity under this passphrase; it stays open in the worker. */
  make(login: string, passphrase: string): Promise<NewKey>;
  /** Derives the proof for the sign-in and keeps the wrapping key for `unwrap`. Gives the proof. */
  prove(passphrase: string, salt: string): Promise<string>;
  /** Opens the identity with the key of the last `prove`. False where it does not fit. */
  unwrap(login: string, wrapped: string): Promise<boolean>;
  /** The open identity under another passphrase. */
  rewrap(login: string, passphrase: string): Promise<NewKey>;
  /** Opens the case with its wrapped key, once, and then entries of it. */
  open(caseId: string, wrapped: string, entries: readonly SealedEntryItem[]): Promise<readonly Opened[]>;
  /** The same for several cases at once; undefined for one whose key does not open. */
  openMany(cases: readonly SealedCase[]): Promise<ReadonlyArray<readonly Opened[] | undefined>>;
  /** The same for one entry that came as bytes: a large file. */
  openLarge(caseId: string, wrapped: string, id: string, sealed: Uint8Array): Promise<Opened>;
  /** Seals a text of an officer to the case, and to the reporters where it is an answer. The case must be open. */
  seal(
    caseId: string,
    entry: {
      readonly author: 'officer' | 'note';
      readonly day: string;
      readonly place: number;
      readonly text: string;
      readonly by: string;
    },
    recipients: readonly string[],
  ): Promise<SealedEntryItem>;
  /** The key of a case for other officers. `wrapped` is the asking officer's own. */
  wrapFor(caseId: string, wrapped: string, recipients: readonly string[]): Promise<readonly string[]>;
  /** Texts sealed to curators; those that do not open are left out. */
  openTexts(
    items: ReadonlyArray<SealedEntryItem>,
  ): Promise<ReadonlyArray<{ readonly id: string; readonly text: string }>>;
  /** 0 to 4, see `strength` in `sealing/passphrase.ts`. */
  strength(passphrase: string): Promise<number>;
}

export type Name = keyof Calls;
