/** One fold of the cross-validation, on a thread of its own: trains without the held-out texts, then judges them. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadKnowledge, OUT, readUtterances } from '../knowledge/load.ts';
import { trainingTexts } from '../learning/texts.ts';
import { Matcher } from '../matching/matcher.ts';
import { trainModel } from '../matching/train.ts';
import type { FoldTask, Judged } from './cross-validate.ts';

const { folder, held, alone, stride, fold, folds } = workerData as FoldTask & { fold: number; folds: number };
const knowledge = loadKnowledge(folder);
const { utterances } = readUtterances(folder);
let position = 0;
const isHeld = new Set<string>();
const test = utterances.filter(({ text, label, writer }) => {
  const byPosition = label.startsWith(OUT) || alone.includes(label);
  const mine = byPosition ? position++ % folds === fold : held.includes(writer);
  if (mine) isHeld.add(text);
  return mine;
});
const model = trainModel(
  trainingTexts(knowledge).filter(({ text }) => !isHeld.has(text)),
  knowledge.vocabulary,
);
const matcher = new Matcher(knowledge, model);
const judged: Judged[] = test
  .filter((_, i) => i % stride === 0)
  .map(({ text, label, writer }) => ({ text, label, writer, scores: matcher.rank(text) }));
parentPort?.postMessage(judged);
