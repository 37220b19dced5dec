/** Drafts: a case that no officer sees yet, and the thread from the chat to it. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database.ts';
import { isSqlite } from '../is-sqlite.ts';
import { deleteCase, insertCases, insertEntries, type NewCase } from './cases.ts';
import type { Change } from './change.ts';
import type { DraftSlotTable, EntryTable } from './tables.ts';

export type SlotName = DraftSlotTable['slot'];

export interface FoundDraft {
  /** The name of the chat under which it was found. */
  readonly chat: string;
  readonly case: string;
  readonly recipient: string;
  readonly slots: readonly FoundSlot[];
}

export interface FoundSlot {
  readonly slot: SlotName;
  readonly origin: string;
  readonly place: number;
  /** Sealed bytes of the entry. */
  readonly size: number;
}

/**
 * The open drafts of chats, with what was told so far, in the order of the chats.
 * @param chats the names that each of them may have
 */
export async function findDrafts(
  db: Database,
  chats: ReadonlyArray<readonly string[]>,
  now: number,
): Promise<Array<FoundDraft | undefined>> {
  const rows = await db
    .selectFrom('drafts')
    .innerJoin('cases', 'cases.id', 'drafts.case_id')
    .leftJoin('draft_slots as slots', 'slots.case_id', 'drafts.case_id')
    .leftJoin('entries', (join) =>
      join.onRef('entries.case_id', '=', 'slots.case_id').onRef('entries.id', '=', 'slots.entry_id'),
    )
    .select([
      'drafts.chat',
      'drafts.case_id',
      'cases.recipient',
      'slots.slot',
      'slots.origin',
      'slots.place',
      sql<number | null>`octet_length(entries.sealed)`.as('size'),
    ])
    .where('drafts.chat', 'in', chats.flat())
    .where('drafts.expires_at', '>', now)
    .execute();
  const byChat = Map.groupBy(rows, ({ chat }) => chat);
  return chats.map((names) => {
    const found = names.map((name) => byChat.get(name)).find((those) => those !== undefined);
    return found && draftOf(found);
  });
}

interface DraftRow {
  readonly chat: string;
  readonly case_id: string;
  readonly recipient: string;
  readonly slot: SlotName | null;
  readonly origin: string | null;
  readonly place: number | null;
  readonly size: number | null;
}

function draftOf(rows: readonly DraftRow[]): FoundDraft | undefined {
  const [first] = rows;
  if (!first) return undefined;
  const slots = rows.flatMap(({ slot, origin, place, size }) =>
    slot === null || origin === null || place === null ? [] : [{ slot, origin, place, size: size ?? 0 }],
  );
  return { chat: first.chat, case: first.case_id, recipient: first.recipient, slots };
}

export interface NewDraft {
  readonly chat: string;
  readonly case: NewCase;
  readonly expires: number;
}

/** False where the chat has one already: of two that begin at once, one does. */
export async function insertDrafts({ trx }: Change, drafts: readonly NewDraft[]): Promise<boolean[]> {
  const threads = await trx
    .insertInto('drafts')
    .values(drafts.map(({ chat, case: { row }, expires }) => ({ chat, case_id: row.id, expires_at: expires })))
    .onConflict((conflict) => conflict.column('chat').doNothing())
    .returning('case_id')
    .execute();
  const begun = new Set(threads.map(({ case_id }) => case_id));
  const isBegun = (draft: NewDraft) => begun.has(draft.case.row.id);
  await insertCases(
    trx,
    drafts.filter(isBegun).map((draft) => draft.case),
  );
  return drafts.map(isBegun);
}

export interface NewPart {
  readonly entry: Insertable<EntryTable>;
  readonly slot: Selectable<DraftSlotTable>;
}

/** `again`: this part of this update is there already. `gone`: there is no such draft any more. */
export async function insertParts(
  { trx }: Change,
  parts: readonly NewPart[],
): Promise<Array<'kept' | 'again' | 'gone'>> {
  const found = trx
    .selectFrom('drafts')
    .select('case_id')
    .where('case_id', 'in', [...new Set(parts.map(({ slot }) => slot.case_id))]);
  // whoever throws a draft away or submits it waits until its parts are there: they would outlive it
  const drafts = await (isSqlite(trx) ? found : found.forShare()).execute();
  const open = new Set(drafts.map(({ case_id }) => case_id));
  const slots = parts.filter(({ slot }) => open.has(slot.case_id)).map(({ slot }) => slot);
  if (slots.length === 0) return parts.map(() => 'gone');
  const added = await trx
    .insertInto('draft_slots')
    .values(slots)
    .onConflict((conflict) => conflict.columns(['case_id', 'origin']).doNothing())
    .returning('entry_id')
    .execute();
  const kept = new Set(added.map(({ entry_id }) => entry_id));
  await insertEntries(
    trx,
    parts.filter(({ slot }) => kept.has(slot.entry_id)).map(({ entry }) => entry),
  );
  return parts.map(({ slot }) => (kept.has(slot.entry_id) ? 'kept' : open.has(slot.case_id) ? 'again' : 'gone'));
}

/** Removes what was told for one question. */
export async function deleteSlot(trx: Database, caseId: string, slot: SlotName): Promise<void> {
  await trx
    .deleteFrom('entries')
    .where('case_id', '=', caseId)
    .where('id', 'in', (eb) =>
      eb.selectFrom('draft_slots').select('entry_id').where('case_id', '=', caseId).where('slot', '=', slot),
    )
    .execute();
  await trx.deleteFrom('draft_slots').where('case_id', '=', caseId).where('slot', '=', slot).execute();
}

/** The draft and its case. Nothing where it has become one meanwhile. */
export async function deleteDraft(trx: Database, caseId: string): Promise<void> {
  const draft = await trx.deleteFrom('drafts').where('case_id', '=', caseId).executeTakeFirst();
  if (Number(draft.numDeletedRows) > 0) await deleteCase(trx, caseId);
}

/** Drafts that nobody went on with. */
export async function expiredDrafts(db: Database, now: number, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('drafts').select('case_id').where('expires_at', '<=', now).limit(limit).execute();
  return rows.map((row) => row.case_id);
}
