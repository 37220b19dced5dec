/** Once for the whole run: trains the model and says where it is kept, so that no test file trains it again, and starts PostgreSQL. */
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { learn } from '../../src/learning/learn.ts';
import { MODEL_CACHE } from './model-cache.ts';
import { startPostgres } from './postgres.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = Date.now();
  const starting = startPostgres();
  await learn(loadKnowledge(), { cache: MODEL_CACHE });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`model ready in ${seconds} s (${join('node_modules', '.cache', 'tanya-netral')})`);
  const { server, stop } = await starting;
  project.provide('postgres', server);
  console.log(
    'url' in server ? 'PostgreSQL ready' : `PostgreSQL did not start; its tests will fail: ${server.problem}`,
  );
  return stop;
}
