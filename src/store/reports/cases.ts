import { type Insertable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { CaseTable, EntryTable, ReceiptTable } from './tables.ts';

export interface NewCase {
  readonly row: Insertable<CaseTable>;
  readonly keys: ReadonlyArray<{ readonly officer: string; readonly wrapped: Uint8Array }>;
}

/** The case and its wrapped keys. */
export async function insertCase(trx: Database, { row, keys }: NewCase): Promise<void> {
  await trx.insertInto('cases').values(row).execute();
  await trx
    .insertInto('case_keys')
    .values(keys.map((key) => ({ case_id: row.id, ...key })))
    .execute();
}

export async function insertEntries(trx: Database, entries: ReadonlyArray<Insertable<EntryTable>>): Promise<void> {
  if (entries.length > 0) await trx.insertInto('entries').values(entries).execute();
}

/** A whole case at once. */
export async function insertWhole(
  trx: Database,
  newCase: NewCase,
  entries: ReadonlyArray<Insertable<EntryTable>>,
  receipt?: Insertable<ReceiptTable>,
): Promise<void> {
  await insertCase(trx, newCase);
  await insertEntries(trx, entries);
  if (receipt) await trx.insertInto('receipts').values(receipt).execute();
}

/** Everything of a case but the audit chain. */
export async function deleteCase(trx: Database, id: string): Promise<void> {
  for (const table of OF_A_CASE) await trx.deleteFrom(table).where('case_id', '=', id).execute();
  await trx.updateTable('cases').set({ merged_into: null }).where('merged_into', '=', id).execute();
  await trx.deleteFrom('cases').where('id', '=', id).execute();
}

const OF_A_CASE = [
  'case_keys',
  'entries',
  'receipts',
  'reads',
  'holds',
  'exclusions',
  'revocable_entries',
  'draft_slots',
  'drafts',
  'pending_receipts',
  'questions',
] as const;

/** Bytes that sealed entries and wrapped keys take up. Neither database reads the bytes for it. */
export async function storedBytes(db: Database): Promise<number> {
  const total = sql<number | string>`coalesce(sum(octet_length(sealed)), 0)`;
  const keys = sql<number | string>`coalesce(sum(octet_length(wrapped)), 0)`;
  const entries = await db.selectFrom('entries').select(total.as('bytes')).executeTakeFirstOrThrow();
  const wraps = await db.selectFrom('case_keys').select(keys.as('bytes')).executeTakeFirstOrThrow();
  return Number(entries.bytes) + Number(wraps.bytes);
}
