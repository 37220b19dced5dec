/** Knowledge and matcher as one value, ready to answer. */
import type { Knowledge } from '../knowledge/knowledge.ts';
import { Matcher } from '../matching/matcher.ts';
import { type LearnOptions, learn } from './learn.ts';
import { openKnowledge } from './open-knowledge.ts';

/** A rule base and the matcher made from it: always used and replaced together. */
export interface Brain {
  readonly knowledge: Knowledge;
  readonly matcher: Matcher;
}

/** Loads the folder and waits until the full model is there. Throws a KnowledgeError where the folder cannot be used. */
export async function loadBrain(folder: string, options: LearnOptions): Promise<Brain> {
  const { knowledge } = await openKnowledge(folder, options.cache);
  return { knowledge, matcher: new Matcher(knowledge, await learn(knowledge, options)) };
}
