/** What the desk in the browser reads: only cases that the asking officer has a key for. */
import type { Id } from '../sealing/id.ts';
import type { RecipientText } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import { readHead } from '../store/reports/audit.ts';
import { inOneChange } from '../store/reports/change.ts';
import {
  entryHeads,
  grantableCases,
  historyOf,
  type OpenableCase,
  openableCases,
  openableIds,
  readersOf,
  reportersTexts,
} from '../store/reports/desk-list.ts';
import { caseViews, lockCase, markRead, reportersOf, wrappedKey } from '../store/reports/office.ts';
import { allOfficers, isActive } from '../store/reports/officers.ts';
import { revocableOf } from '../store/reports/revocable.ts';
import { entryOf } from './audit.ts';
import { dayOf, secondOf } from './days.ts';
import type { AuditEntry, CaseSummary, Officer, SealedEntry } from './office.ts';
import { markOpened, reportersAmong, summary } from './office-read.ts';
import { sealedSize } from './sealed-shape.ts';

/** Largest sealed entry that a list holds: a text. Files are hardly ever so small. */
const TEXT = sealedSize(16 * 1024);
/** Largest sealed entry that a case holds at once, with room for the recipients of several receipts; larger ones are asked for singly. */
const SMALL = sealedSize(64 * 1024, 4);

export interface ListedCase extends Omit<CaseSummary, 'entries' | 'readable'> {
  readonly unit: string;
  readonly mergedInto: Id | undefined;
  /** The case's key, wrapped to this officer. */
  readonly wrapped: Uint8Array;
}

export interface CaseListing {
  /** With what reporters wrote in them. */
  readonly cases: ReadonlyArray<ListedCase & { readonly texts: readonly SealedEntry[] }>;
  /** Give it as `since` for what changes from now on. */
  readonly cursor: number;
  /** All cases that the officer can open. */
  readonly ids: readonly Id[];
}

const listed = (row: OpenableCase): ListedCase => ({
  id: row.id,
  kind: row.kind,
  status: row.status as ListedCase['status'],
  unit: row.unit,
  day: row.day,
  changed: row.changed,
  closed: row.closed ?? undefined,
  version: row.version,
  unread: row.unread,
  holds: row.holds,
  mergedInto: row.merged_into ?? undefined,
  follows: row.follows ?? undefined,
  wrapped: row.wrapped,
});

export interface ListOptions {
  /** A cursor that was given before. */
  readonly since?: number | undefined;
  /** False for the list alone: texts are nine tenths of it. */
  readonly texts: boolean;
}

/** Counts neither as read nor as opened. */
export async function listCases(
  db: Database,
  now: number,
  officer: Id,
  { since, texts }: ListOptions,
): Promise<CaseListing> {
  if (!(await isActive(db, officer))) return { cases: [], cursor: 0, ids: [] };
  // before the list: what changes meanwhile is told twice rather than never
  const { seq: cursor } = await readHead(db);
  const rows = await openableCases(db, officer, since);
  const wanted = since === undefined ? 'all' : { since };
  const found = texts && rows.length > 0 ? await textsOf(db, now, officer, wanted) : undefined;
  return {
    cases: rows.map((row) => ({ ...listed(row), texts: found?.get(row.id) ?? [] })),
    cursor,
    ids: since === undefined ? rows.map(({ id }) => id) : await openableIds(db, officer),
  };
}

/** What reporters wrote, by case; nothing of cases that this officer cannot open. One entry in the audit chain. */
export async function textsOf(
  db: Database,
  now: number,
  officer: Id,
  of: Parameters<typeof reportersTexts>[3],
): Promise<ReadonlyMap<Id, readonly SealedEntry[]>> {
  const texts = new Map<Id, SealedEntry[]>();
  if (!(await isActive(db, officer))) return texts;
  for (const { case_id, ...entry } of await reportersTexts(db, officer, TEXT, of)) {
    const known = texts.get(case_id);
    if (known) known.push(entry);
    else texts.set(case_id, [entry]);
  }
  if (texts.size > 0)
    await inOneChange(db, async ({ audit }) =>
      audit({ at: secondOf(now), actor: officer, event: 'peeked', detail: String(texts.size) }),
    );
  return texts;
}

export interface OpenableRecord extends ListedCase {
  readonly recipient: RecipientText;
  /** `place` for the next entry. */
  readonly place: number;
  readonly reporters: readonly RecipientText[];
  readonly contents: ReadonlyArray<
    Omit<SealedEntry, 'sealed'> & {
      readonly sealed: Uint8Array | undefined;
      readonly size: number;
      /** Until when this officer can take it back, milliseconds since 1970. */
      readonly undoUntil: number | undefined;
    }
  >;
  readonly readers: ReadonlyArray<Pick<Officer, 'id' | 'name' | 'unit'>>;
  readonly history: readonly AuditEntry[];
}

/** `unread` is what it was before. */
export function readOpenable(db: Database, now: number, officer: Id, id: Id): Promise<OpenableRecord | undefined> {
  return inOneChange(db, async ({ trx, audit }): Promise<OpenableRecord | undefined> => {
    if (!(await isActive(trx, officer))) return undefined;
    const row = await lockCase(trx, id);
    const wrapped = await wrappedKey(trx, id, officer);
    if (!row || wrapped === undefined) return undefined;
    await markOpened(trx, row, dayOf(now));
    const [view] = await caseViews(trx, officer, id);
    if (!view) return undefined;
    const heads = await entryHeads(trx, id, SMALL);
    await markRead(trx, id, reportersAmong(heads), officer);
    audit({ at: secondOf(now), actor: officer, event: 'opened', case: id });
    const revocable = await revocableOf(trx, { case: id, officer, now });
    const { entries: _, readable: __, ...rest } = summary(view);
    return {
      ...rest,
      unit: view.unit,
      mergedInto: view.merged_into ?? undefined,
      wrapped,
      recipient: view.recipient as RecipientText,
      place: view.places,
      reporters: (await reportersOf(trx, id)) as RecipientText[],
      contents: heads.map(({ sealed, ...head }) => ({
        ...head,
        sealed: sealed ?? undefined,
        undoUntil: revocable.get(head.id),
      })),
      readers: await readersOf(trx, id),
      history: (await historyOf(trx, id)).map(entryOf),
    };
  });
}

export interface Grantable {
  readonly recipient: RecipientText;
  readonly cases: ReadonlyArray<{ readonly id: Id; readonly wrapped: Uint8Array }>;
}

export async function grantable(db: Database, officer: Id, to: Id): Promise<Grantable | undefined> {
  const active = (await allOfficers(db)).filter(({ retired }) => retired === null);
  const by = active.find(({ id }) => id === officer);
  const newcomer = active.find(({ id }) => id === to);
  if (!by || !newcomer) return undefined;
  return { recipient: newcomer.recipient as RecipientText, cases: await grantableCases(db, by, newcomer) };
}
