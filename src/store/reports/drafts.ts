/** Drafts: a case that no officer sees yet, and the thread from the chat to it. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Database } from '../database.ts';
import { deleteCase, insertCase, insertEntries, type NewCase } from './cases.ts';
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

/** The open draft of a chat, with what was told so far. @param chats the names it may have */
export async function findDraft(db: Database, chats: readonly string[], now: number): Promise<FoundDraft | undefined> {
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
    .where('drafts.chat', 'in', chats)
    .where('drafts.expires_at', '>', now)
    .execute();
  const [first] = rows;
  if (!first) return undefined;
  const slots = rows.flatMap(({ slot, origin, place, size }) =>
    slot === null || origin === null || place === null ? [] : [{ slot, origin, place, size: size ?? 0 }],
  );
  return { chat: first.chat, case: first.case_id, recipient: first.recipient, slots };
}

/** False where the chat has one already: of two that begin at once, one does. */
export async function insertDraft(trx: Database, chat: string, newCase: NewCase, expires: number): Promise<boolean> {
  const thread = await trx
    .insertInto('drafts')
    .values({ chat, case_id: newCase.row.id, expires_at: expires })
    .onConflict((conflict) => conflict.column('chat').doNothing())
    .executeTakeFirst();
  if (Number(thread.numInsertedOrUpdatedRows ?? 0) === 0) return false;
  await insertCase(trx, newCase);
  return true;
}

/** `again`: this part of this update is there already. `gone`: there is no such draft any more. */
export async function insertPart(
  trx: Database,
  entry: Insertable<EntryTable>,
  slot: Selectable<DraftSlotTable>,
): Promise<'kept' | 'again' | 'gone'> {
  const added = await trx
    .insertInto('draft_slots')
    .columns(['case_id', 'entry_id', 'slot', 'origin', 'place'])
    .expression((eb) =>
      eb
        .selectFrom('drafts')
        .select([
          'case_id',
          sql<string>`cast(${slot.entry_id} as text)`.as('entry_id'),
          sql<SlotName>`cast(${slot.slot} as text)`.as('slot'),
          sql<string>`cast(${slot.origin} as text)`.as('origin'),
          sql<number>`cast(${slot.place} as integer)`.as('place'),
        ])
        .where('case_id', '=', slot.case_id),
    )
    .onConflict((conflict) => conflict.columns(['case_id', 'origin']).doNothing())
    .executeTakeFirst();
  if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0) {
    await insertEntries(trx, [entry]);
    return 'kept';
  }
  const draft = await trx.selectFrom('drafts').select('chat').where('case_id', '=', slot.case_id).executeTakeFirst();
  return draft ? 'again' : 'gone';
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
