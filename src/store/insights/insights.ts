/** Counts by day and the curators' unknown questions in the database: statements only, no rules. */
import type { Selectable } from 'kysely';
import type { Database } from '../database.ts';
import type { DailyCountTable, UnknownQuestionTable } from './tables.ts';

export type DailyCount = Selectable<DailyCountTable>;
export type UnknownRow = Selectable<UnknownQuestionTable>;
/** Tips of a status that arrived on a day. */
export interface TipCount {
  readonly status: 'new' | 'reading' | 'asking' | 'handed-on' | 'closed';
  readonly day: string;
  readonly count: number;
}

/** Public keys of the curators who may read today. */
export async function curatorKeys(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('recipient')
    .where('role', '=', 'curator')
    .where('retired', 'is', null)
    .execute();
  return rows.map(({ recipient }) => recipient);
}

/**
 * Adds counts and keeps questions, all or nothing. Both are written in the order of their keys, which says nothing about the order in
 * which they came, and in which two processes cannot wait for each other. Above `most` questions none are added.
 */
export async function addInsights(
  db: Database,
  counts: readonly DailyCount[],
  questions: readonly UnknownRow[],
  most: number,
): Promise<void> {
  const keyOf = ({ day, kind, key }: DailyCount) => `${day} ${kind} ${key}`;
  await db.transaction().execute(async (trx) => {
    for (const row of counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)))
      await trx
        .insertInto('daily_counts')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['day', 'kind', 'key'])
            .doUpdateSet((eb) => ({ count: eb('daily_counts.count', '+', eb.ref('excluded.count')) })),
        )
        .execute();
    if (questions.length === 0) return;
    const { kept } = await trx
      .selectFrom('unknown_questions')
      .select((eb) => eb.fn.countAll<number>().as('kept'))
      .executeTakeFirstOrThrow();
    const room = Math.max(0, most - Number(kept));
    for (const row of questions.slice(0, room).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
      await trx.insertInto('unknown_questions').values(row).execute();
  });
}

/** In the order of their random ids, those after `after`. */
export function unknownQuestions(db: Database, after: string, limit: number): Promise<UnknownRow[]> {
  return db.selectFrom('unknown_questions').selectAll().where('id', '>', after).orderBy('id').limit(limit).execute();
}

export async function deleteUnknown(db: Database, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('unknown_questions').where('id', 'in', ids).execute();
}

/** Deletes questions and counts of before these days. */
export async function deleteOldInsights(db: Database, questions: string, counts: string): Promise<number> {
  const unknown = await db.deleteFrom('unknown_questions').where('day', '<', questions).executeTakeFirst();
  const counted = await db.deleteFrom('daily_counts').where('day', '<', counts).executeTakeFirst();
  return Number(unknown.numDeletedRows) + Number(counted.numDeletedRows);
}

/** Counts of these days, both of them included. */
export async function dailyCounts(db: Database, from: string, until: string): Promise<DailyCount[]> {
  const rows = await db
    .selectFrom('daily_counts')
    .selectAll()
    .where('day', '>=', from)
    .where('day', '<=', until)
    .orderBy('day')
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Tips by status and day of arrival, whoever may open them: only counts. */
export async function tipCounts(db: Database): Promise<TipCount[]> {
  const rows = await db
    .selectFrom('cases')
    .select((eb) => ['status', 'day', eb.fn.countAll<number>().as('count')])
    .where('kind', '=', 'tip')
    .where('status', '!=', 'draft')
    .groupBy(['status', 'day'])
    .execute();
  return rows.flatMap(({ status, day, count }) => (status === 'draft' ? [] : [{ status, day, count: Number(count) }]));
}
