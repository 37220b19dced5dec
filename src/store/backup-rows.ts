/** Which rows a backup holds, and how a row is written down. */
import type { Database } from './database.ts';
import { auditRows } from './reports/audit.ts';

/**
 * Left out: what ties chats to cases (drafts, questions' addresses, day keys), because it is promised to be destroyed in time; what waits
 * to be sent; the conversations' states; sessions; and WhatsApp's own state, which must not be put back to an older one.
 */
const WHOLE = ['officers', 'accounts', 'desk_units'] as const;
const OF_A_CASE = ['case_keys', 'entries', 'receipts', 'reads', 'holds', 'exclusions'] as const;
export const BACKED_UP = [...WHOLE, 'cases', ...OF_A_CASE, 'audit', 'audit_head'] as const;
export type BackedUp = (typeof BACKED_UP)[number];

export interface BackupRow {
  readonly table: BackedUp;
  readonly row: object;
}

/** Every row, a case at a time, so that a large database need not fit the memory. */
export async function* backupRows(trx: Database): AsyncGenerator<BackupRow> {
  for (const table of WHOLE) for (const row of await trx.selectFrom(table).selectAll().execute()) yield { table, row };
  const cases = await trx.selectFrom('cases').selectAll().where('status', '!=', 'draft').orderBy('id').execute();
  for (const row of cases) {
    yield { table: 'cases', row };
    for (const table of OF_A_CASE)
      for (const part of await trx.selectFrom(table).selectAll().where('case_id', '=', row.id).execute())
        yield { table, row: part };
  }
  for await (const row of auditRows(trx)) yield { table: 'audit', row };
  for (const row of await trx.selectFrom('audit_head').selectAll().execute()) yield { table: 'audit_head', row };
}

/** One line of JSON; bytes as `{"base64": ...}`. */
export const writeRow = ({ table, row }: BackupRow): string =>
  JSON.stringify({
    table,
    row: Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
      ]),
    ),
  });

/** The row again, or undefined where the line is none. */
export function readRow(
  line: unknown,
): { readonly table: BackedUp; readonly row: Record<string, unknown> } | undefined {
  if (!isRecord(line) || !isRecord(line.row)) return undefined;
  const table = BACKED_UP.find((known) => known === line.table);
  if (table === undefined) return undefined;
  const row = Object.fromEntries(
    Object.entries(line.row).map(([column, value]) => [
      column,
      isRecord(value) && typeof value.base64 === 'string' ? Buffer.from(value.base64, 'base64') : value,
    ]),
  );
  return { table, row };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts a row back. Throws where the database does not take it. */
export async function restoreRow(
  trx: Database,
  { table, row }: { readonly table: BackedUp; readonly row: Record<string, unknown> },
): Promise<void> {
  // the head is there from the beginning
  if (table === 'audit_head')
    await trx
      .updateTable('audit_head')
      .set({ seq: Number(row.seq), hash: String(row.hash) })
      .where('id', '=', 1)
      .execute();
  else
    await trx
      .insertInto(table)
      .values(row as never)
      .execute();
}

/** True where nothing would be mixed up by a restore. */
export async function isEmpty(trx: Database): Promise<boolean> {
  for (const table of ['officers', 'accounts', 'cases', 'audit'] as const)
    if (await trx.selectFrom(table).selectAll().limit(1).executeTakeFirst()) return false;
  return true;
}
