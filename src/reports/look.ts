/**
 * What a receipt opens. A receipt that nobody has and one without news take the same way: the same derivation, the same two
 * questions to the database about as many rows, the same empty answer.
 */
import type { Origin } from '../conversation/origin.ts';
import type { News } from '../conversation/report-desk.ts';
import { type Receipt, receiptKeys } from '../sealing/receipt.ts';
import type { Identity } from '../sealing/seal.ts';
import { type Answer, answersIn, findCases, type ReceiptCase } from '../store/reports/receipts.ts';
import type { Core } from './core.ts';
import { recipientOf } from './native-keys.ts';
import { NativeOpener } from './native-open.ts';

export interface Looked {
  readonly lookupHash: string;
  readonly recipient: string;
}

/** @returns what is new, and what `add` needs to know of the receipt */
export async function look(
  core: Core,
  origin: Origin,
  receipt: Receipt,
): Promise<{ readonly news: readonly News[]; readonly looked: Looked } | 'limit'> {
  const { limits } = core;
  const { today } = await core.named(origin);
  if (!(await limits.count('looks', today)) || !(await core.countOfNetwork('looks', origin))) return 'limit';
  if (!(await limits.countLook('chat'))) return 'limit';
  const { lookupHash, identity, recipient } = await receiptKeys(receipt, recipientOf);
  const { cases, answers } = await findNews(core, lookupHash);
  const opened = answers.length === 0 ? [] : openAnswers(answers, identity);
  return { news: inOrder(statusNews(cases), opened), looked: { lookupHash, recipient } };
}

/** The cases of a receipt and the officers' answers in them; none where it is not known. */
export async function findNews(
  core: Core,
  lookupHash: string,
): Promise<{ readonly cases: readonly ReceiptCase[]; readonly answers: readonly Answer[] }> {
  const found = await findCases(core.database, lookupHash);
  const answers = await answersIn(core.database, found, core.now());
  return { cases: found.isKnown ? found.cases : [], answers };
}

export type StatusNews = Exclude<News, { readonly kind: 'answer' }>;

/** Opened and handed on: when it was first. Closed: when the last one was, and only where all are. */
export function statusNews(cases: readonly ReceiptCase[]): StatusNews[] {
  const days = (of: (one: ReceiptCase) => string | null): string[] =>
    cases
      .map(of)
      .filter((day) => day !== null)
      .sort();
  const opened = days((one) => one.opened)[0];
  const handedOn = days((one) => one.handed_on)[0];
  const closed = days((one) => one.closed);
  const news: StatusNews[] = [];
  if (opened !== undefined) news.push({ kind: 'opened', day: opened });
  if (handedOn !== undefined) news.push({ kind: 'handed-on', day: handedOn });
  const last = closed.at(-1);
  if (last !== undefined && closed.length === cases.length) news.push({ kind: 'closed', day: last });
  return news;
}

function openAnswers(answers: readonly Answer[], identity: Identity): News[] {
  const opener = new NativeOpener(identity);
  return answers
    .flatMap((answer) => {
      try {
        const entry = opener.openEntry(answer.sealed, { case: answer.case_id, id: answer.id });
        return entry.author === 'officer' ? [entry] : [];
      } catch {
        // sealed before this receipt was made, or not what it should be: the others are still worth reading
        return [];
      }
    })
    .sort((a, b) => a.day.localeCompare(b.day) || a.place - b.place)
    .map(({ day, text }) => ({ kind: 'answer', day, text }));
}

/** Opened first, closed last, and the others by their days. */
const RANK = { opened: 0, answer: 1, 'handed-on': 2, closed: 3 } as const;

const inOrder = (status: readonly News[], answers: readonly News[]): News[] =>
  [...status, ...answers]
    .map((news, i) => ({ news, i }))
    .sort((a, b) => a.news.day.localeCompare(b.news.day) || RANK[a.news.kind] - RANK[b.news.kind] || a.i - b.i)
    .map(({ news }) => news);
