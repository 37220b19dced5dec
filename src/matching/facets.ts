import type { Knowledge } from '../knowledge/load.ts';
import type { Actor, Stage } from '../knowledge/schema.ts';
import { normalise } from './normalise.ts';
import type { Lexicon, Token } from './vocabulary.ts';

/** What a question says beside the act: who, and at which stage. Undefined where it says nothing, or several things. */
export interface Facets {
  readonly actor?: Actor | undefined;
  readonly stage?: Stage | undefined;
}

/** A list of words or phrases that can be looked for in tokens, longest first. */
export type Needles<T> = ReadonlyArray<{ readonly value: T; readonly words: readonly string[] }>;

/** Brings the phrases of the rule base through the same vocabulary as questions, so that they meet. */
export function needles<T>(entries: ReadonlyArray<readonly [T, readonly string[]]>, lexicon: Lexicon): Needles<T> {
  return entries
    .flatMap(([value, phrases]) =>
      phrases.map((phrase) => ({ value, words: lexicon.tokens(normalise(phrase)).map(({ word }) => word) })),
    )
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);
}

/** The values found, in order, each with the tokens it covers. */
export function find<T>(
  tokens: readonly Token[],
  list: Needles<T>,
): Array<{ readonly value: T; readonly from: number; readonly to: number }> {
  const out: Array<{ value: T; from: number; to: number }> = [];
  for (let i = 0; i < tokens.length; ) {
    const hit = list.find(({ words }) => words.every((word, k) => tokens[i + k]?.word === word));
    if (hit) {
      out.push({ value: hit.value, from: i, to: i + hit.words.length });
      i += hit.words.length;
    } else i++;
  }
  return out;
}

const only = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined);

/** Finds {@link Facets} with the words of actors.yaml and stages.yaml. */
export class FacetFinder {
  readonly actors: Needles<Actor>;
  readonly stages: Needles<Stage>;

  constructor(knowledge: Knowledge, lexicon: Lexicon) {
    this.actors = needles(
      [...knowledge.actors.values()].map(({ id, words }) => [id, words] as const),
      lexicon,
    );
    this.stages = needles(
      knowledge.stages.stages.map(({ id, words }) => [id, words] as const),
      lexicon,
    );
  }

  find(tokens: readonly Token[]): Facets {
    const actors = find(tokens, this.actors).map(({ value }) => value);
    // "PNS" is what everybody is taken for; it only counts where nothing else is named
    const special = actors.filter((actor) => actor !== 'pns');
    return {
      actor: only(special.length > 0 ? special : actors),
      stage: only(find(tokens, this.stages).map(({ value }) => value)),
    };
  }
}
