import { type Insertable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { CaseTable, EntryTable, ReceiptTable } from './tables.ts';

export interface NewCase {
  readonly row: Insertable<CaseTable>;
  readonly keys: ReadonlyArray<{ readonly officer: string; readonly wrapped: Uint8Array }>;
}

/** Cases and their wrapped keys. */
export async function insertCases(trx: Database, cases: readonly NewCase[]): Promise<void> {
  if (cases.length === 0) return;
  await trx
    .insertInto('cases')
    .values(cases.map(({ row }) => row))
    .execute();
  await trx
    .insertInto('case_keys')
    .values(cases.flatMap(({ row, keys }) => keys.map((key) => ({ case_id: row.id, ...key }))))
    .execute();
}

/** What one statement carries: files are large, and a message to PostgreSQL has an end. */
const STATEMENT = { rows: 100, bytes: 16 * 1024 * 1024 };

export async function insertEntries(trx: Database, entries: ReadonlyArray<Insertable<EntryTable>>): Promise<void> {
  for (const some of pieces(entries)) await trx.insertInto('entries').values(some).execute();
}

function* pieces(entries: ReadonlyArray<Insertable<EntryTable>>): Generator<Array<Insertable<EntryTable>>> {
  let piece: Array<Insertable<EntryTable>> = [];
  let bytes = 0;
  for (const entry of entries) {
    if (piece.length === STATEMENT.rows || (piece.length > 0 && bytes + entry.sealed.length > STATEMENT.bytes)) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(entry);
    bytes += entry.sealed.length;
  }
  if (piece.length > 0) yield piece;
}

export interface WholeCase {
  readonly case: NewCase;
  readonly entries: ReadonlyArray<Insertable<EntryTable>>;
  readonly receipt?: Insertable<ReceiptTable> | undefined;
}

/** Cases with their entries and receipts. */
export async function insertWholes(trx: Database, wholes: readonly WholeCase[]): Promise<void> {
  await insertCases(
    trx,
    wholes.map((one) => one.case),
  );
  await insertEntries(
    trx,
    wholes.flatMap(({ entries }) => entries),
  );
  const receipts = wholes.flatMap(({ receipt }) => receipt ?? []);
  if (receipts.length > 0) await trx.insertInto('receipts').values(receipts).execute();
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
