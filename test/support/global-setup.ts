/** Trains the model once for the whole run and says where it is kept, so that no test file trains it again. */
import { join } from 'node:path';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { learn } from '../../src/learning/learn.ts';
import { MODEL_CACHE } from './model-cache.ts';

export default async function setup(): Promise<void> {
  const started = Date.now();
  await learn(loadKnowledge(), { cache: MODEL_CACHE });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`model ready in ${seconds} s (${join('node_modules', '.cache', 'tanya-netral')})`);
}
