import type { Vocabulary } from '../knowledge/schema.ts';
import { trainBayes } from './bayes.ts';
import { FeatureSpace, type Rows, toRows } from './dataset.ts';
import { FAMILIES, familyOf, featuresOf } from './features.ts';
import { type Model, quantise, type Ranker, scores } from './model.ts';
import { normalise, words } from './normalise.ts';
import { type SvmOptions, trainClass } from './svm.ts';
import { Lexicon } from './vocabulary.ts';

/** A text and the label it should find. */
export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** A word in at least this many training texts is common enough to be what a typo was meant to be. */
const FREQUENT_WORD_TEXTS = 4;

export const SVM: SvmOptions = { cost: 1, otherCost: 0.3, passes: 6 };
/** Found by cross-validation; the sharpness brings each ranker's softmax near the share that is right (docs/matching.md). */
const SVM_SHARPNESS = 4;
const BAYES_SHARPNESS = 1.2;
const SVM_SHARE = 0.6;
/** A text teaches its own class and the classes it could be taken for; the others would not move anyway. */
const RIVALS = 40;

/** What one worker needs to train some of the classes. Everything in it can be shared between threads. */
export interface ClassTask {
  readonly rows: Rows;
  readonly labels: Int32Array;
  /** For each row the classes that naive Bayes ranks first, {@link RIVALS} a row: the row is learnt from only by these. */
  readonly rivals: Int16Array;
  readonly dimensions: number;
  readonly classes: number;
  /** `dimensions * classes`, feature after feature; workers write their own classes' columns. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Trains the classes `from`, `from + step`, ... of a task, in place. */
export function trainClasses(task: ClassTask, from: number, step: number, onClass: () => void): void {
  for (let target = from; target < task.classes; target += step) {
    const trained = trainClass(task.rows, task.labels, target, membersOf(task, target), task.dimensions, SVM);
    for (let feature = 0; feature < task.dimensions; feature++)
      task.weights[feature * task.classes + target] = trained[feature] as number;
    task.bias[target] = trained[task.dimensions] as number;
    onClass();
  }
}

function membersOf({ labels, rivals }: ClassTask, target: number): Int32Array {
  const out: number[] = [];
  for (let row = 0; row < labels.length; row++) {
    let isMember = labels[row] === target;
    for (let k = row * RIVALS; !isMember && k < (row + 1) * RIVALS; k++) isMember = rivals[k] === target;
    if (isMember) out.push(row);
  }
  return Int32Array.from(out);
}

/** Letter n-grams are most of a row and say least about which classes are near: rivals are found without them. */
const LETTERS = FAMILIES.indexOf('letters');

/** The classes that the ranker puts first for each row. */
function rivalsOf(rows: Rows, count: number, ranker: Ranker, space: FeatureSpace): Int16Array {
  const rivals = new Int16Array(new SharedArrayBuffer(count * RIVALS * 2)).fill(-1);
  const kept = { indices: new Int32Array(4_096), values: new Float32Array(4_096) };
  for (let row = 0; row < count; row++) {
    let size = 0;
    for (let k = rows.starts[row] as number; k < (rows.starts[row + 1] as number) && size < kept.indices.length; k++) {
      const index = rows.indices[k] as number;
      if (familyOf(space.features[index] as number) === LETTERS) continue;
      kept.indices[size] = index;
      kept.values[size++] = rows.values[k] as number;
    }
    const values = scores(ranker, { indices: kept.indices.subarray(0, size), values: kept.values.subarray(0, size) });
    // the RIVALS-th highest score is the bar; on a tie the lower class number comes first
    const bar = Float64Array.from(values).sort()[Math.max(0, values.length - RIVALS)] as number;
    let at = row * RIVALS;
    for (let c = 0; c < values.length && at < (row + 1) * RIVALS; c++)
      if ((values[c] as number) >= bar) rivals[at++] = c;
  }
  return rivals;
}

/** Everything that has to be known before the slow part starts, and the quick ranker, which can answer meanwhile. */
export interface Prepared {
  readonly quick: Model;
  readonly task: ClassTask;
}

/** Features, their space, and the naive Bayes ranker: half of the time that 40,000 texts take. */
export function prepare(texts: readonly LabelledText[], vocabulary: Vocabulary): Prepared {
  const normalised = texts.map(({ text }) => normalise(text));
  const { known, frequent } = knownWords(normalised);
  const lexicon = new Lexicon(vocabulary, known, frequent);
  const labels = [...new Set(texts.map(({ label }) => label))].sort();
  const indexOf = new Map(labels.map((label, i) => [label, i]));
  const documents = normalised.map((text) => featuresOf(lexicon.tokens(text)));
  const space = FeatureSpace.of(documents);
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
    quick: { labels, space, rankers: [bayes], known, frequent },
    task: {
      rows,
      labels: y,
      rivals: rivalsOf(rows, texts.length, bayes, space),
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

function knownWords(normalised: readonly string[]): { known: string[]; frequent: string[] } {
  const counts = new Map<string, number>();
  for (const text of normalised) for (const word of new Set(words(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = [...counts.keys()].sort();
  return { known, frequent: known.filter((word) => (counts.get(word) as number) >= FREQUENT_WORD_TEXTS) };
}
