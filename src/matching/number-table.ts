/**
 * Whole numbers by whole numbers from 0 to 2^31 - 2: a `Map` that takes less time and memory where there are millions. Open addressing with
 * linear probing (Knuth, The Art of Computer Programming 3, 6.4).
 */
export class NumberTable {
  /** Keys plus one; 0 is a free slot. */
  #keys: Int32Array;
  #values: Int32Array;
  #size = 0;

  /** @param expected about how many there will be; more are taken too */
  constructor(expected = 1 << 16) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(expected, 8) * 2));
    this.#keys = new Int32Array(slots);
    this.#values = new Int32Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  get(key: number): number | undefined {
    const slot = this.#slot(key + 1);
    return this.#keys[slot] === 0 ? undefined : this.#values[slot];
  }

  set(key: number, value: number): void {
    // first the slot: for it the values may move to a larger array
    const slot = this.#taken(key + 1);
    this.#values[slot] = value;
  }

  /** Adds to the number that is there, or to 0. */
  add(key: number, amount: number): void {
    const slot = this.#taken(key + 1);
    this.#values[slot] = (this.#values[slot] as number) + amount;
  }

  *entries(): Generator<readonly [key: number, value: number]> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const key = this.#keys[slot] as number;
      if (key !== 0) yield [key - 1, this.#values[slot] as number];
    }
  }

  /** The slot of the key, or the free one where it would go. */
  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    // spreads keys that differ in their higher bits only (Fibonacci hashing)
    let slot = (Math.imul(key, 0x9e3779b1) >>> 7) & mask;
    while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #taken(key: number): number {
    const slot = this.#slot(key);
    if (this.#keys[slot] === key) return slot;
    if (this.#size * 2 >= this.#keys.length) {
      this.#grow();
      return this.#taken(key);
    }
    this.#keys[slot] = key;
    this.#size++;
    return slot;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Int32Array(keys.length * 2);
    this.#values = new Int32Array(keys.length * 2);
    for (let slot = 0; slot < keys.length; slot++) {
      const key = keys[slot] as number;
      if (key === 0) continue;
      const to = this.#slot(key);
      this.#keys[to] = key;
      this.#values[to] = values[slot] as number;
    }
  }
}
