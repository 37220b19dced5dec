/**
 * The audit chain: every link holds the hash of the one before (SHA-256). Whoever changes a link must change all after it, and whoever
 * noted the end of the chain elsewhere notices even that.
 */
import type { Database } from '../store/database.ts';
import { type AuditRow, auditRows, BEGINNING, linkHash, readHead } from '../store/reports/audit.ts';
import { inOneChange } from '../store/reports/change.ts';
import { secondOf } from './days.ts';
import type { AuditEntry } from './office.ts';

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export type AuditVerdict =
  | { readonly kind: 'whole'; readonly head: AuditHead }
  /**
   * `seq`: the first link that does not hold. `changed`: it is not what it was. `missing`: it is not there, or others stand in its
   * place. `tail`: the chain was cut off or ends otherwise than it was noted.
   */
  | { readonly kind: 'broken'; readonly seq: number; readonly why: 'changed' | 'missing' | 'tail' };

/** Follows the chain from its beginning. @param noted an end that was noted before: proves that nothing was cut off since */
export async function verifyAudit(database: Database, noted?: AuditHead): Promise<AuditVerdict> {
  // the end first: what is added while the chain is read is not a mistake
  const head = await readHead(database);
  let at: AuditHead = { seq: 0, hash: BEGINNING };
  for await (const row of auditRows(database)) {
    if (row.seq !== at.seq + 1) return broken(at.seq + 1, 'missing');
    if (linkHash(at.hash, row) !== row.hash) return broken(row.seq, 'changed');
    at = { seq: row.seq, hash: row.hash };
    if ([head, noted].some((end) => end?.seq === at.seq && end.hash !== at.hash)) return broken(at.seq, 'tail');
  }
  const longest = Math.max(head.seq, noted?.seq ?? 0);
  return longest > at.seq ? broken(at.seq + 1, 'tail') : { kind: 'whole', head: at };
}

const broken = (seq: number, why: 'changed' | 'missing' | 'tail'): AuditVerdict => ({ kind: 'broken', seq, why });

/** The end of the chain, to be noted where nobody who can write the database can change it. */
export const auditHead = (database: Database): Promise<AuditHead> => readHead(database);

/** All links, oldest first. */
export async function* readAudit(database: Database): AsyncIterable<AuditEntry> {
  for await (const row of auditRows(database)) yield entryOf(row);
}

export const entryOf = ({ seq, at, actor, event, case_id, detail, hash }: AuditRow): AuditEntry => ({
  seq,
  at,
  actor,
  event,
  case: case_id ?? undefined,
  detail,
  hash,
});

/** One event that belongs to no case, such as a sign-in. @param now milliseconds since 1970 */
export const noteAudit = (
  database: Database,
  now: number,
  event: { readonly actor: string; readonly event: string; readonly detail: string },
): Promise<void> => inOneChange(database, async ({ audit }) => audit({ at: secondOf(now), ...event }));
