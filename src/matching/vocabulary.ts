import Fuse from 'fuse.js';
import type { Vocabulary } from '../knowledge/schema.ts';
import { words } from './normalise.ts';
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

/** Typos are repaired only in words at least this long: shorter ones have too many neighbours. */
const MIN_REPAIR = 5;
/** Fuse's score (0 is equal, 1 is unlike) up to which a repair is believed. */
const MAX_REPAIR_SCORE = 0.25;
/** How many of the dictionary's words that share most letter pairs are handed to Fuse. */
const REPAIR_CANDIDATES = 24;

const letterPairs = (word: string): string[] => {
  const padded = `^${word}$`;
  const out: string[] = [];
  for (let i = 0; i + 1 < padded.length; i++) out.push(padded.slice(i, i + 2));
  return out;
};

/** Turns normalised text into tokens, with the words of the rule base. Pure and deterministic; safe to share. */
export class Lexicon {
  readonly #words = new Map<string, readonly string[]>();
  readonly #phrases = new Map<
    string,
    Array<{ readonly variant: readonly string[]; readonly canonical: readonly string[] }>
  >();
  readonly #concepts = new Map<string, string>();
  readonly #known = new Set<string>();
  readonly #pairs = new Map<string, string[]>();
  readonly #repairs = new Map<string, string | null>();

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
    const targets = new Set([...this.#known, ...frequent].filter((word) => word.length >= MIN_REPAIR - 1));
    for (const word of known) this.#known.add(word);
    for (const word of [...targets].sort()) {
      for (const pair of new Set(letterPairs(word))) {
        const list = this.#pairs.get(pair);
        if (list) list.push(word);
        else this.#pairs.set(pair, [word]);
      }
    }
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
    const repair = this.repair(word);
    return repair === null
      ? [{ word, repaired: false }]
      : (this.#words.get(repair) ?? [repair]).map((w) => ({ word: w, repaired: true }));
  }

  /** The known word that a misspelt one most likely is, or null. */
  repair(word: string): string | null {
    const remembered = this.#repairs.get(word);
    if (remembered !== undefined) return remembered;
    const found = this.#nearest(word);
    if (this.#repairs.size > 20_000) this.#repairs.clear();
    this.#repairs.set(word, found);
    return found;
  }

  #nearest(word: string): string | null {
    const shared = new Map<string, number>();
    for (const pair of new Set(letterPairs(word))) {
      for (const candidate of this.#pairs.get(pair) ?? []) {
        if (Math.abs(candidate.length - word.length) <= 2) shared.set(candidate, (shared.get(candidate) ?? 0) + 1);
      }
    }
    const candidates = [...shared]
      .map(([candidate, count]) => ({ candidate, overlap: (2 * count) / (candidate.length + word.length + 2) }))
      .sort((a, b) => b.overlap - a.overlap || (a.candidate < b.candidate ? -1 : 1))
      .slice(0, REPAIR_CANDIDATES)
      .map(({ candidate }) => candidate);
    if (candidates.length === 0) return null;
    const best = new Fuse(candidates, { includeScore: true, threshold: MAX_REPAIR_SCORE, ignoreLocation: true }).search(
      word,
    )[0];
    return best?.score !== undefined && best.score <= MAX_REPAIR_SCORE ? best.item : null;
  }

  #token(raw: string, word: string, repaired: boolean): Token {
    const root = stem(word);
    return { raw, word, stem: root, concept: this.#concepts.get(word) ?? this.#concepts.get(root) ?? root, repaired };
  }
}
