/**
 * What the door's page and the server say to each other below `/lapor`. The server gets ciphertext only. Runs in both: nothing of Node here.
 *
 * | route | asks -> gives |
 * |---|---|
 * | `GET kunci.json` | -> {@link Keys} |
 * | `GET wilayah.json` | -> {@link RegionList}: all of them, so that nobody learns which one was picked |
 * | `GET tantangan` | -> {@link Work} |
 * | `POST kirim` | {@link CaseHeader} packed with its parts (`pack.ts`) -> `{}`, or {@link Failure} |
 * | `POST cek` | {@link LookUp} -> {@link SealedAnswers} |
 *
 * `kirim` carries the answer to a challenge in the header {@link WORK_HEADER}, as `challenge;number,number,...`. What is added to a tip
 * later is sent in the same way: a case of its own with the same receipt.
 */
import type { Id } from '../../../sealing/id.ts';
import type { NamedRegion } from '../../../sealing/region.ts';
import type { RecipientText } from '../../../sealing/seal.ts';

export const WORK_HEADER = 'x-proof-of-work';

/** What a person may enter; as in chats. */
export const MOST_FILES = 8;
/** Bytes of one file, and of all, before they are filled up to their buckets. */
export const MOST_FILE = 10 * 1024 * 1024;
export const MOST_FILES_BYTES = 20_000_000;
/** UTF-16 units of one answer. */
export const MOST_TEXT = 10_000;
/** Largest body of `kirim` in bytes: filled up, the worst files are three times as large. */
export const MOST_BODY = 50 * 1024 * 1024;

export interface Keys {
  /** Who can read: each gets the case's key. Empty where nobody could. */
  readonly readers: ReadonlyArray<{ readonly id: Id; readonly recipient: RecipientText }>;
}

export type ListedRegion = Pick<NamedRegion, 'code' | 'name'>;

export interface RegionList {
  readonly provinces: ReadonlyArray<ListedRegion & { readonly regencies: readonly ListedRegion[] }>;
}

export interface Work {
  readonly challenge: string;
  readonly bits: number;
}

/** The parts packed after it: the case's key wrapped to each of `readers`, then each of `entries`, sealed. */
export interface CaseHeader {
  readonly caseId: Id;
  readonly recipient: RecipientText;
  readonly readers: readonly Id[];
  readonly entries: readonly Id[];
  readonly lookupHash: string;
  readonly reporterRecipient: RecipientText;
}

export interface LookUp {
  /** `ReceiptKeys.lookup`. */
  readonly lookup: string;
}

/** Of an unknown receipt the same empty lists as where there is no news. */
export interface SealedAnswers {
  readonly news: ReadonlyArray<{ readonly kind: 'opened' | 'handed-on' | 'closed'; readonly day: string }>;
  readonly answers: ReadonlyArray<{
    readonly caseId: Id;
    readonly id: Id;
    readonly day: string;
    /** base64url */
    readonly sealed: string;
  }>;
}

/** `readers`: the officers have changed; ask for them again and wrap again. `work`: get a new challenge. `nobody`: no officer could read it. */
export type Why = 'readers' | 'work' | 'nobody' | 'full' | 'limit' | 'shape' | 'failed';
export interface Failure {
  /** In Indonesian, for a person. */
  readonly error: string;
  readonly why: Why;
}
