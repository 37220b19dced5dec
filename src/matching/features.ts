import { normalise } from './normalise.ts';
import type { Lexicon, Token } from './vocabulary.ts';

/**
 * The features of one text, as strings with a weight each. Prefixes keep the families apart:
 * `w:` everyday words, `b:` pairs of neighbours, `s:` stems, `k:` pairs of concepts within a short distance, `c:` letter n-grams.
 */
export type Features = Map<string, number>;

/** How much each family counts; found by cross-validation (docs/matching.md). */
export const FAMILY_WEIGHTS = { w: 1, b: 0.7, s: 0.8, k: 0.6, c: 0.6 } as const;

/** How far apart, in content words, two concepts may stand to make a pair. */
const PAIR_WINDOW = 4;

/** Words so common in every question that pairs with them say nothing. */
const FUNCTION_WORDS = new Set(
  'tidak boleh yang dengan untuk dari pada karena kalau tetapi hanya sudah juga sekali saya kamu min dia ini itu di ke dan ya kan sih deh dong kok nya lah kah toh mah atuh ta e eh si itu apa apakah bagaimana ada mau lalu seperti bapak ibu jadi atau harus bisa nanti tadi biar supaya kata kami pun saja'.split(
    ' ',
  ),
);

const isContent = (token: Token): boolean => !FUNCTION_WORDS.has(token.word) && token.word.length > 1;

/** Features of a text and its tokens. Deterministic; empty text gives an empty map. */
export function features(text: string, lexicon: Lexicon): { readonly features: Features; readonly tokens: Token[] } {
  const normalised = normalise(text);
  const tokens = lexicon.tokens(normalised);
  const out: Features = new Map();
  const add = (feature: string) => out.set(feature, (out.get(feature) ?? 0) + 1);
  let previous = '^';
  for (const token of tokens) {
    add(`w:${token.word}`);
    add(`s:${token.stem}`);
    add(`b:${previous} ${token.word}`);
    previous = token.word;
  }
  add(`b:${previous} $`);
  const content = tokens.filter(isContent);
  for (let i = 0; i < content.length; i++) {
    for (let j = i + 1; j <= i + PAIR_WINDOW && j < content.length; j++) {
      const a = (content[i] as Token).concept;
      const b = (content[j] as Token).concept;
      if (a !== b) add(a < b ? `k:${a}+${b}` : `k:${b}+${a}`);
    }
  }
  for (const token of tokens) {
    const padded = ` ${token.raw === token.word || token.raw.includes(' ') ? token.word : token.raw} `;
    for (const n of [3, 4, 5]) for (let i = 0; i + n <= padded.length; i++) add(`c:${padded.slice(i, i + n)}`);
  }
  return { features: out, tokens };
}
