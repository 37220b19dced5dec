/** The officers' side of the reports in the database. */
import type { Id } from '../sealing/id.ts';
import type { RecipientText, Sealed } from '../sealing/seal.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';
import { inOneChange } from '../store/reports/change.ts';
import { openableEntry } from '../store/reports/desk-list.ts';
import { addHold, caseViews, putKey, removeHold, smallEntriesOf, wrappedKey } from '../store/reports/office.ts';
import { isActive } from '../store/reports/officers.ts';
import { readAudit } from './audit.ts';
import { changeOneCase, type OfficerWork, type Who } from './case-change.ts';
import { secondOf } from './days.ts';
import type {
  AuditEntry,
  CaseRecord,
  CaseSummary,
  Changed,
  NewEntry,
  NewExclusion,
  NewTransfer,
  Office,
  Officer,
  PeekedCase,
  SealedEntry,
  Status,
} from './office.ts';
import { answerQuestion, setStatus, writeEntry } from './office-acts.ts';
import {
  type CaseListing,
  type Grantable,
  grantable,
  type ListOptions,
  listCases,
  type OpenableRecord,
  readOpenable,
  textsOf,
} from './office-list.ts';
import { addOfficer, listOfficers, retireOfficer } from './office-people.ts';
import { readCase, summary } from './office-read.ts';
import { letTakeBack, takeBack } from './office-undo.ts';
import { exclude, isBarred, merge, transfer } from './office-units.ts';

export { OfficeError } from './office-people.ts';

export class StoredOffice implements Office {
  readonly #db: Database;
  readonly #key: ServerKey;
  readonly #now: () => number;

  /** @param key seals answers to chats; it lies in the data folder */
  constructor(database: Database, key: ServerKey, now: () => number = Date.now) {
    this.#db = database;
    this.#key = key;
    this.#now = now;
  }

  officers(): Promise<readonly Officer[]> {
    return listOfficers(this.#db);
  }

  /** Throws `OfficeError`. */
  addOfficer(officer: {
    readonly name: string;
    readonly unit: string;
    readonly recipient: RecipientText;
  }): Promise<Officer> {
    return addOfficer(this.#db, this.#now(), officer);
  }

  retireOfficer(by: Id | 'server', id: Id, evenSo = false): Promise<Changed> {
    return retireOfficer(this.#db, this.#now(), { by, id, evenSo });
  }

  /** Nothing where the officer is retired or unknown. */
  async cases(officer: Id): Promise<readonly CaseSummary[]> {
    if (!(await isActive(this.#db, officer))) return [];
    return (await caseViews(this.#db, officer)).map(summary);
  }

  read(officer: Id, id: Id): Promise<CaseRecord | undefined> {
    return readCase(this.#db, this.#now(), officer, id);
  }

  async *peek(officer: Id, ids: readonly Id[], upTo: number): AsyncIterable<PeekedCase> {
    if (!(await isActive(this.#db, officer))) return;
    if (upTo > 0 && ids.length > 0)
      await inOneChange(this.#db, async ({ audit }) =>
        audit({ at: secondOf(this.#now()), actor: officer, event: 'peeked', detail: String(ids.length) }),
      );
    const wanted = new Set(ids);
    for (const { id, version } of (await caseViews(this.#db, officer)).filter((view) => wanted.has(view.id))) {
      const wrapped = await wrappedKey(this.#db, id, officer);
      if (wrapped === undefined) continue;
      const rows = upTo > 0 ? await smallEntriesOf(this.#db, id, upTo) : [];
      yield { id, version, wrapped, entries: rows.map(({ case_id: _, ...entry }) => entry) };
    }
  }

  write(officer: Id, id: Id, version: number, entry: NewEntry, wait = 0): Promise<Changed> {
    const until = this.#now() + wait;
    return this.#change({ officer, case: id, version, needsKey: true }, async (row, { trx }, { day }) => {
      const act = await writeEntry(trx, row, entry, day);
      if (wait > 0 && typeof act !== 'string') await letTakeBack(trx, row, entry, { officer, until });
      return act;
    });
  }

  answerQuestion(officer: Id, id: Id, version: number, text: string, entry: NewEntry, wait = 0): Promise<Changed> {
    const until = this.#now() + wait;
    return this.#change({ officer, case: id, version, needsKey: true }, async (row, { trx }, { day }) => {
      const act = await answerQuestion(trx, row, { entry, text, key: this.#key, dueAt: until, day });
      if (wait > 0 && typeof act !== 'string') await letTakeBack(trx, row, entry, { officer, until });
      return act;
    });
  }

  undo(officer: Id, id: Id, entry: Id): Promise<Changed> {
    return this.#change({ officer, case: id, needsKey: true }, (row, { trx }) =>
      takeBack(trx, row, { entry, officer, now: this.#now() }),
    );
  }

  setStatus(officer: Id, id: Id, version: number, status: Status, reason: string): Promise<Changed> {
    return this.#change({ officer, case: id, version, needsKey: true }, (row, { trx }, { day }) =>
      setStatus(trx, row, { status, reason, day }),
    );
  }

  grant(officer: Id, id: Id, to: Id, wrapped: Sealed): Promise<Changed> {
    return this.#change({ officer, case: id, needsKey: true }, async (_row, { trx }) => {
      if (!(await isActive(trx, to))) return 'unknown';
      if (await isBarred(trx, id, to)) return 'wrong-state';
      await putKey(trx, id, to, wrapped);
      return { event: 'granted', detail: to };
    });
  }

  hold(officer: Id, id: Id, reason: string): Promise<Changed> {
    return this.#change({ officer, case: id, needsKey: false }, async (_row, { trx }, { day }) =>
      (await addHold(trx, id, officer, day)) ? { event: 'held', detail: reason } : 'wrong-state',
    );
  }

  release(officer: Id, id: Id, reason = ''): Promise<Changed> {
    return this.#change({ officer, case: id, needsKey: false }, async (_row, { trx }) =>
      (await removeHold(trx, id, officer)) ? { event: 'released', detail: reason } : 'wrong-state',
    );
  }

  exported(officer: Id, id: Id, reason: string): Promise<Changed> {
    return this.#change({ officer, case: id, needsKey: true }, async () => ({ event: 'exported', detail: reason }));
  }

  merge(officer: Id, id: Id, version: number, into: Id | undefined): Promise<Changed> {
    return this.#change({ officer, case: id, version, needsKey: true }, (row, { trx }) =>
      merge(trx, row, { officer, into }),
    );
  }

  transfer(officer: Id, id: Id, version: number, transferred: NewTransfer): Promise<Changed> {
    return this.#change({ officer, case: id, version, needsKey: true }, (row, { trx }) =>
      transfer(trx, row, { officer, ...transferred }),
    );
  }

  exclude(officer: Id, id: Id, version: number, exclusion: NewExclusion): Promise<Changed> {
    return this.#change({ officer, case: id, version, needsKey: true }, (row, change, now) =>
      exclude(change, row, { officer, now, ...exclusion }),
    );
  }

  /** What the desk in the browser shows of all cases that this officer can open. */
  list(officer: Id, options: ListOptions): Promise<CaseListing> {
    return listCases(this.#db, this.#now(), officer, options);
  }

  /** What reporters wrote in these cases, as far as this officer can open them. */
  texts(officer: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, readonly SealedEntry[]>> {
    return textsOf(this.#db, this.#now(), officer, { ids });
  }

  /** As `read`, but without the bytes of large entries; undefined also where the officer has no key. */
  readOpenable(officer: Id, id: Id): Promise<OpenableRecord | undefined> {
    return readOpenable(this.#db, this.#now(), officer, id);
  }

  /** The sealed bytes of one entry of a case that this officer can open. */
  async entry(officer: Id, id: Id, entry: Id): Promise<Uint8Array | undefined> {
    if (!(await isActive(this.#db, officer))) return undefined;
    return openableEntry(this.#db, { case: id, entry, officer });
  }

  async canOpen(officer: Id, id: Id): Promise<boolean> {
    return (await isActive(this.#db, officer)) && (await wrappedKey(this.#db, id, officer)) !== undefined;
  }

  /** Cases that a newcomer may be given and cannot open yet, with this officer's wrapped key; undefined where there is no such newcomer. */
  grantable(officer: Id, to: Id): Promise<Grantable | undefined> {
    return grantable(this.#db, officer, to);
  }

  audit(): AsyncIterable<AuditEntry> {
    return readAudit(this.#db);
  }

  #change(who: Who, work: OfficerWork): Promise<Changed> {
    return changeOneCase(this.#db, this.#now(), who, work);
  }
}
