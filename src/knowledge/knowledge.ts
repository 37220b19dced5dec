/** The rule base as one value: everything else in the program works on it alone and never sees YAML. */
import { fileURLToPath } from 'node:url';
import type {
  ActorEntry,
  Authorities,
  OutOfScopeClass,
  Regulation,
  Rule,
  Stages,
  Topic,
  Vocabulary,
  Wording,
} from './schema.ts';
import type { Source } from './source.ts';

/** A question as somebody might ask it, and what it should find. */
export interface Utterance {
  readonly text: string;
  /** Id of a rule, or of an out-of-scope class with `out:` before it. */
  readonly label: string;
  readonly writer: string;
  readonly file: string;
  readonly line: number;
}

/** Where in which file a rule stands. */
export interface RulePlace {
  readonly source: Source<unknown>;
  readonly path: ReadonlyArray<string | number>;
}

export interface Knowledge {
  readonly rules: ReadonlyMap<string, Rule>;
  /** Empty in a rule base that comes from a pack (pack.ts). */
  readonly places: ReadonlyMap<string, RulePlace>;
  readonly topics: readonly Topic[];
  readonly regulations: ReadonlyMap<string, Regulation>;
  readonly authorities: Authorities;
  readonly stages: Stages;
  readonly actors: ReadonlyMap<string, ActorEntry>;
  readonly vocabulary: Vocabulary;
  readonly outOfScope: ReadonlyMap<string, OutOfScopeClass>;
  readonly wording: Wording;
  /** The folder it was read from. */
  readonly folder: string;
  /** SHA-256 of what the matcher learns from (vocabulary, utterances, rules' titles and aliases), hex. */
  readonly trainingHash: string;
}

/** The rule base that comes with the program. */
export const KNOWLEDGE_FOLDER = fileURLToPath(new URL('../../knowledge', import.meta.url));

/** Prefix of the labels of out-of-scope classes among the matcher's labels. */
export const OUT = 'out:';
