/** From a draft to a case, and its receipts. */
import type { Insertable } from 'kysely';
import type { Database } from '../database.ts';
import { insertEntries } from './cases.ts';
import type { Change } from './change.ts';
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

/** Makes cases of drafts. False where there is no such draft any more. */
export async function submitDrafts({ trx }: Change, submissions: readonly Submission[]): Promise<boolean[]> {
  const ids = submissions.map((one) => one.case);
  const gone = await trx.deleteFrom('drafts').where('case_id', 'in', ids).returning('case_id').execute();
  const drafts = new Set(gone.map(({ case_id }) => case_id));
  // a chat that is delivered twice at once: the first one counts
  const done = submissions.filter((one, i) => drafts.has(one.case) && ids.indexOf(one.case) === i);
  if (done.length === 0) return submissions.map(() => false);
  for (const alike of Map.groupBy(done, ({ day, places }) => `${day} ${places}`).values()) await beginCases(trx, alike);
  await trx
    .deleteFrom('draft_slots')
    .where('case_id', 'in', [...drafts])
    .execute();
  await insertEntries(
    trx,
    done.flatMap(({ empty }) => empty),
  );
  await trx
    .insertInto('receipts')
    .values(done.map(({ receipt }) => receipt))
    .execute();
  // of two cases of one chat the later one: a statement may not change a row twice
  const pending = new Map(done.map((one) => [one.pending.chat, one.pending]));
  await trx
    .insertInto('pending_receipts')
    .values([...pending.values()])
    .onConflict((conflict) =>
      conflict.column('chat').doUpdateSet(({ ref }) => ({
        case_id: ref('excluded.case_id'),
        expires_at: ref('excluded.expires_at'),
      })),
    )
    .execute();
  return submissions.map((one) => done.includes(one));
}

/** Cases with as many entries, submitted on one day. */
async function beginCases(trx: Database, submissions: readonly Submission[]): Promise<void> {
  const [first] = submissions;
  if (!first) return;
  const { day, places } = first;
  const ids = submissions.map((one) => one.case);
  await trx
    .updateTable('cases')
    .set({ status: 'new', day, changed: day, version: 1, places })
    .where('id', 'in', ids)
    .execute();
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
