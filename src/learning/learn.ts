/**
 * From the knowledge folder to a trained model: from the cache where nothing changed, else by training in worker threads.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Knowledge, readUtterances } from '../knowledge/load.ts';
import { KnowledgeError } from '../knowledge/problem.ts';
import { decodeModel, encodeModel, type Model } from '../matching/model.ts';
import { assemble, type LabelledText, prepare } from '../matching/train.ts';

/** Raise this where the code that makes a model changes, so that models in caches are made anew. */
const MODEL_VERSION = 4;
/** Models kept in the cache: the present one, and the one before a curator's last edits. */
const KEPT = 3;

export interface LearnOptions {
  /** Folder for trained models; undefined keeps nothing. */
  readonly cache: string | undefined;
  readonly onProgress?: (progress: { readonly done: number; readonly of: number }) => void;
  /** Called with the quick ranker alone, which can answer carefully while training goes on. */
  readonly onQuick?: (model: Model) => void;
}

/** The texts that a model learns from: the utterances, and every rule's title and aliases. */
export function trainingTexts(knowledge: Knowledge): LabelledText[] {
  const { utterances, problems } = readUtterances(knowledge.folder);
  if (problems.length > 0) throw new KnowledgeError(problems);
  const known = utterances.filter(
    ({ label }) => knowledge.rules.has(label) || knowledge.outOfScope.has(label.replace(/^out:/, '')),
  );
  const titles = [...knowledge.rules.values()].flatMap(({ id, title, aliases }) =>
    [title, ...aliases].map((text) => ({ text, label: id })),
  );
  return [...known.map(({ text, label }) => ({ text, label })), ...titles];
}

/** The model for this rule base. Never blocks the thread for longer than reading and preparing the texts takes. */
export async function learn(knowledge: Knowledge, options: LearnOptions): Promise<Model> {
  const name = `model-${MODEL_VERSION}-${knowledge.trainingHash.slice(0, 32)}.bin`;
  const cached = options.cache === undefined ? undefined : readModel(join(options.cache, name));
  if (cached) return cached;
  const prepared = prepare(trainingTexts(knowledge), knowledge.vocabulary);
  options.onQuick?.(prepared.quick);
  let done = 0;
  options.onProgress?.({ done, of: prepared.task.classes });
  await Promise.all(
    threads().map(([from, step]) =>
      run({ task: prepared.task, from, step }, () => {
        done++;
        options.onProgress?.({ done, of: prepared.task.classes });
      }),
    ),
  );
  const model = assemble(prepared);
  if (options.cache !== undefined) keepModel(options.cache, name, model);
  return model;
}

const threads = (): Array<readonly [from: number, step: number]> => {
  const count = Math.max(1, Math.min(4, availableParallelism()));
  return Array.from({ length: count }, (_, i) => [i, count] as const);
};

function run(workerData: object, onClass: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    worker.on('message', onClass);
    worker.once('error', reject);
    worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a training thread ended with ${code}`))));
  });
}

function readModel(path: string): Model | undefined {
  try {
    return decodeModel(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** A cache that cannot be written costs only time at the next start, so it is no error. */
function keepModel(folder: string, name: string, model: Model): void {
  try {
    mkdirSync(folder, { recursive: true });
    const partial = join(folder, `${name}.${process.pid}.part`);
    writeFileSync(partial, encodeModel(model));
    renameSync(partial, join(folder, name));
    const old = readdirSync(folder).filter((file) => /^model-.*\.bin$/.test(file) && file !== name);
    for (const file of old.slice(0, Math.max(0, old.length - KEPT + 1))) rmSync(join(folder, file), { force: true });
  } catch {
    // see above
  }
}
