/**
 * How well the matcher finds rules in questions of writers it has never read: each writer's texts are answered by a model that was
 * trained on the other writers' only. That is nearer to real use than a random split, where a writer's habits leak into the training.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Knowledge, OUT, readUtterances, type Utterance } from '../knowledge/load.ts';
import type { Scored } from '../matching/decide.ts';

/** One text, and what a model that never saw its writer says: the best labels with their probabilities, best first. */
export interface Judged {
  readonly text: string;
  readonly label: string;
  readonly writer: string;
  readonly scores: readonly Scored[];
}

/** What a fold's thread gets. */
export interface FoldTask {
  readonly folder: string;
  readonly held: readonly string[];
  /** Rules whose writers are all in one fold, as a new rule's are: their texts are split by position, or no model would know the rule. */
  readonly alone: readonly string[];
  readonly stride: number;
}

/** Splits writers into groups of about equal size, so that the number of trainings stays small. */
export function folds(utterances: readonly Utterance[], count: number): string[][] {
  const sizes = new Map<string, number>();
  for (const { writer } of utterances) sizes.set(writer, (sizes.get(writer) ?? 0) + 1);
  const groups: Array<{ writers: string[]; size: number }> = Array.from(
    { length: Math.min(count, sizes.size) },
    () => ({ writers: [], size: 0 }),
  );
  for (const [writer, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const smallest = groups.reduce((a, b) => (b.size < a.size ? b : a));
    smallest.writers.push(writer);
    smallest.size += size;
  }
  return groups.map(({ writers }) => writers.sort());
}

/**
 * Judges every utterance (or every `stride`-th) by a model of the other folds. Out-of-scope texts mostly have one writer; they are
 * split by their position instead, so that each is judged by a model that has seen other texts of its class.
 */
export async function crossValidate(
  knowledge: Knowledge,
  options: { readonly folds: number; readonly stride: number; readonly onFold?: (done: number, of: number) => void },
): Promise<Judged[]> {
  const { utterances } = readUtterances(knowledge.folder);
  const groups = folds(
    utterances.filter(({ label }) => !label.startsWith(OUT)),
    options.folds,
  );
  const alone = inOneFold(utterances, groups);
  const tasks = groups.map((held): FoldTask => ({ folder: knowledge.folder, held, alone, stride: options.stride }));
  const results: Judged[][] = [];
  let next = 0;
  let done = 0;
  const run = async () => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await judgeInThread({ ...(tasks[index] as FoldTask), fold: index, folds: tasks.length });
      options.onFold?.(++done, tasks.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, run));
  return results.flat();
}

/** The rules whose texts all come from writers of one fold. */
function inOneFold(utterances: readonly Utterance[], groups: ReadonlyArray<readonly string[]>): string[] {
  const foldOf = new Map(groups.flatMap((writers, fold) => writers.map((writer) => [writer, fold] as const)));
  const foldsOf = new Map<string, Set<number | undefined>>();
  for (const { label, writer } of utterances) {
    if (label.startsWith(OUT)) continue;
    foldsOf.set(label, (foldsOf.get(label) ?? new Set()).add(foldOf.get(writer)));
  }
  return [...foldsOf].filter(([, found]) => found.size === 1).map(([label]) => label);
}

function judgeInThread(task: FoldTask & { readonly fold: number; readonly folds: number }): Promise<Judged[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fold.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
