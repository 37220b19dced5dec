/** What the desk in the browser lists: only cases for which the officer has a key, in as few statements as it takes. */
import { type Selectable, sql } from 'kysely';
import type { Database } from '../database.ts';
import type { AuditRow } from './audit.ts';
import type { CaseTable, EntryTable } from './tables.ts';

export interface OpenableCase extends Selectable<CaseTable> {
  readonly unread: number;
  readonly holds: number;
  readonly wrapped: Uint8Array;
}

const toldSince = (since: number) =>
  sql<boolean>`cases.id in (select audit.case_id from audit where audit.seq > ${since})`;

/** Newest change first. @param since only cases of which the audit chain tells something after this link */
export async function openableCases(db: Database, officer: string, since?: number): Promise<OpenableCase[]> {
  const count = sql<number | string>`count(*)`.as('count');
  const all = db
    .selectFrom('case_keys')
    .innerJoin('cases', 'cases.id', 'case_keys.case_id')
    .selectAll('cases')
    .select('case_keys.wrapped')
    .select(({ selectFrom }) => [
      selectFrom('entries')
        .leftJoin('reads', (join) =>
          join
            .onRef('reads.case_id', '=', 'entries.case_id')
            .onRef('reads.entry_id', '=', 'entries.id')
            .on('reads.officer', '=', officer),
        )
        .select(count)
        .whereRef('entries.case_id', '=', 'cases.id')
        .where('entries.author', '=', 'reporter')
        .where('reads.officer', 'is', null)
        .as('unread'),
      selectFrom('holds').select(count).whereRef('holds.case_id', '=', 'cases.id').as('holds'),
    ])
    .where('case_keys.officer', '=', officer)
    .where('cases.status', '!=', 'draft')
    .orderBy('cases.changed', 'desc')
    .orderBy('cases.id');
  const rows = await (since === undefined ? all : all.where(toldSince(since))).execute();
  return rows.map(({ unread, holds, ...row }) => ({ ...row, unread: Number(unread), holds: Number(holds) }));
}

export async function openableIds(db: Database, officer: string): Promise<string[]> {
  const rows = await db
    .selectFrom('case_keys')
    .innerJoin('cases', 'cases.id', 'case_keys.case_id')
    .select('cases.id')
    .where('case_keys.officer', '=', officer)
    .where('cases.status', '!=', 'draft')
    .execute();
  return rows.map(({ id }) => id);
}

/** What reporters wrote in these cases, but nothing larger than `upTo` sealed bytes: files are not even read. */
export const reportersTexts = (
  db: Database,
  officer: string,
  upTo: number,
  of: { readonly ids: readonly string[] } | { readonly since: number } | 'all',
): Promise<Array<Selectable<EntryTable>>> => {
  const all = db
    .selectFrom('entries')
    .innerJoin('case_keys', 'case_keys.case_id', 'entries.case_id')
    .innerJoin('cases', 'cases.id', 'entries.case_id')
    .selectAll('entries')
    .where('case_keys.officer', '=', officer)
    .where('cases.status', '!=', 'draft')
    .where('entries.author', '=', 'reporter')
    .where(sql<number>`octet_length(entries.sealed)`, '<=', upTo)
    .orderBy('entries.case_id')
    .orderBy('entries.day')
    .orderBy('entries.id');
  if (of === 'all') return all.execute();
  return ('since' in of ? all.where(toldSince(of.since)) : all.where('cases.id', 'in', of.ids)).execute();
};

export interface EntryHead extends Omit<Selectable<EntryTable>, 'case_id' | 'sealed'> {
  /** Null where it is larger than was asked for. */
  readonly sealed: Uint8Array | null;
  readonly size: number;
}

/** All entries of a case; the bytes only of those of at most `upTo`. */
export async function entryHeads(db: Database, id: string, upTo: number): Promise<EntryHead[]> {
  const rows = await db
    .selectFrom('entries')
    .select(['id', 'author', 'day'])
    .select(sql<number | string>`octet_length(sealed)`.as('size'))
    .select(sql<Uint8Array | null>`case when octet_length(sealed) <= ${sql.lit(upTo)} then sealed end`.as('sealed'))
    .where('case_id', '=', id)
    .orderBy('day')
    .orderBy('id')
    .execute();
  return rows.map(({ size, ...row }) => ({ ...row, size: Number(size) }));
}

/** One entry, where the officer has a key of its case. */
export async function openableEntry(
  db: Database,
  where: { readonly case: string; readonly entry: string; readonly officer: string },
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('entries')
    .innerJoin('case_keys', 'case_keys.case_id', 'entries.case_id')
    .innerJoin('cases', 'cases.id', 'entries.case_id')
    .select('entries.sealed')
    .where('entries.case_id', '=', where.case)
    .where('entries.id', '=', where.entry)
    .where('case_keys.officer', '=', where.officer)
    .where('cases.status', '!=', 'draft')
    .executeTakeFirst();
  return row?.sealed;
}

export const readersOf = (
  db: Database,
  id: string,
): Promise<Array<{ readonly id: string; readonly name: string; readonly unit: string }>> =>
  db
    .selectFrom('case_keys')
    .innerJoin('officers', 'officers.id', 'case_keys.officer')
    .select(['officers.id', 'officers.name', 'officers.unit'])
    .where('case_keys.case_id', '=', id)
    .where('officers.retired', 'is', null)
    .orderBy('officers.name')
    .orderBy('officers.id')
    .execute();

/** What the audit chain tells of a case, oldest first. */
export const historyOf = (db: Database, id: string): Promise<AuditRow[]> =>
  db.selectFrom('audit').selectAll().where('case_id', '=', id).orderBy('seq').execute();

export interface Newcomer {
  readonly id: string;
  readonly unit: string;
}

/**
 * Cases that `by` can open and the newcomer cannot, with `by`'s wrapped key. To an officer of another unit only what that unit has;
 * nothing to a unit that is excluded.
 */
export const grantableCases = (
  db: Database,
  by: Newcomer,
  to: Newcomer,
): Promise<Array<{ readonly id: string; readonly wrapped: Uint8Array }>> => {
  const all = db
    .selectFrom('case_keys')
    .innerJoin('cases', 'cases.id', 'case_keys.case_id')
    .select(['cases.id', 'case_keys.wrapped'])
    .where('case_keys.officer', '=', by.id)
    .where('cases.status', '!=', 'draft')
    .where('cases.id', 'not in', (eb) =>
      eb.selectFrom('case_keys as theirs').select('theirs.case_id').where('theirs.officer', '=', to.id),
    )
    .where('cases.id', 'not in', (eb) => eb.selectFrom('exclusions').select('case_id').where('unit', '=', to.unit))
    .orderBy('cases.id');
  return (by.unit === to.unit ? all : all.where('cases.unit', '=', to.unit)).execute();
};
