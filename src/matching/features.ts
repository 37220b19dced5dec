import { normalise } from './normalise.ts';
import type { Lexicon, Token } from './vocabulary.ts';

/**
 * The features of one text: a number for each, and how often it occurs. Five families, kept apart in the lowest bits: words, pairs of
 * neighbours, stems, pairs of concepts within a short distance, letter n-grams. The number is a hash of the feature's letters (FNV-1a, cut to
 * 27 bits): among the 160,000 features that are kept, about 95 pairs share a number, which costs nothing measurable and saves
 * millions of strings.
 */
export type Features = Map<number, number>;

export const FAMILIES = ['word', 'neighbours', 'stem', 'concepts', 'letters'] as const;
export type Family = (typeof FAMILIES)[number];

/** How much each family counts; found by cross-validation (docs/matching.md). */
export const FAMILY_WEIGHTS: Readonly<Record<Family, number>> = {
  word: 1,
  neighbours: 0.7,
  stem: 0.8,
  concepts: 0.6,
  letters: 0.6,
};

const FAMILY_BITS = 3;
const [WORD, NEIGHBOURS, STEM, CONCEPTS, LETTERS] = [0, 1, 2, 3, 4] as const;

/** The family of a feature's number, as an index into {@link FAMILIES}. */
export const familyOf = (feature: number): number => feature & ((1 << FAMILY_BITS) - 1);

/** How far apart, in content words, two concepts may stand to make a pair. */
const PAIR_WINDOW = 4;
/** Shortest and longest letter n-grams, within a word and its edges. */
const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;

/** Words so common in every question that pairs with them say nothing. */
const FUNCTION_WORDS = new Set(
  'tidak boleh yang dengan untuk dari pada karena kalau tetapi hanya sudah juga sekali saya kamu min dia ini itu di ke dan ya kan sih deh dong kok nya lah kah toh mah atuh ta e eh si itu apa apakah bagaimana ada mau lalu seperti bapak ibu jadi atau harus bisa nanti tadi biar supaya kata kami pun saja'.split(
    ' ',
  ),
);

const isContent = (token: Token): boolean => !FUNCTION_WORDS.has(token.word) && token.word.length > 1;

const START = 0x811c9dc5;
const step = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193);
const hashText = (text: string, from = START): number => {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
};
const number = (hash: number, family: number): number =>
  (((hash ^ (hash >>> 27)) & 0x07ffffff) << FAMILY_BITS) | family;

const SPACE = 32;
const PLUS = 43;

/** Calls `see` with the number of each feature of the tokens, once an occurrence; `name` makes its text, for explanations. */
function visit(tokens: readonly Token[], see: (feature: number, name: () => string) => void): void {
  let previous = '^';
  const neighbours = (word: string) =>
    see(number(hashText(word, step(hashText(previous), SPACE)), NEIGHBOURS), () => `"${previous} ${word}"`);
  for (const token of tokens) {
    see(number(hashText(token.word), WORD), () => token.word);
    see(number(hashText(token.stem), STEM), () => `stem ${token.stem}`);
    neighbours(token.word);
    previous = token.word;
  }
  neighbours('$');
  const content = tokens.filter(isContent);
  for (let i = 0; i < content.length; i++) {
    for (let j = i + 1; j <= i + PAIR_WINDOW && j < content.length; j++) {
      const a = (content[i] as Token).concept;
      const b = (content[j] as Token).concept;
      if (a === b) continue;
      const [first, second] = a < b ? [a, b] : [b, a];
      see(number(hashText(second, step(hashText(first), PLUS)), CONCEPTS), () => `${first} + ${second}`);
    }
  }
  for (const token of tokens) {
    // a word that the vocabulary changed keeps its own letters: a doubtful pair then does little harm
    const padded = ` ${token.raw === token.word || token.raw.includes(' ') ? token.word : token.raw} `;
    for (let i = 0; i < padded.length; i++) {
      let hash = START;
      for (let n = 1; n <= LONGEST_GRAM && i + n <= padded.length; n++) {
        hash = step(hash, padded.charCodeAt(i + n - 1));
        if (n >= SHORTEST_GRAM) see(number(hash, LETTERS), () => `letters "${padded.slice(i, i + n)}"`);
      }
    }
  }
}

/** Features of a text's tokens. Deterministic; no tokens give an empty map. */
export function featuresOf(tokens: readonly Token[]): Features {
  const out: Features = new Map();
  if (tokens.length > 0) visit(tokens, (feature) => out.set(feature, (out.get(feature) ?? 0) + 1));
  return out;
}

/** Features of a text, and its tokens. */
export function features(text: string, lexicon: Lexicon): { readonly features: Features; readonly tokens: Token[] } {
  const tokens = lexicon.tokens(normalise(text));
  return { features: featuresOf(tokens), tokens };
}

/** What the numbers of a text's features stand for. */
export function featureNames(tokens: readonly Token[]): Map<number, string> {
  const names = new Map<number, string>();
  if (tokens.length > 0) visit(tokens, (feature, name) => names.set(feature, name()));
  return names;
}
