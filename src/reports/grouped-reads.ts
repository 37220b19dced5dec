/**
 * Questions to the database that come while one is being answered are asked together with the next one: most of what a small one
 * takes is the way there and back.
 */

/** Questions in one. */
const GROUP = 64;

interface Waiting<Key, Found> {
  readonly key: Key;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: unknown) => void;
}

export class GroupedReads<Key, Found> {
  readonly #read: (keys: readonly Key[]) => Promise<readonly Found[]>;
  readonly #waiting: Waiting<Key, Found>[] = [];
  #isReading = false;

  /** @param read answers to as many questions, in their order */
  constructor(read: (keys: readonly Key[]) => Promise<readonly Found[]>) {
    this.#read = read;
  }

  /** What was stored when this was called, or later. */
  get(key: Key): Promise<Found> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (!this.#isReading) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, GROUP));
    } finally {
      this.#isReading = false;
    }
  }

  async #answer(group: readonly Waiting<Key, Found>[]): Promise<void> {
    try {
      const found = await this.#read(group.map(({ key }) => key));
      for (const [i, { resolve }] of group.entries()) resolve(found[i] as Found);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
