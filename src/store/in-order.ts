/**
 * Work of one kind, one after another in the order of the calls. SQLite has one connection and keeps that order by itself; with the several connections
 * to PostgreSQL a later transaction may otherwise be done first.
 */
export class InOrder {
  #tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#tail.then(work);
    this.#tail = mine.catch(() => {});
    return mine;
  }
}
