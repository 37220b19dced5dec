/**
 * The process that trains: reads the rule base, prepares the texts, trains the classes on threads, and writes the model into a file. A process of
 * its own, so that the one that answers is never held up, and gets none of the memory that training takes.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { loadKnowledge } from '../knowledge/load.ts';
import { KnowledgeError, type Problem } from '../knowledge/problem.ts';
import { encodeModel } from '../matching/model.ts';
import { assemble, type Prepared, prepare } from '../matching/train.ts';
import { trainingTexts } from './texts.ts';

/** What the trainer is asked for. */
export interface TrainingOrder {
  readonly folder: string;
  /** Where the model goes; the quick one goes beside it, with `.quick` at the end. */
  readonly file: string;
  readonly quick: boolean;
}

/** What it tells, in this order. */
export type TrainingNews =
  | { readonly kind: 'quick' }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'model'; readonly trainingHash: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const tell = (news: TrainingNews): void => void process.send?.(news);

async function train({ folder, file, quick }: TrainingOrder): Promise<void> {
  const knowledge = loadKnowledge(folder);
  const prepared = prepare(trainingTexts(knowledge), knowledge.vocabulary);
  if (quick) {
    writeFileSync(`${file}.quick`, encodeModel(prepared.quick));
    tell({ kind: 'quick' });
  }
  await trainOnThreads(prepared, (done, of) => tell({ kind: 'progress', done, of }));
  writeFileSync(file, encodeModel(assemble(prepared)));
  tell({ kind: 'model', trainingHash: knowledge.trainingHash });
}

async function trainOnThreads({ task }: Prepared, onClass: (done: number, of: number) => void): Promise<void> {
  const count = Math.max(1, Math.min(4, availableParallelism()));
  let done = 0;
  onClass(done, task.classes);
  const run = (from: number) =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { task, from, step: count } });
      worker.on('message', () => onClass(++done, task.classes));
      worker.once('error', reject);
      worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: count }, (_, from) => run(from)));
}

// whoever ordered it is gone: nobody needs the model
process.once('disconnect', () => process.exit(0));
process.once('message', (order: TrainingOrder) => {
  train(order).then(
    () => process.disconnect(),
    (error: unknown) => {
      if (!(error instanceof KnowledgeError)) throw error;
      tell({ kind: 'refused', problems: error.problems });
      process.disconnect();
    },
  );
});
