/** What the files under `knowledge/` hold, as types. They come from the shapes that the files are checked with (`shapes.ts`). */
import type { z } from 'zod';
import type * as shapes from './shapes.ts';
import type { ACTORS, BASES, STAGES, VERDICTS } from './terms.ts';

export { ACTORS, BASES, CERTAINTIES, SANCTION_LEVELS, STAGES, VERDICTS } from './terms.ts';

export type Verdict = (typeof VERDICTS)[number];
export type Basis = (typeof BASES)[number];
export type Stage = (typeof STAGES)[number];
export type Actor = (typeof ACTORS)[number];
export type Citation = z.output<typeof shapes.citation>;
export type RegulationCitation = z.output<typeof shapes.regulationCitation>;
export type Sanction = z.output<typeof shapes.sanction>;
export type Review = z.output<typeof shapes.review>;
export type RuleFile = z.output<typeof shapes.rulesFile>;
/** A rule as loaded: with the topic and review of its file filled in. */
export type Rule = Omit<z.output<typeof shapes.rule>, 'review'> & { readonly topic: string; readonly review: Review };
export type Regulation = z.output<typeof shapes.regulationsFile>[number];
export type Authorities = z.output<typeof shapes.authoritiesFile>;
export type Stages = z.output<typeof shapes.stagesFile>;
export type ActorEntry = z.output<typeof shapes.actorsFile>[number];
export type Topic = z.output<typeof shapes.topicsFile>[number];
export type Vocabulary = z.output<typeof shapes.vocabularyFile>;
export type OutOfScopeClass = z.output<typeof shapes.outOfScopeFile>[number];
export type Wording = z.output<typeof shapes.wordingFile>;
