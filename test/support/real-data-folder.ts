/** A data folder that already has the trained model of the real rule base, so that processes need not train it. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { learn } from '../../src/learning/learn.ts';
import { MODEL_CACHE } from './model-cache.ts';

/** For `beforeAll`: takes long only where the rule base was edited since the test run began. The caller removes the folder. */
export async function realDataFolder(): Promise<string> {
  const knowledge = loadKnowledge();
  await learn(knowledge, { cache: MODEL_CACHE });
  const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-test-'));
  mkdirSync(join(folder, 'models'));
  for (const name of readdirSync(MODEL_CACHE).filter((file) => file.includes(knowledge.trainingHash.slice(0, 32))))
    copyFileSync(join(MODEL_CACHE, name), join(folder, 'models', name));
  return folder;
}
