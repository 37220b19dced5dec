/** From a draft to a case, and its receipts. */
import type { Insertable } from 'kysely';
import type { Database } from '../database.ts';
import { insertEntries } from './cases.ts';
import type { EntryTable, ReceiptTable, ThreadTable } from './tables.ts';

export interface Submission {
  readonly case: string;
  readonly day: string;
  /** The questions that were skipped, as sealed empty entries. */
  readonly empty: ReadonlyArray<Insertable<EntryTable>>;
  readonly places: number;
  readonly receipt: Insertable<ReceiptTable>;
  readonly pending: Insertable<ThreadTable>;
}

/** Makes a case of the draft. False where there is no such draft any more. */
export async function submitDraft(trx: Database, submission: Submission): Promise<boolean> {
  const { case: id, day, empty, places, receipt, pending } = submission;
  const draft = await trx.deleteFrom('drafts').where('case_id', '=', id).executeTakeFirst();
  if (Number(draft.numDeletedRows) === 0) return false;
  await trx
    .updateTable('cases')
    .set({ status: 'new', day, changed: day, version: 1, places })
    .where('id', '=', id)
    .execute();
  await trx.deleteFrom('draft_slots').where('case_id', '=', id).execute();
  await insertEntries(trx, empty);
  await trx.insertInto('receipts').values(receipt).execute();
  await trx
    .insertInto('pending_receipts')
    .values(pending)
    .onConflict((conflict) =>
      conflict.column('chat').doUpdateSet({ case_id: pending.case_id, expires_at: pending.expires_at }),
    )
    .execute();
  return true;
}

/** The case that this chat has submitted a moment ago. */
export async function findPending(db: Database, chats: readonly string[], now: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('pending_receipts')
    .select('case_id')
    .where('chat', 'in', chats)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.case_id;
}

/** A further receipt. False where the thread is gone, or the case has `most` of them. */
export async function addReceipt(trx: Database, receipt: Insertable<ReceiptTable>, most: number): Promise<boolean> {
  const pending = await trx
    .selectFrom('pending_receipts')
    .select(({ selectFrom }) => [
      selectFrom('receipts')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('case_id', '=', receipt.case_id)
        .as('count'),
    ])
    .where('case_id', '=', receipt.case_id)
    .executeTakeFirst();
  if (pending === undefined || Number(pending.count) >= most) return false;
  await trx.insertInto('receipts').values(receipt).execute();
  // an answer that is being written is not sealed to it: its writer must read again
  await trx
    .updateTable('cases')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', receipt.case_id)
    .execute();
  return true;
}

export async function deletePending(trx: Database, chats: readonly string[]): Promise<void> {
  await trx.deleteFrom('pending_receipts').where('chat', 'in', chats).execute();
}
