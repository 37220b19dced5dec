/** The rows of the audit chain: each holds the hash of the one before, so that none can be changed, left out or put in between. */
import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { AuditTable } from './tables.ts';

export type AuditRow = Selectable<AuditTable>;

export interface AuditEvent {
  /** Of officers' acts to the second; of a reporter's only the day. */
  readonly at: string;
  /** Officer's id, or `server`, or `reporter`. */
  readonly actor: string;
  readonly event: string;
  readonly case?: string | undefined;
  readonly detail?: string;
}

/** What the first link holds in the place of a hash. */
export const BEGINNING = '0'.repeat(64);

/** A page of rows. A row is short: a thousand of them take some 300 kB. */
const PAGE = 1000;

/** Hash of a link: SHA-256 of the hash before it, a line break, and the row as a JSON array in this order. */
export const linkHash = (before: string, row: Omit<AuditRow, 'hash'>): string =>
  createHash('sha256')
    .update(`${before}\n${JSON.stringify([row.seq, row.at, row.actor, row.event, row.case_id, row.detail])}`)
    .digest('hex');

/**
 * Adds to the chain, in a transaction. The head's row is locked by the first statement, so that several processes add one after
 * another; nothing else is locked after it.
 */
export async function appendAudit(trx: Database, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return;
  const head = await trx
    .updateTable('audit_head')
    .set(({ eb }) => ({ seq: eb('seq', '+', events.length) }))
    .where('id', '=', 1)
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();
  let before = head.hash;
  const rows = events.map(({ at, actor, event, case: case_id = null, detail = '' }, i): AuditRow => {
    const row = { seq: head.seq - events.length + i + 1, at, actor, event, case_id: case_id ?? null, detail };
    before = linkHash(before, row);
    return { ...row, hash: before };
  });
  await trx.insertInto('audit').values(rows).execute();
  await trx.updateTable('audit_head').set({ hash: before }).where('id', '=', 1).execute();
}

/** The end of the chain. */
export async function readHead(db: Database): Promise<{ readonly seq: number; readonly hash: string }> {
  return db.selectFrom('audit_head').select(['seq', 'hash']).where('id', '=', 1).executeTakeFirstOrThrow();
}

/** All rows in the order of the chain. */
export async function* auditRows(db: Database): AsyncGenerator<AuditRow> {
  for (let last = 0; ; ) {
    const rows = await db.selectFrom('audit').selectAll().where('seq', '>', last).orderBy('seq').limit(PAGE).execute();
    yield* rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < PAGE) return;
    last = end.seq;
  }
}
