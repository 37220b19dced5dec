import type { Vocabulary } from '../knowledge/schema.ts';
import { words } from './normalise.ts';
import { MIN_REPAIR, Spelling } from './spelling.ts';
import { stem } from './stem.ts';

/** One word of a question after slang, regional words and typos were brought to everyday Indonesian. */
export interface Token {
  /** As typed (normalised). */
  readonly raw: string;
  /** The everyday word that it stands for; several tokens share one phrase's word only at its first place. */
  readonly word: string;
  readonly stem: string;
  /** Name of the concept the word belongs to, or its stem where it belongs to none. */
  readonly concept: string;
  /** True where `word` was guessed by repairing a typo. */
  readonly repaired: boolean;
}

/** Turns normalised text into tokens, with the words of the rule base. Pure and deterministic; safe to share. */
export class Lexicon {
  readonly #words = new Map<string, readonly string[]>();
  readonly #phrases = new Map<
    string,
    Array<{ readonly variant: readonly string[]; readonly canonical: readonly string[] }>
  >();
  readonly #concepts = new Map<string, string>();
  readonly #known = new Set<string>();
  readonly #spelling: Spelling;

  /**
   * @param known words that are left as they are: all words of the training texts
   * @param frequent those of them that are common enough to be what a typo was meant to be
   */
  constructor(vocabulary: Vocabulary, known: Iterable<string>, frequent: Iterable<string>) {
    for (const [canonical, variants] of Object.entries(vocabulary.words)) {
      this.#known.add(canonical);
      for (const variant of variants) this.#words.set(variant, [canonical]);
    }
    for (const [canonical, variants] of Object.entries(vocabulary.phrases)) {
      for (const variant of variants) {
        const parts = words(variant);
        const first = parts[0];
        if (first === undefined) continue;
        if (parts.length === 1) this.#words.set(first, canonical.split(' '));
        else
          this.#phrases.set(first, [
            ...(this.#phrases.get(first) ?? []),
            { variant: parts, canonical: canonical.split(' ') },
          ]);
      }
    }
    for (const list of this.#phrases.values()) list.sort((a, b) => b.variant.length - a.variant.length);
    for (const [concept, members] of Object.entries(vocabulary.concepts)) {
      for (const member of members) {
        this.#concepts.set(member, concept);
        this.#concepts.set(stem(member), concept);
      }
    }
    this.#spelling = new Spelling([...this.#known, ...frequent]);
    for (const word of known) this.#known.add(word);
  }

  /** The tokens of a normalised text. */
  tokens(normalised: string): Token[] {
    const raw = words(normalised);
    const out: Token[] = [];
    for (let i = 0; i < raw.length; ) {
      const phrase = this.#phraseAt(raw, i);
      if (phrase) {
        for (const word of phrase.canonical)
          out.push(this.#token(raw.slice(i, i + phrase.variant.length).join(' '), word, false));
        i += phrase.variant.length;
        continue;
      }
      const word = raw[i] as string;
      for (const canonical of this.#canonical(word)) out.push(this.#token(word, canonical.word, canonical.repaired));
      i++;
    }
    return out;
  }

  #phraseAt(raw: readonly string[], at: number) {
    return this.#phrases
      .get(raw[at] as string)
      ?.find(({ variant }) => variant.every((word, k) => raw[at + k] === word));
  }

  #canonical(word: string): Array<{ word: string; repaired: boolean }> {
    const mapped = this.#words.get(word);
    if (mapped) return mapped.map((w) => ({ word: w, repaired: false }));
    if (this.#known.has(word) || word.length < MIN_REPAIR || /\d/.test(word)) return [{ word, repaired: false }];
    // "kampanyenya", "grupnya": a known word with a clitic is no typo
    const bare = word.replace(/(?:nya|ku|mu|lah|kah|e|ne|na|keun|in|kan)$/, '');
    const bareMapped = this.#words.get(bare);
    if (bareMapped && bare.length > 2) return bareMapped.map((w) => ({ word: w, repaired: false }));
    if (this.#known.has(bare)) return [{ word: bare, repaired: false }];
    const repair = this.#spelling.repair(word);
    return repair === null
      ? [{ word, repaired: false }]
      : (this.#words.get(repair) ?? [repair]).map((w) => ({ word: w, repaired: true }));
  }

  #token(raw: string, word: string, repaired: boolean): Token {
    const root = stem(word);
    return { raw, word, stem: root, concept: this.#concepts.get(word) ?? this.#concepts.get(root) ?? root, repaired };
  }
}
