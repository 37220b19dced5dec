/**
 * The trained model: for each feature a weight a class, as bytes. Two rankers (support vector machine and naive Bayes) look at the same
 * vector; their probabilities are averaged (docs/matching.md says what else was tried).
 */
import { crc32 } from 'node:zlib';
import { FeatureSpace, type Vector } from './dataset.ts';

/** One ranker's weights, quantised to a byte a weight with one scale a class: a quarter of the memory, no measurable loss. */
export interface Ranker {
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Scores times this, through softmax, are the ranker's probabilities. */
  readonly sharpness: number;
  /** The ranker's part in the average. */
  readonly share: number;
}

export interface Model {
  readonly labels: readonly string[];
  readonly space: FeatureSpace;
  readonly rankers: readonly Ranker[];
  /** All words of the training texts, and those that are common. */
  readonly known: readonly string[];
  readonly frequent: readonly string[];
}

/** Quantises `dimensions * classes` weights (feature after feature). */
export function quantise(
  weights: Float32Array,
  bias: Float32Array,
  options: { readonly sharpness: number; readonly share: number },
): Ranker {
  const classes = bias.length;
  const scales = new Float32Array(classes);
  for (let from = 0; from < weights.length; from += classes)
    for (let c = 0; c < classes; c++) {
      const size = Math.abs(weights[from + c] as number);
      if (size > (scales[c] as number)) scales[c] = size;
    }
  for (let c = 0; c < classes; c++) scales[c] = (scales[c] as number) / 127 || 1;
  const bytes = new Int8Array(weights.length);
  for (let from = 0; from < weights.length; from += classes)
    for (let c = 0; c < classes; c++)
      bytes[from + c] = Math.round((weights[from + c] as number) / (scales[c] as number));
  return { weights: bytes, scales, bias, ...options };
}

/** The ranker's score of every class. */
export function scores(ranker: Ranker, vector: Vector): Float64Array {
  const classes = ranker.scales.length;
  const sums = new Float64Array(classes);
  for (let k = 0; k < vector.indices.length; k++) {
    const from = (vector.indices[k] as number) * classes;
    const value = vector.values[k] as number;
    for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + (ranker.weights[from + c] as number) * value;
  }
  for (let c = 0; c < classes; c++)
    sums[c] = (sums[c] as number) * (ranker.scales[c] as number) + (ranker.bias[c] as number);
  return sums;
}

/** Softmax of `scores * sharpness`. */
export function softmax(values: Float64Array, sharpness: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) most = Math.max(most, value);
  const out = values.map((value) => Math.exp((value - most) * sharpness));
  let sum = 0;
  for (const value of out) sum += value;
  return out.map((value) => value / sum);
}

/** What the rankers say of a text. */
export interface Ranking {
  /** The average probability of every label. Sums to 1. */
  readonly probabilities: Float64Array;
  /** The first ranker's own scores: unlike probabilities they are low for every label where a text is like nothing known. */
  readonly margins: Float64Array;
}

export function ranking(model: Model, vector: Vector): Ranking {
  const mean = new Float64Array(model.labels.length);
  let margins: Float64Array | undefined;
  for (const ranker of model.rankers) {
    const values = scores(ranker, vector);
    margins ??= values;
    const p = softmax(values, ranker.sharpness);
    for (let c = 0; c < mean.length; c++) mean[c] = (mean[c] as number) + (p[c] as number) * ranker.share;
  }
  return { probabilities: mean, margins: margins ?? mean };
}

/** What each dimension of the vector adds to a label's score in the first ranker, largest first: the "why" of an answer. */
export function contributions(
  model: Model,
  vector: Vector,
  label: number,
): Array<{ readonly feature: number; readonly weight: number }> {
  const ranker = model.rankers[0];
  if (!ranker || label < 0) return [];
  const classes = model.labels.length;
  return Array.from(vector.indices, (index, k) => ({
    feature: model.space.features[index] as number,
    weight:
      (ranker.weights[index * classes + label] as number) *
      (ranker.scales[label] as number) *
      (vector.values[k] as number),
  })).sort((a, b) => b.weight - a.weight);
}

const MAGIC = 'TNMODEL2';
/** Bytes before the JSON: the magic, a CRC-32 of all that follows the first twelve bytes, the length of the JSON. */
const HEAD = 16;

interface Header {
  readonly labels: readonly string[];
  readonly dimensions: number;
  readonly known: readonly string[];
  readonly frequent: readonly string[];
  readonly rankers: ReadonlyArray<{ readonly sharpness: number; readonly share: number }>;
}

/** The model as bytes: a checksum, a length, a JSON header, then the arrays. Numbers are little-endian, as on every machine Node runs on. */
export function encodeModel(model: Model): Buffer {
  const header: Header = {
    labels: model.labels,
    dimensions: model.space.size,
    known: model.known,
    frequent: model.frequent,
    rankers: model.rankers.map(({ sharpness, share }) => ({ sharpness, share })),
  };
  const json = Buffer.from(JSON.stringify(header), 'utf8');
  const head = Buffer.alloc(HEAD);
  head.write(MAGIC, 0, 'latin1');
  head.writeUInt32LE(json.length, 12);
  const padding = Buffer.alloc((4 - (json.length % 4)) % 4, ' ');
  const parts = [head, json, padding, bytesOf(model.space.features), bytesOf(model.space.idf)];
  for (const { scales, bias, weights } of model.rankers) {
    parts.push(bytesOf(scales), bytesOf(bias), bytesOf(weights), Buffer.alloc((4 - (weights.length % 4)) % 4));
  }
  const bytes = Buffer.concat(parts);
  bytes.writeUInt32LE(crc32(bytes.subarray(12)), 8);
  return bytes;
}

/** Reads what {@link encodeModel} wrote; undefined where the bytes are cut off, changed, or something else. */
export function decodeModel(bytes: Buffer): Model | undefined {
  if (bytes.length < HEAD || bytes.toString('latin1', 0, 8) !== MAGIC) return undefined;
  // a flipped bit would change answers without a word
  if (bytes.readUInt32LE(8) !== crc32(bytes.subarray(12))) return undefined;
  const length = bytes.readUInt32LE(12);
  let header: Header;
  try {
    header = JSON.parse(bytes.toString('utf8', HEAD, HEAD + length)) as Header;
  } catch {
    return undefined;
  }
  let at = HEAD + length + ((4 - (length % 4)) % 4);
  const take = (count: number): Buffer => {
    const part = bytes.subarray(at, at + count);
    at += count + ((4 - (count % 4)) % 4);
    return part;
  };
  const floats = (count: number): Float32Array => {
    const part = take(count * 4);
    const out = new Float32Array(count);
    Buffer.from(out.buffer).set(part);
    return out;
  };
  const classes = header.labels.length;
  const { dimensions } = header;
  const perRanker = 8 * classes + Math.ceil((dimensions * classes) / 4) * 4;
  if (bytes.length !== at + dimensions * 8 + header.rankers.length * perRanker) return undefined;
  const numbers = new Int32Array(dimensions);
  Buffer.from(numbers.buffer).set(take(dimensions * 4));
  const idf = floats(dimensions);
  const rankers = header.rankers.map(({ sharpness, share }) => {
    const scales = floats(classes);
    const bias = floats(classes);
    const part = take(dimensions * classes);
    return { scales, bias, weights: new Int8Array(part.buffer, part.byteOffset, part.length), sharpness, share };
  });
  return {
    labels: header.labels,
    space: new FeatureSpace(numbers, idf),
    rankers,
    known: header.known,
    frequent: header.frequent,
  };
}

const bytesOf = (array: Float32Array | Int32Array | Int8Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);
