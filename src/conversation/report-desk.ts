/**
 * What the conversation needs of the reports: sealing what a person tells, receipts, and questions to officers. `src/reports/`
 * implements it. Everything here is keyed by the chat of an {@link Origin}; nothing gives back what was once sealed.
 */
import type { Receipt } from '../sealing/receipt.ts';
import type { IncomingFile } from './message.ts';
import type { Origin } from './origin.ts';

/** The questions of the intake that are answered in words. */
export const SLOTS = ['what', 'who', 'where', 'when'] as const;
export type Slot = (typeof SLOTS)[number];

/** `nobody`: no officer could read it. `limit`: this chat has sent too much today. `full`: the store is. */
export type Admission = 'open' | 'nobody' | 'limit' | 'full';

/** What is known of a draft: only how much was told, because its texts are sealed already. */
export interface Draft {
  /** Messages kept for each question. */
  readonly filled: Readonly<Record<Slot, number>>;
  readonly files: number;
}

/** `gone`: the draft has expired or was never begun. `full`: as much as one report may hold. `receipt`: the text holds a receipt. */
export type Kept = 'kept' | 'gone' | 'full' | 'receipt';

/**
 * `kept-clean`: a picture, stored without its metadata. `warn`: this kind cannot be cleaned; `attachAnyway` takes it. `type`: not a kind
 * that is taken, by its content. `too-big`, `unreadable`: as they say; `unavailable`: the platform did not hand it over.
 */
export type Attached =
  | { readonly kind: 'kept'; readonly clean: boolean }
  | { readonly kind: 'warn'; readonly what: 'document' | 'sound' | 'video' }
  | { readonly kind: 'refused'; readonly why: 'type' | 'too-big' | 'unreadable' | 'unavailable' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'full' };

export type Submitted =
  /** `ask`: places (1 to 10) of the two words to type back. */
  | { readonly kind: 'receipt'; readonly receipt: Receipt; readonly ask: readonly [number, number] }
  | { readonly kind: 'gone' }
  | { readonly kind: 'empty' };

/** What a reporter may see. */
export type News =
  | { readonly kind: 'opened' | 'handed-on' | 'closed'; readonly day: string }
  | { readonly kind: 'answer'; readonly day: string; readonly text: string };

export interface ReportDesk {
  /** May this chat begin? Changes nothing. */
  admission(origin: Origin): Promise<Admission>;
  /** Begins a draft, or finds the one that is open. */
  begin(origin: Origin): Promise<Admission>;
  draft(origin: Origin): Promise<Draft | undefined>;
  /** Seals a text into a question of the draft, after what is there already. A second delivery of the same update changes nothing. */
  write(origin: Origin, slot: Slot, text: string): Promise<Kept>;
  attach(origin: Origin, file: IncomingFile): Promise<Attached>;
  /** Takes the file that `attach` warned of. `gone` where it is not remembered any more: it must be sent again. */
  attachAnyway(origin: Origin): Promise<Attached>;
  /** Removes what was told for a question, or all files. */
  clear(origin: Origin, what: Slot | 'files'): Promise<void>;
  cancel(origin: Origin): Promise<void>;
  /** Makes a case of the draft. Resolves after the durable commit. Called again before `confirm`, it gives a further receipt for the same case. */
  submit(origin: Origin): Promise<Submitted>;
  /** Compares the two words typed back. `forgotten` after a restart or half an hour: nothing can be compared any more. */
  confirm(origin: Origin, words: readonly [string, string]): Promise<'right' | 'wrong' | 'forgotten'>;
  /** Cuts the last thread between the chat and the case. */
  forget(origin: Origin): Promise<void>;

  /** What is new for the holder of a receipt. An unknown receipt and no news give the same, in the same time. Opens it for `add`. */
  look(origin: Origin, receipt: Receipt): Promise<readonly News[] | 'limit'>;
  /** Adds to the case opened by `look`. To an unknown receipt it begins a case, so that nothing is lost and nothing is told apart. */
  add(origin: Origin, text: string): Promise<Kept>;
  addFile(origin: Origin, file: IncomingFile): Promise<Attached>;

  /** Hands a question to the officers; the answer comes back to this chat. */
  ask(origin: Origin, text: string): Promise<Admission>;
  /** More to the question that an officer holds; `gone` where none does (it was answered, or has expired). */
  askMore(origin: Origin, text: string): Promise<Kept>;
  /** Takes the question back: the address is destroyed. */
  withdraw(origin: Origin): Promise<void>;

  /**
   * What must survive the next message but must not be stored: the choices under a reply, a province that was picked. Kept in memory
   * only, for half an hour.
   */
  remember(origin: Origin, key: string, value: string | undefined): void;
  recall(origin: Origin, key: string): string | undefined;
}

/** Where no reports are taken at all (the terminal's `ask`, tests): as if there were no officer. */
export const NO_REPORTS: ReportDesk = {
  admission: async () => 'nobody',
  begin: async () => 'nobody',
  draft: async () => undefined,
  write: async () => 'gone',
  attach: async () => ({ kind: 'gone' }),
  attachAnyway: async () => ({ kind: 'gone' }),
  clear: async () => {},
  cancel: async () => {},
  submit: async () => ({ kind: 'gone' }),
  confirm: async () => 'forgotten',
  forget: async () => {},
  look: async () => [],
  add: async () => 'gone',
  addFile: async () => ({ kind: 'gone' }),
  ask: async () => 'nobody',
  askMore: async () => 'gone',
  withdraw: async () => {},
  remember: () => {},
  recall: () => undefined,
};
