/**
 * The cases of an open desk, in this page's memory. Ending it forgets everything: it ends with the desk, when it is locked or left.
 */
import type { CaseDetail } from '../../../../channels/web/desk/contract.ts';
import type { ReportLimit } from '../../../../desk/deadlines.ts';
import { api } from '../../api.ts';
import { troubleOf } from '../../parts/trouble.ts';
import { type Filter, NO_FILTER, sorted } from './filter.ts';
import { Memory } from './memory.ts';
import { Opening } from './opening.ts';
import { type Row, rowOf } from './row.ts';

/** How often the server is asked what has changed. */
const POLL_MS = 30_000;

export class CaseStore extends Memory {
  /** Undefined until the first list has come. */
  rows: readonly Row[] | undefined;
  trouble: string | undefined;
  limits: readonly ReportLimit[] = [];
  filter: Filter = NO_FILTER;
  page = 0;
  /** Ids in the order last shown, for going from one to the next. */
  order: readonly string[] = [];
  /** The case that was looked at last: the list begins there again. */
  last: string | undefined;
  readonly #byId = new Map<string, Row>();
  #wanted: readonly string[] = [];
  #cursor: string | undefined;
  readonly #opening = new Opening({
    unopened: () => this.#unopened(),
    row: (id) => this.#byId.get(id),
    put: (rows) => this.#replace(rows),
  });
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Begins at the first look at the cases; further calls change nothing. */
  start(): void {
    if (this.#timer !== undefined || this.ended) return;
    this.#timer = setInterval(() => void this.refresh(), POLL_MS);
    void api.limits().then(
      (limits) => {
        this.limits = limits;
        this.tell();
      },
      // the other deadlines are shown all the same
      () => {},
    );
    void this.refresh();
  }

  override end(): void {
    super.end();
    clearInterval(this.#timer);
    this.#opening.end();
    this.#byId.clear();
    this.rows = undefined;
  }

  /** How many are open, and how many there are. */
  get progress(): { readonly open: number; readonly all: number } {
    const rows = this.rows ?? [];
    return { open: rows.filter(({ texts }) => texts !== undefined).length, all: rows.length };
  }

  row(id: string): Row | undefined {
    return this.#byId.get(id);
  }

  async refresh(): Promise<void> {
    try {
      const { cases, cursor, ids } = await api.cases(this.#cursor);
      if (this.ended) return;
      this.#cursor = cursor;
      this.trouble = undefined;
      for (const item of cases) this.#byId.set(item.id, rowOf(item, this.#byId.get(item.id)));
      const gone = this.#keepOnly(ids);
      if (cases.length > 0 || gone || this.rows === undefined) this.#changed();
    } catch (error) {
      this.trouble = troubleOf(error);
    }
    this.tell();
    void this.#openAll();
  }

  /** What was learned of a case by reading it. */
  seen({ id, status, version, unit, changed, closed, holds, deletedOn, mergedInto }: CaseDetail): void {
    const row = this.#byId.get(id);
    if (row === undefined) return;
    const item = { ...row.item, status, version, unread: 0, unit, changed, closed, holds, deletedOn, mergedInto };
    this.#byId.set(id, { ...row, item });
    this.#changed();
    this.tell();
  }

  /** A case that this officer can see no longer. */
  forget(id: string): void {
    if (!this.#byId.delete(id)) return;
    this.dropDraft(id);
    this.#changed();
    this.tell();
  }

  setFilter(filter: Filter): void {
    this.filter = filter;
    this.page = 0;
    this.tell();
  }

  setPage(page: number): void {
    this.page = page;
    this.tell();
  }

  /** What is on the screen. */
  show(ids: readonly string[]): void {
    this.#wanted = ids;
    void this.#openAll();
  }

  async #openAll(): Promise<void> {
    try {
      await this.#opening.run();
    } catch (error) {
      // the next poll tries again
      this.trouble = troubleOf(error);
    }
    this.tell();
  }

  /** What is on the screen before the rest. */
  *#unopened(): Generator<Row> {
    for (const id of this.#wanted) {
      const row = this.#byId.get(id);
      if (row !== undefined && row.texts === undefined) yield row;
    }
    for (const row of this.rows ?? []) if (row.texts === undefined) yield row;
  }

  /** True where something went. What is being written about it goes along: it could not be sent. */
  #keepOnly(ids: readonly string[] | undefined): boolean {
    if (ids === undefined || ids.length === this.#byId.size) return false;
    const kept = new Set(ids);
    const gone = [...this.#byId.keys()].filter((id) => !kept.has(id));
    for (const id of gone) {
      this.#byId.delete(id);
      this.dropDraft(id);
    }
    return gone.length > 0;
  }

  /** The same places in the list: nothing that it is sorted by has changed. */
  #replace(rows: readonly Row[]): void {
    for (const row of rows) {
      const now = this.#byId.get(row.item.id);
      if (now !== undefined) this.#byId.set(row.item.id, { ...row, item: now.item });
    }
    this.rows = this.rows?.map((known) => this.#byId.get(known.item.id) ?? known);
    this.tellSoon();
  }

  #changed(): void {
    this.rows = sorted(this.#byId.values());
  }
}
