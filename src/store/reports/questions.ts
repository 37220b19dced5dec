/** Escalated questions, and officers' answers on their way back into the chats. */
import type { Insertable, Selectable } from 'kysely';
import type { Database } from '../database.ts';
import { deleteCase, insertWholes, type NewCase } from './cases.ts';
import type { ChatAnswerTable, EntryTable, QuestionTable } from './tables.ts';

export interface OpenQuestion {
  readonly case: string;
  readonly recipient: string;
  readonly places: number;
}

/** The question of a chat that an officer holds. */
export async function findQuestion(db: Database, chat: string, today: string): Promise<OpenQuestion | undefined> {
  const row = await db
    .selectFrom('questions')
    .innerJoin('cases', 'cases.id', 'questions.case_id')
    .select(['cases.id', 'cases.recipient', 'cases.places'])
    .where('questions.chat', '=', chat)
    .where('questions.expires', '>', today)
    .executeTakeFirst();
  return row && { case: row.id, recipient: row.recipient, places: row.places };
}

/** False where the chat has one already. What has expired is no hindrance. */
export async function insertQuestion(
  trx: Database,
  question: Insertable<QuestionTable>,
  newCase: NewCase,
  entry: Insertable<EntryTable>,
  today: string,
): Promise<boolean> {
  await trx.deleteFrom('questions').where('chat', '=', question.chat).where('expires', '<=', today).execute();
  const added = await trx
    .insertInto('questions')
    .values(question)
    .onConflict((conflict) => conflict.column('chat').doNothing())
    .executeTakeFirst();
  if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) return false;
  await insertWholes(trx, [{ case: newCase, entries: [entry] }]);
  return true;
}

/** Takes the address away from the question. */
export async function takeQuestion(
  trx: Database,
  caseId: string,
  today: string,
): Promise<Selectable<QuestionTable> | undefined> {
  const row = await trx.deleteFrom('questions').where('case_id', '=', caseId).returningAll().executeTakeFirst();
  return row && row.expires > today ? row : undefined;
}

/** Destroys the address. What no officer has seen goes altogether; the rest is closed. Gives the case, where there was one. */
export async function withdrawQuestion(trx: Database, chat: string, today: string): Promise<string | undefined> {
  const row = await trx.deleteFrom('questions').where('chat', '=', chat).returning('case_id').executeTakeFirst();
  if (!row) return undefined;
  const closed = await trx
    .updateTable('cases')
    .set(({ eb }) => ({ status: 'closed', closed: today, changed: today, version: eb('version', '+', 1) }))
    .where('id', '=', row.case_id)
    .where('opened', 'is not', null)
    .executeTakeFirst();
  if (Number(closed.numUpdatedRows) === 0) await deleteCase(trx, row.case_id);
  return row.case_id;
}

export type ChatAnswerRow = Selectable<ChatAnswerTable>;

export async function insertAnswer(trx: Database, answer: Insertable<ChatAnswerTable>): Promise<void> {
  await trx.insertInto('chat_answers').values(answer).execute();
}

export const dueAnswers = (db: Database, now: number, limit: number): Promise<ChatAnswerRow[]> =>
  db.selectFrom('chat_answers').selectAll().where('due_at', '<=', now).orderBy('due_at').limit(limit).execute();

/** What waits for a chat; not what can still be taken back. */
export const answersFor = (db: Database, chat: string, now: number): Promise<ChatAnswerRow[]> =>
  db
    .selectFrom('chat_answers')
    .selectAll()
    .where('chat', '=', chat)
    .where(({ or, eb }) => or([eb('attempts', '>', 0), eb('due_at', '<=', now)]))
    .execute();

/**
 * Takes back an answer that was not due yet: the question waits again. False where it is on its way, or the chat has asked another
 * question meanwhile.
 */
export async function takeBackAnswer(trx: Database, caseId: string, now: number): Promise<boolean> {
  const row = await trx
    .deleteFrom('chat_answers')
    .where('id', '=', caseId)
    .where('attempts', '=', 0)
    .where('due_at', '>', now)
    .returning(['chat', 'channel', 'address', 'expires'])
    .executeTakeFirst();
  if (row === undefined) return false;
  const back = await trx
    .insertInto('questions')
    .values({ case_id: caseId, ...row })
    .onConflict((conflict) => conflict.column('chat').doNothing())
    .executeTakeFirst();
  return Number(back.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** Puts the next try off; false where another process has done so meanwhile: the answer is its. */
export async function claimAnswer(db: Database, row: ChatAnswerRow, due: number): Promise<boolean> {
  const claimed = await db
    .updateTable('chat_answers')
    .set({ due_at: due, attempts: row.attempts + 1 })
    .where('id', '=', row.id)
    .where('attempts', '=', row.attempts)
    .executeTakeFirst();
  return Number(claimed.numUpdatedRows) > 0;
}

export async function deleteAnswers(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('chat_answers').where('id', 'in', ids).execute();
}
