/**
 * Opens what reporters wrote, behind the screen: what is on it first, then the rest. A few cases at a time, so that the officer's own
 * requests to the worker never wait long; and while those are opened, the next ones are already fetched.
 */
import { WorkerError } from '../../../shared/worker-call.ts';
import { api } from '../../api.ts';
import { openMany } from './open-case.ts';
import { lockedRow, openedRow, type Row } from './row.ts';

/** Cases whose texts are asked for at once: as many as a page of the list shows. */
const FETCHED = 50;
/** Cases that are opened at once. */
const OPENED = 10;

/** Where the rows stand. */
export interface Shelf {
  /** Rows without texts, in the order in which they are to be opened. */
  unopened(): Iterable<Row>;
  row(id: string): Row | undefined;
  /** The same rows with more in them. Does nothing once the desk has ended. */
  put(rows: readonly Row[]): void;
}

export class Opening {
  readonly #shelf: Shelf;
  #running = false;
  #fetching: Promise<void> | undefined;
  #ended = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  end(): void {
    this.#ended = true;
  }

  /** Opens all there is; does nothing where that is under way already. Throws where the server does not give what is to be opened. */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let rows = await this.#next(); rows.length > 0 && !this.#ended; rows = await this.#next()) {
        const opened = await open(rows);
        // it may have changed on the server meanwhile; the end of the desk is the end of this, too
        if (opened === undefined || this.#ended) return;
        this.#shelf.put(opened);
      }
    } finally {
      this.#running = false;
    }
  }

  /** The next ones, with what is to be opened of them. */
  async #next(): Promise<readonly Row[]> {
    while (!this.#ended) {
      const first = take(this.#shelf.unopened(), OPENED);
      const there = first.filter(({ sealed }) => sealed !== undefined);
      // nothing of the rest is opened before what is on the screen, even where it has come
      if (first.length === 0 || first[0]?.sealed !== undefined) {
        this.#fetchAhead();
        return there;
      }
      await (this.#fetching ?? this.#fetch());
    }
    return [];
  }

  /** So that what opens need not wait. What fails here is asked for again when its turn has come. */
  #fetchAhead(): void {
    const next = take(this.#shelf.unopened(), FETCHED);
    if (next.some(({ sealed }) => sealed === undefined)) void this.#fetch().catch(() => {});
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#fetched().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetched(): Promise<void> {
    const wanted = take(this.#missing(), FETCHED);
    const { cases } = await api.caseTexts(wanted.map(({ item }) => item.id));
    const found = new Map(cases.map(({ id, first }) => [id, first]));
    const rows = wanted.flatMap(({ item: { id } }) => this.#shelf.row(id) ?? []);
    this.#shelf.put(
      rows.map((row) => {
        const sealed = found.get(row.item.id);
        return sealed === undefined ? lockedRow(row) : { ...row, sealed };
      }),
    );
  }

  *#missing(): Generator<Row> {
    for (const row of this.#shelf.unopened()) if (row.sealed === undefined) yield row;
  }
}

/** Undefined where the key is closed by now. */
async function open(rows: readonly Row[]): Promise<readonly Row[] | undefined> {
  try {
    const cases = rows.map(({ item: { id, wrapped }, sealed = [] }) => ({ id, wrapped, rows: sealed }));
    const opened = await openMany(cases);
    return rows.map((row, index) => {
      const found = opened[index];
      return found === undefined ? lockedRow(row) : openedRow(row, found);
    });
  } catch (error) {
    return error instanceof WorkerError && error.ended ? undefined : rows.map(lockedRow);
  }
}

/** The first ones, each once. */
function take(rows: Iterable<Row>, count: number): readonly Row[] {
  const found = new Map<string, Row>();
  for (const row of rows) {
    found.set(row.item.id, row);
    if (found.size >= count) break;
  }
  return [...found.values()];
}
