/**
 * Questions that are handed to the officers. They are sealed like tips; but an answer must find its way back into the chat, so its
 * address is kept, sealed with the server's key, until it is answered, taken back, or thirty days old.
 */
import type { Origin } from '../conversation/origin.ts';
import type { Admission, Kept } from '../conversation/report-desk.ts';
import { randomId } from '../sealing/id.ts';
import { holdsReceipt } from '../sealing/receipt.ts';
import { mark } from '../store/reports/marks.ts';
import { findQuestion, insertQuestion, type OpenQuestion, withdrawQuestion } from '../store/reports/questions.ts';
import { addToCase } from '../store/reports/receipts.ts';
import type { Core } from './core.ts';
import { addDays } from './days.ts';
import { MESSAGE_CHARACTERS, QUESTION_MESSAGES } from './limits.ts';
import { sealEntryFast } from './native-seal.ts';
import { caseRows, prepareCase } from './new-case.ts';
import type { Reader } from './readers.ts';
import { sealAddress } from './sealed-address.ts';

/** Days after which the address is destroyed, answered or not. */
export const ADDRESS_KEPT = 30;

export class Questions {
  readonly #core: Core;

  constructor(core: Core) {
    this.#core = core;
  }

  async ask(origin: Origin, text: string): Promise<Admission> {
    // the conversation has refused both with the right words before
    if (holdsReceipt(text) || text.length > MESSAGE_CHARACTERS) return 'full';
    const { database, limits } = this.#core;
    if (await this.#core.isDone(origin, 'ask')) return 'open';
    const held = await findQuestion(database, origin.chat, this.#core.today());
    if (held) return (await this.#add(origin, held, text)) === 'kept' ? 'open' : 'full';
    const active = await this.#core.readers.active();
    const admission = await this.#core.admission(active);
    if (admission !== 'open') return admission;
    const { today } = await this.#core.named(origin);
    if (!(await limits.count('questions', today)) || !(await this.#core.countOfNetwork('begun', origin)))
      return 'limit';
    return this.#store(origin, text, active);
  }

  async #store(origin: Origin, text: string, active: readonly Reader[]): Promise<'open' | 'full'> {
    const { readers, key, writes, storage, now } = this.#core;
    const day = this.#core.today();
    const prepared = await prepareCase(readers, active);
    const id = randomId();
    const entry = { case: prepared.id, id, author: 'reporter', part: 'text', day, place: 0, text } as const;
    const sealed = await sealEntryFast(entry, [this.#core.native(prepared.recipient)]);
    if (!(await this.#core.fits(origin, prepared.size + sealed.length))) return 'full';
    const question = {
      case_id: prepared.id,
      chat: origin.chat,
      channel: origin.channel,
      address: sealAddress(key, prepared.id, origin.address),
      expires: addDays(day, ADDRESS_KEPT),
    };
    const rows = caseRows(prepared, { kind: 'question', status: 'new', day, places: 1 });
    const done = await this.#core.doneName(origin, 'ask');
    await writes.run(async (change) => {
      if (!(await mark(change.trx, done, now()))) return;
      const row = { case_id: prepared.id, id, author: 'reporter', day, sealed } as const;
      if (await insertQuestion(change.trx, question, rows, row, day)) this.#core.tell(change, 'asked', prepared.id);
    });
    storage.add(prepared.size + sealed.length);
    return 'open';
  }

  async askMore(origin: Origin, text: string): Promise<Kept> {
    if (holdsReceipt(text)) return 'receipt';
    const held = await findQuestion(this.#core.database, origin.chat, this.#core.today());
    if (!held) return 'gone';
    if (await this.#core.isDone(origin, 'ask')) return 'kept';
    return this.#add(origin, held, text);
  }

  async #add(origin: Origin, held: OpenQuestion, text: string): Promise<Kept> {
    const { writes, storage, now } = this.#core;
    if (text.length > MESSAGE_CHARACTERS || held.places >= QUESTION_MESSAGES) return 'full';
    const day = this.#core.today();
    const id = randomId();
    const entry = { case: held.case, id, author: 'reporter', part: 'text', day, place: held.places, text } as const;
    const sealed = await sealEntryFast(entry, [this.#core.native(held.recipient)]);
    if (!(await this.#core.fits(origin, sealed.length))) return 'full';
    const done = await this.#core.doneName(origin, 'ask');
    const row = { case_id: held.case, id, author: 'reporter', day, sealed } as const;
    const kept = await writes.run(async (change) => {
      if (!(await mark(change.trx, done, now()))) return 'kept';
      if (!(await addToCase(change.trx, { entry: row, day }))) return 'gone';
      this.#core.tell(change, 'added', held.case);
      return 'kept';
    });
    if (kept === 'kept') storage.add(sealed.length);
    return kept;
  }

  async withdraw(origin: Origin): Promise<void> {
    const today = this.#core.today();
    await this.#core.writes.run(async ({ trx, audit }) => {
      const caseId = await withdrawQuestion(trx, origin.chat, today);
      if (caseId !== undefined) audit({ at: today, actor: 'reporter', event: 'withdrawn', case: caseId });
    });
  }
}
