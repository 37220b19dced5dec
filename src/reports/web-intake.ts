/**
 * The browsers' door: tips that were sealed before they came. The server checks shapes, sizes and who can read, and opens nothing.
 *
 * What a reporter adds later comes in the same shape as a first tip: a case with a key of its own, tied to the others by its receipt
 * (`lookupHash`). So the server need not give out the key of the first case, which it could not do for a receipt that it does not
 * know without telling that, or without holding the private half of a made-up key.
 */
import { createHash } from 'node:crypto';
import { ID, type Id } from '../sealing/id.ts';
import { asRecipient, type RecipientText } from '../sealing/keys.ts';
import { insertSealed, type SealedResult, type SealedSubmission } from '../store/reports/web.ts';
import type { Core } from './core.ts';
import type { Together } from './grouped-writes.ts';
import { DRAFT_FILE_BYTES, DRAFT_FILES } from './limits.ts';
import { findNews, type StatusNews, statusNews } from './look.ts';
import { caseRows } from './new-case.ts';
import { type Reader, unitOf } from './readers.ts';
import { looksLikeEntry, looksLikeWrap } from './sealed-shape.ts';

/** A tip, or an addition to one. */
export interface SealedCase {
  readonly caseId: Id;
  /** Public key of the case. */
  readonly recipient: string;
  /** The case's private key, wrapped by `wrapCaseKey` to each of {@link WebIntake.readers}, and to nobody else. */
  readonly wrapped: ReadonlyArray<{ readonly reader: Id; readonly wrapped: Uint8Array }>;
  /** Made by `sealEntry` to `recipient` alone. */
  readonly entries: ReadonlyArray<{ readonly id: Id; readonly sealed: Uint8Array }>;
  /** `ReceiptKeys.lookupHash` and `.recipient`. */
  readonly lookupHash: string;
  readonly reporterRecipient: string;
}

/** `readers`: the officers have changed meanwhile; ask for them again, wrap again and send again. `shape`: anything else. */
export type SealedOutcome =
  | { readonly kind: 'kept' | 'full' | 'nobody' }
  | { readonly kind: 'refused'; readonly why: 'readers' | 'shape' };

/** What the holder of a receipt may see. Unknown receipt and no news: the same empty lists. */
export interface SealedNews {
  readonly news: readonly StatusNews[];
  /** Officers' answers; `caseId` and `id` are what `openEntry` expects. */
  readonly answers: ReadonlyArray<{
    readonly caseId: Id;
    readonly id: Id;
    readonly day: string;
    readonly sealed: Uint8Array;
  }>;
}

/** An entry for each question, and for each file. */
const MOST_ENTRIES = 4 + DRAFT_FILES;
/** Beside the files, some room for long texts. */
const MOST_BYTES = DRAFT_FILE_BYTES + 1024 * 1024;
/** 32 bytes in base64url. */
const HASH = /^[A-Za-z0-9_-]{43}$/;

export class WebIntake {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  /** Who can read now; empty where nobody could, and no tip is taken. The escrow key is one of them. */
  readers(): Promise<readonly Reader[]> {
    return this.#core.readers.active();
  }

  /** Resolves after the durable commit. The same case with the same receipt again is `kept` and changes nothing: a request may be retried. */
  async submitSealed(sealed: SealedCase): Promise<SealedOutcome> {
    if (!this.#hasShape(sealed)) return { kind: 'refused', why: 'shape' };
    const { storage, readers, writes } = this.#core;
    const active = await readers.active();
    if (active.length === 0) return { kind: 'nobody' };
    const size = [
      ...sealed.wrapped.map(({ wrapped }) => wrapped),
      ...sealed.entries.map((entry) => entry.sealed),
    ].reduce((sum, { length }) => sum + length, 0);
    if (!(await storage.fits(size))) return { kind: 'full' };
    const outcome = await this.#store(sealed, active, writes);
    if (outcome === 'kept') storage.add(size);
    if (outcome === 'nobody') return { kind: 'nobody' };
    if (outcome === 'readers' || outcome === 'taken')
      return { kind: 'refused', why: outcome === 'readers' ? 'readers' : 'shape' };
    return { kind: 'kept' };
  }

  async #store(
    { caseId, recipient, wrapped, entries, lookupHash, reporterRecipient }: SealedCase,
    active: readonly Reader[],
    writes: Core['writes'],
  ): Promise<SealedResult> {
    const day = this.#core.today();
    const keys = wrapped.map(({ reader, wrapped: bytes }) => ({ officer: reader, wrapped: bytes }));
    const prepared = { id: caseId, recipient: recipient as RecipientText, keys, unit: unitOf(active) };
    const rows = caseRows(prepared, { kind: 'tip', status: 'new', day, places: entries.length });
    const sealed = entries.map(({ id, sealed: bytes }) => ({
      case_id: caseId,
      id,
      author: 'reporter' as const,
      day,
      sealed: bytes,
    }));
    const receipt = { lookup_hash: lookupHash, case_id: caseId, recipient: reporterRecipient };
    const isForReaders = isFor(active, wrapped);
    return writes.together(this.#insertAll, { case: rows, entries: sealed, receipt, isForReaders });
  }

  readonly #insertAll: Together<SealedSubmission, SealedResult> = async (change, submissions) => {
    const results = await insertSealed(change, submissions);
    for (const [i, one] of submissions.entries())
      if (results[i] === 'kept') this.#core.tell(change, 'submitted', one.case.row.id);
    return results;
  };

  #hasShape({ caseId, recipient, wrapped, entries, lookupHash, reporterRecipient }: SealedCase): boolean {
    const ids = new Set(entries.map(({ id }) => id));
    return (
      ID.test(caseId) &&
      HASH.test(lookupHash) &&
      this.#isKey(recipient) &&
      this.#isKey(reporterRecipient) &&
      wrapped.every((one) => looksLikeWrap(one.wrapped)) &&
      entries.length > 0 &&
      entries.length <= MOST_ENTRIES &&
      ids.size === entries.length &&
      entries.every(({ id, sealed }) => ID.test(id) && looksLikeEntry(sealed)) &&
      entries.reduce((sum, { sealed }) => sum + sealed.length, 0) <= MOST_BYTES
    );
  }

  /** A key that nothing can be sealed to would only be noticed by an officer who answers. */
  #isKey(text: string): boolean {
    if (asRecipient(text) === undefined) return false;
    try {
      this.#core.native(text);
      return true;
    } catch {
      return false;
    }
  }

  /** @param lookup `ReceiptKeys.lookup` */
  async lookSealed(lookup: string): Promise<SealedNews | 'limit'> {
    if (!(await this.#core.limits.countLook('browser'))) return 'limit';
    const { cases, answers } = await findNews(this.#core, hashOf(lookup));
    return {
      news: statusNews(cases),
      answers: answers
        .map(({ case_id, ...answer }) => ({ caseId: case_id, ...answer }))
        .sort((a, b) => a.day.localeCompare(b.day) || a.id.localeCompare(b.id)),
    };
  }
}

/** True where each reader has one wrap, and nobody else has. */
const isFor = (active: readonly Reader[], wrapped: SealedCase['wrapped']): boolean =>
  active.length === wrapped.length &&
  active.every(({ id }) => wrapped.filter(({ reader }) => reader === id).length === 1);

/** As `receiptKeys` makes `lookupHash` of `lookup`. */
const hashOf = (lookup: string): string => createHash('sha256').update(lookup).digest('base64url');
