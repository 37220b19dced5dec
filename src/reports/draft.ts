/** Drafts: every part is sealed when it comes, and from then on nobody but an officer can read it, not even its writer. */
import type { Origin } from '../conversation/origin.ts';
import { type Admission, type Draft, type Kept, SLOTS, type Slot } from '../conversation/report-desk.ts';
import type { EntryFile } from '../sealing/entry.ts';
import { type Id, randomId } from '../sealing/id.ts';
import { holdsReceipt } from '../sealing/receipt.ts';
import {
  deleteDraft,
  deleteSlot,
  type FoundDraft,
  type FoundSlot,
  findDrafts,
  insertDrafts,
  insertParts,
  type SlotName,
} from '../store/reports/drafts.ts';
import type { Core } from './core.ts';
import type { DayKey } from './day-keys.ts';
import { GroupedReads } from './grouped-reads.ts';
import { MESSAGE_CHARACTERS, QUESTION_MESSAGES } from './limits.ts';
import { sealEntryFast } from './native-seal.ts';
import { caseRows, prepareCase } from './new-case.ts';
import type { Reader } from './readers.ts';

const HOUR = 60 * 60 * 1000;
/** How long a draft is kept. */
export const DRAFT_KEPT = 24 * HOUR;

export interface OpenDraft {
  readonly case: Id;
  readonly recipient: string;
  readonly slots: readonly FoundSlot[];
  /** The key of the day on which it was begun. */
  readonly key: DayKey;
}

export class Drafts {
  readonly #core: Core;
  readonly #found: GroupedReads<readonly string[], FoundDraft | undefined>;

  constructor(core: Core) {
    this.#core = core;
    this.#found = new GroupedReads((chats) => findDrafts(core.database, chats, core.now()));
  }

  async admission(origin: Origin, active?: readonly Reader[]): Promise<Admission> {
    const { limits } = this.#core;
    const general = await this.#core.admission(active);
    if (general !== 'open') return general;
    const { today } = await this.#core.named(origin);
    return (await limits.allows('tips', today)) && (await limits.allows('drafts', today)) ? 'open' : 'limit';
  }

  async begin(origin: Origin): Promise<Admission> {
    const { readers, limits, storage, writes, now } = this.#core;
    if (await this.find(origin)) return 'open';
    const active = await readers.active();
    const admission = await this.admission(origin, active);
    if (admission !== 'open') return admission;
    const { today } = await this.#core.named(origin);
    if (!(await limits.count('drafts', today)) || !(await this.#core.countOfNetwork('begun', origin))) return 'limit';
    const prepared = await prepareCase(readers, active);
    const rows = caseRows(prepared, { kind: 'tip', status: 'draft', day: this.#core.today(), places: 0 });
    // to the hour: finer says more than it is needed for
    const expires = Math.floor(now() / HOUR) * HOUR + DRAFT_KEPT;
    if (await writes.together(insertDrafts, { chat: today, case: rows, expires })) storage.add(prepared.size);
    return 'open';
  }

  /** The open draft of this chat. */
  async find(origin: Origin): Promise<OpenDraft | undefined> {
    const { names, keys } = await this.#core.named(origin);
    const draft = await this.#found.get(names);
    const key = draft && keys[names.indexOf(draft.chat)];
    if (!draft || !key) return undefined;
    return { case: draft.case, recipient: draft.recipient, key, slots: draft.slots };
  }

  async summary(origin: Origin): Promise<Draft | undefined> {
    const draft = await this.find(origin);
    if (!draft) return undefined;
    const count = (slot: SlotName) => draft.slots.filter((part) => part.slot === slot).length;
    return {
      filled: { what: count('what'), who: count('who'), where: count('where'), when: count('when') },
      files: count('file'),
    };
  }

  async write(origin: Origin, slot: Slot, text: string): Promise<Kept> {
    if (holdsReceipt(text)) return 'receipt';
    const draft = await this.find(origin);
    if (!draft) return 'gone';
    if (isThere(draft, slot, origin)) return 'kept';
    const told = draft.slots.filter((part) => part.slot === slot).length;
    if (told >= QUESTION_MESSAGES || text.length > MESSAGE_CHARACTERS) return 'full';
    return this.keep(origin, draft, slot, text);
  }

  /** Seals a part and stores it. A second delivery of the same update changes nothing. */
  async keep(origin: Origin, draft: OpenDraft, slot: SlotName, text: string, file?: EntryFile): Promise<Kept> {
    const { writes, storage } = this.#core;
    const place = Math.max(-1, ...draft.slots.map((part) => part.place)) + 1;
    const day = this.#core.today();
    const id = randomId();
    const content = { case: draft.case, id, author: 'reporter', part: slot, day, place, text } as const;
    const sealed = await sealEntryFast(file ? { ...content, file } : content, [this.#core.native(draft.recipient)]);
    if (!(await this.#core.fits(origin, sealed.length))) return 'full';
    const entry = { case_id: draft.case, id, author: 'reporter', day, sealed } as const;
    const part = { case_id: draft.case, entry_id: id, slot, origin: markOf(draft, slot, origin), place };
    const outcome = await writes.together(insertParts, { entry, slot: part });
    if (outcome === 'kept') storage.add(sealed.length);
    return outcome === 'again' ? 'kept' : outcome;
  }

  async clear(origin: Origin, what: Slot | 'files'): Promise<void> {
    const draft = await this.find(origin);
    if (!draft) return;
    await this.#core.writes.run(({ trx }) => deleteSlot(trx, draft.case, what === 'files' ? 'file' : what));
  }

  async cancel(origin: Origin): Promise<void> {
    const draft = await this.find(origin);
    if (draft) await this.#core.writes.run(({ trx }) => deleteDraft(trx, draft.case));
  }
}

/** True where this part of this update was stored before. */
export const isThere = (draft: OpenDraft, slot: SlotName, { update }: Origin): boolean =>
  update !== undefined && draft.slots.some(({ origin }) => origin === partName(draft, slot, update));

const markOf = (draft: OpenDraft, slot: SlotName, { update }: Origin): string =>
  update === undefined ? randomId() : partName(draft, slot, update);

const partName = (draft: OpenDraft, slot: SlotName, update: string): string =>
  draft.key.name('part', `${slot}\u0000${update}`);

/** The questions that were skipped. */
export const skipped = (draft: OpenDraft): readonly Slot[] =>
  SLOTS.filter((slot) => !draft.slots.some((part) => part.slot === slot));
