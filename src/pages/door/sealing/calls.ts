/** What the page asks of the worker that holds the cryptography. */
import type { Keys, SealedAnswers } from '../../../channels/web/door/contract.ts';
import type { Recognised } from '../../../reports/evidence-type.ts';
import type { EntryFile, Part } from '../../../sealing/entry.ts';
import type { ReadReceipt, Receipt } from '../../../sealing/receipt.ts';

export interface ToSeal {
  readonly readers: Keys['readers'];
  readonly day: string;
  readonly texts: ReadonlyArray<{ readonly part: Part; readonly text: string }>;
  readonly files: readonly EntryFile[];
  /** The receipt that this adds to; without it a new one is made. */
  readonly receipt?: Receipt;
}

export interface Parcel {
  /** Body of `POST kirim`. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly receipt: Receipt;
}

export interface Opened {
  readonly day: string;
  /** Rises in the order of writing. */
  readonly place: number;
  readonly text: string;
}

export interface Calls {
  seal(what: ToSeal): Promise<Parcel>;
  /** Answers a challenge, as the header wants it. */
  work(challenge: string, bits: number): Promise<string>;
  readReceipt(text: string): Promise<ReadReceipt>;
  /** True where a text holds the words of a receipt. */
  holdsReceipt(texts: readonly string[]): Promise<boolean>;
  lookup(receipt: Receipt): Promise<string>;
  /** Answers that do not open are left out: they were not made for this receipt. */
  open(receipt: Receipt, answers: SealedAnswers['answers']): Promise<readonly Opened[]>;
  /** What a file is by its content; undefined of what is not taken. */
  recognise(bytes: Uint8Array): Promise<Recognised | undefined>;
}

export type Name = keyof Calls;
export interface Question {
  readonly id: number;
  readonly name: Name;
  readonly args: readonly unknown[];
}
export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false };
