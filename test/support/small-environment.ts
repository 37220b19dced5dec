/** The environment of a process that runs on a copy of the small rule base, whose model is trained already. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { learn } from '../../src/learning/learn.ts';
import { type SmallKnowledge, smallKnowledge } from './small-knowledge.ts';
import { tempFolder } from './temp-folder.ts';

export interface SmallEnvironment {
  /** The rule base; edit it before the process starts, or while it runs. */
  readonly files: SmallKnowledge;
  readonly env: { readonly DATA_DIR: string; readonly KNOWLEDGE_DIR: string; readonly PORT: string };
}

/** Both folders are gone when the test ends. */
export async function smallEnvironment(): Promise<SmallEnvironment> {
  const files = smallKnowledge();
  onTestFinished(() => files.remove());
  const data = tempFolder();
  const models = join(data, 'models');
  mkdirSync(models);
  await fill(models, files.folder);
  return { files, env: { DATA_DIR: data, KNOWLEDGE_DIR: files.folder, PORT: '0' } };
}

let trained: ReadonlyArray<readonly [name: string, bytes: Uint8Array]> | undefined;

/** Trains once a test file: copies of the small rule base have the same model. */
async function fill(models: string, folder: string): Promise<void> {
  if (trained === undefined) {
    await learn(loadKnowledge(folder), { cache: models });
    trained = readdirSync(models).map((name) => [name, readFileSync(join(models, name))] as const);
  } else for (const [name, bytes] of trained) writeFileSync(join(models, name), bytes);
}
