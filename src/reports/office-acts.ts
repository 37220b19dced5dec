/** What officers do with a case. Each gives what changes, or why it may not. */
import { ID } from '../sealing/id.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import { type CaseRow, insertEntry } from '../store/reports/office.ts';
import { insertAnswer, takeQuestion } from '../store/reports/questions.ts';
import type { Act } from './case-change.ts';
import type { NewEntry, Refusal, Status } from './office.ts';
import { sealAnswer } from './sealed-address.ts';

/** An answer to a tip, or a note. */
export async function writeEntry(trx: Database, row: CaseRow, entry: NewEntry, day: string): Promise<Act | Refusal> {
  const isAnswer = entry.author === 'officer';
  // the answer to a question must reach its chat: it has a way of its own
  if (isAnswer && row.kind === 'question') return 'wrong-state';
  if (!(await put(trx, row, entry, day))) return 'wrong-state';
  const stays = !isAnswer || row.status === 'handed-on' || row.status === 'closed';
  return {
    changes: { places: row.places + 1, status: stays ? row.status : 'asking' },
    event: isAnswer ? 'answered' : 'noted',
  };
}

export interface QuestionAnswer {
  readonly entry: NewEntry;
  /** In clear: it goes into the chat. */
  readonly text: string;
  readonly key: ServerKey;
  /** When it may go out, milliseconds since 1970. */
  readonly dueAt: number;
  readonly day: string;
}

/** The address leaves the question with the answer; what is left is the officers' sealed copy. */
export async function answerQuestion(
  trx: Database,
  row: CaseRow,
  { entry, text, key, dueAt, day }: QuestionAnswer,
): Promise<Act | Refusal> {
  if (row.kind !== 'question' || entry.author !== 'officer') return 'wrong-state';
  const question = await takeQuestion(trx, row.id, day);
  if (!question || !(await put(trx, row, entry, day))) return 'wrong-state';
  const { chat, channel, address, expires } = question;
  await insertAnswer(trx, {
    id: row.id,
    chat,
    channel,
    address,
    text: sealAnswer(key, row.id, text),
    due_at: dueAt,
    attempts: 0,
    expires,
  });
  return { changes: { places: row.places + 1, status: 'closed', closed: day }, event: 'answered' };
}

export interface NewStatus {
  readonly status: Status;
  readonly reason: string;
  readonly day: string;
}

/** `new` is only ever set by a reporter. A question can be closed without an answer: its address goes. */
export async function setStatus(
  trx: Database,
  row: CaseRow,
  { status, reason, day }: NewStatus,
): Promise<Act | Refusal> {
  if (status === 'new' || status === row.status) return 'wrong-state';
  if (row.kind === 'question' && status !== 'closed' && status !== 'reading') return 'wrong-state';
  if (row.kind === 'question' && status === 'closed') await takeQuestion(trx, row.id, day);
  return {
    changes: {
      status,
      handed_on: status === 'handed-on' ? (row.handed_on ?? day) : row.handed_on,
      closed: status === 'closed' ? day : null,
    },
    event: 'status',
    detail: `${row.status} > ${status}${reason === '' ? '' : `: ${reason}`}`,
  };
}

/** False where the entry's id is none, or is taken. */
const put = async (trx: Database, row: CaseRow, { id, author, sealed }: NewEntry, day: string): Promise<boolean> =>
  ID.test(id) && (await insertEntry(trx, { case_id: row.id, id, author, day, sealed }));
