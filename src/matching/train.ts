import type { Vocabulary } from '../knowledge/schema.ts';
import { trainBayes } from './bayes.ts';
import { FeatureSpace, type Rows, toRows } from './dataset.ts';
import { FAMILY_WEIGHTS, features } from './features.ts';
import { type Model, quantise } from './model.ts';
import { normalise, words } from './normalise.ts';
import { type SvmOptions, trainClass } from './svm.ts';
import { Lexicon } from './vocabulary.ts';

/** A text and the label it should find. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** A word in at least this many training texts counts as correctly spelt. */
const KNOWN_WORD_TEXTS = 4;

export const SVM: SvmOptions = { cost: 1, otherCost: 0.3, passes: 6 };
/** Found by cross-validation; the sharpness brings each ranker's softmax near the share that is right (docs/matching.md). */
const SVM_SHARPNESS = 4;
const BAYES_SHARPNESS = 1.2;
const SVM_SHARE = 0.6;

/** What one worker needs to train some of the classes. Everything in it can be shared between threads. */
export interface ClassTask {
  readonly rows: Rows;
  readonly labels: Int32Array;
  readonly dimensions: number;
  readonly classes: number;
  /** `dimensions * classes`, feature after feature; workers write their own classes' columns. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Trains the classes `from`, `from + step`, ... of a task, in place. */
export function trainClasses(task: ClassTask, from: number, step: number, onClass: () => void): void {
  for (let target = from; target < task.classes; target += step) {
    const trained = trainClass(task.rows, task.labels, target, task.dimensions, SVM);
    for (let feature = 0; feature < task.dimensions; feature++)
      task.weights[feature * task.classes + target] = trained[feature] as number;
    task.bias[target] = trained[task.dimensions] as number;
    onClass();
  }
}

/** Everything that has to be known before the slow part starts, and the quick ranker, which can answer meanwhile. */
export interface Prepared {
  readonly quick: Model;
  readonly task: ClassTask;
}

/** Features, their space, and the naive Bayes ranker: a few seconds for 30,000 texts. */
export function prepare(texts: readonly LabelledText[], vocabulary: Vocabulary): Prepared {
  const known = knownWords(texts);
  const lexicon = new Lexicon(vocabulary, known);
  const labels = [...new Set(texts.map(({ label }) => label))].sort();
  const indexOf = new Map(labels.map((label, i) => [label, i]));
  const documents = texts.map(({ text }) => features(text, lexicon).features);
  const space = FeatureSpace.of(documents, FAMILY_WEIGHTS);
  const rows = toRows(documents.map((document) => space.vector(document)));
  const y = new Int32Array(new SharedArrayBuffer(texts.length * 4));
  texts.forEach(({ label }, i) => {
    y[i] = indexOf.get(label) as number;
  });
  const classes = labels.length;
  const bayes = quantise(trainBayes(rows, y, classes, space.size), new Float32Array(classes), {
    sharpness: BAYES_SHARPNESS,
    share: 1,
  });
  return {
    quick: { labels, space, rankers: [bayes], known },
    task: {
      rows,
      labels: y,
      dimensions: space.size,
      classes,
      weights: new Float32Array(new SharedArrayBuffer(space.size * classes * 4)),
      bias: new Float32Array(new SharedArrayBuffer(classes * 4)),
    },
  };
}

/** The whole model, once the classes of `prepared.task` are trained. */
export function assemble({ quick, task }: Prepared): Model {
  const svm = quantise(task.weights, task.bias.slice(), { sharpness: SVM_SHARPNESS, share: SVM_SHARE });
  const bayes = quick.rankers.map((ranker) => ({ ...ranker, share: 1 - SVM_SHARE }));
  return { ...quick, rankers: [svm, ...bayes] };
}

/** Trains on this thread. The same texts give the same model, byte for byte, however many threads train it. */
export function trainModel(texts: readonly LabelledText[], vocabulary: Vocabulary): Model {
  const prepared = prepare(texts, vocabulary);
  trainClasses(prepared.task, 0, 1, () => {});
  return assemble(prepared);
}

function knownWords(texts: readonly LabelledText[]): string[] {
  const counts = new Map<string, number>();
  for (const { text } of texts)
    for (const word of new Set(words(normalise(text)))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= KNOWN_WORD_TEXTS)
    .map(([word]) => word)
    .sort();
}
