/**
 * What a reporter adds by receipt. To a receipt that is not known it begins a case: so nothing is lost, and nobody learns whether a
 * receipt is known. The work is nearly the same for both: a case is prepared even where none is needed. What remains, a few rows more
 * or a key that was read before, is hidden by the beat on which the answer comes.
 */
import type { Origin } from '../conversation/origin.ts';
import type { Kept } from '../conversation/report-desk.ts';
import type { EntryFile, Part } from '../sealing/entry.ts';
import { randomId } from '../sealing/id.ts';
import { holdsReceipt } from '../sealing/receipt.ts';
import { insertWholes } from '../store/reports/cases.ts';
import type { Change } from '../store/reports/change.ts';
import { mark } from '../store/reports/marks.ts';
import { addToCase, casesOfReceipt, type ReceiptCase } from '../store/reports/receipts.ts';
import { onBeat } from './beat.ts';
import type { Core } from './core.ts';
import { MESSAGE_CHARACTERS } from './limits.ts';
import type { Looked } from './look.ts';
import { Memory } from './memory.ts';
import { sealEntryFast } from './native-seal.ts';
import { caseRows, type PreparedCase, prepareCase } from './new-case.ts';

/** How long a receipt stays open in a chat, in milliseconds, and in how many. */
const OPEN = { time: 30 * 60 * 1000, most: 10_000 };
/** In milliseconds; about ten times what the work takes on a quiet machine. */
const BEAT = 50;

export interface Added {
  readonly part: Extract<Part, 'text' | 'file'>;
  readonly text: string;
  readonly file?: EntryFile;
}

export class Additions {
  readonly #core: Core;
  readonly #open: Memory<Looked>;

  constructor(core: Core) {
    this.#core = core;
    this.#open = new Memory(OPEN.time, OPEN.most, core.now);
  }

  /** From now on `add` goes to the cases of this receipt. */
  open(origin: Origin, looked: Looked): void {
    this.#open.set(origin.chat, looked);
  }

  isOpen(origin: Origin): boolean {
    return this.#open.get(origin.chat) !== undefined;
  }

  close(origin: Origin): void {
    this.#open.delete(origin.chat);
  }

  /** True where this update was taken before. */
  wasAdded(origin: Origin): Promise<boolean> {
    return this.#core.isDone(origin, 'add');
  }

  async addText(origin: Origin, text: string): Promise<Kept> {
    if (holdsReceipt(text)) return 'receipt';
    if (text.length > MESSAGE_CHARACTERS) return 'full';
    return this.add(origin, { part: 'text', text });
  }

  add(origin: Origin, added: Added): Promise<Kept> {
    return onBeat(BEAT, () => this.#add(origin, added));
  }

  async #add(origin: Origin, added: Added): Promise<Kept> {
    const { readers, limits, database } = this.#core;
    const looked = this.#open.get(origin.chat);
    if (!looked) return 'gone';
    if (await this.wasAdded(origin)) return 'kept';
    const { today } = await this.#core.named(origin);
    if (!(await limits.count('additions', today))) return 'full';
    const active = await readers.active();
    if (active.length === 0) return 'gone';
    for (;;) {
      const prepared = await prepareCase(readers, active);
      const [known] = await casesOfReceipt(database, looked.lookupHash);
      const kept = await this.#store(origin, looked, added, prepared, known);
      // 'changed': the case was deleted in between; the next round begins one
      if (kept !== 'changed') return kept;
    }
  }

  async #store(
    origin: Origin,
    looked: Looked,
    added: Added,
    prepared: PreparedCase,
    known: ReceiptCase | undefined,
  ): Promise<Kept | 'changed'> {
    const { writes, storage, now } = this.#core;
    const day = this.#core.today();
    const id = randomId();
    const caseId = known?.id ?? prepared.id;
    const content = { case: caseId, id, author: 'reporter', day, place: known?.places ?? 0, ...added } as const;
    const to = this.#core.native((known ?? prepared).recipient);
    const sealed = await sealEntryFast(content, [to]);
    if (!(await this.#core.fits(origin, sealed.length + prepared.size))) return 'full';
    const entry = { case_id: caseId, id, author: 'reporter', day, sealed } as const;
    const done = await this.#core.doneName(origin, 'add');
    const outcome = await writes
      .run(async (change) => {
        if (!(await mark(change.trx, done, now()))) return 'kept';
        if (!known) return this.#begin(change, looked, prepared, entry);
        if (!(await addToCase(change.trx, { entry, day }))) throw new Gone();
        this.#core.tell(change, 'added', caseId);
        return 'kept';
      })
      .catch((error: unknown) => {
        if (error instanceof Gone) return 'changed' as const;
        throw error;
      });
    if (outcome === 'kept') storage.add(sealed.length + (known ? 0 : prepared.size));
    return outcome;
  }

  async #begin(
    change: Change,
    looked: Looked,
    prepared: PreparedCase,
    entry: Parameters<typeof addToCase>[1]['entry'],
  ): Promise<'kept'> {
    const rows = caseRows(prepared, { kind: 'tip', status: 'new', day: entry.day, places: 1 });
    const receipt = { lookup_hash: looked.lookupHash, case_id: prepared.id, recipient: looked.recipient };
    await insertWholes(change.trx, [{ case: rows, entries: [entry], receipt }]);
    this.#core.tell(change, 'submitted', prepared.id);
    return 'kept';
  }
}

/** Undoes the change: the case is gone. */
class Gone extends Error {
  override name = 'Gone';
}
