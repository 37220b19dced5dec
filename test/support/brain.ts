import { KNOWLEDGE_FOLDER } from '../../src/knowledge/load.ts';
import { type Brain, loadBrain } from '../../src/learning/brain.ts';
import { MODEL_CACHE } from './model-cache.ts';

let brain: Promise<Brain> | undefined;

/** The real rule base with its fully trained matcher, loaded once a test file. */
export function realBrain(): Promise<Brain> {
  brain ??= loadBrain(KNOWLEDGE_FOLDER, { cache: MODEL_CACHE });
  return brain;
}
