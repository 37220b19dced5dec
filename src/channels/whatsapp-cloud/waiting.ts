/** Messages of one person that may wait. Above it they are not taken, or one person could fill the disk. */
export const PERSON_LIMIT = 250;

/** How many messages wait for an answer, person by person. Only in memory. */
export class Waiting {
  readonly #person = new Map<string, string>();
  readonly #count = new Map<string, number>();

  of(person: string): number {
    return this.#count.get(person) ?? 0;
  }

  add(row: string, person: string): void {
    if (this.#person.has(row)) return;
    this.#person.set(row, person);
    this.#count.set(person, this.of(person) + 1);
  }

  done(row: string): void {
    const person = this.#person.get(row);
    if (person === undefined) return;
    this.#person.delete(row);
    const left = this.of(person) - 1;
    if (left > 0) this.#count.set(person, left);
    else this.#count.delete(person);
  }
}
