import { FAMILIES, FAMILY_WEIGHTS, type Features, familyOf } from './features.ts';
import { NumberTable } from './number-table.ts';

/** One training text as features, with the index of its label. */
export interface Example {
  readonly features: Features;
  readonly label: number;
}

/** Sparse rows, all in three flat arrays (CSR): row i is `indices[starts[i] .. starts[i+1]]` with as many `values`. */
export interface Rows {
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** One sparse vector of length 1. */
export interface Vector {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Least number of training texts that a feature must stand in, in the order of the families; rarer ones cannot be learnt from. */
const MIN_DOCUMENTS = [1, 3, 1, 3, 6];
const WEIGHTS = FAMILIES.map((family) => FAMILY_WEIGHTS[family]);

/**
 * The known features and how telling each is: `idf = 1 + ln((1 + N) / (1 + n))` with N texts, n of them with the feature
 * (the smoothed form of Salton and Buckley, 1988).
 */
export class FeatureSpace {
  /** The features' numbers, ascending; their places are the dimensions. */
  readonly features: Int32Array;
  readonly idf: Float32Array;
  /** Only in training, where millions of features are looked up; a question's few hundred are found by halving. */
  readonly #index: NumberTable | undefined;

  constructor(features: Int32Array, idf: Float32Array, index?: NumberTable) {
    this.features = features;
    this.idf = idf;
    this.#index = index;
  }

  /** The space of the features in these texts; the order of the texts does not matter. */
  static of(documents: readonly Features[]): FeatureSpace {
    const counts = new NumberTable();
    for (const document of documents) for (const feature of document.keys()) counts.add(feature, 1);
    const kept: number[] = [];
    for (const [feature, count] of counts.entries())
      if (count >= (MIN_DOCUMENTS[familyOf(feature)] ?? 1)) kept.push(feature);
    const numbers = Int32Array.from(kept).sort();
    const idf = Float32Array.from(
      numbers,
      (feature) => 1 + Math.log((1 + documents.length) / (1 + (counts.get(feature) as number))),
    );
    const index = new NumberTable(numbers.length);
    numbers.forEach((feature, i) => {
      index.set(feature, i);
    });
    return new FeatureSpace(numbers, idf, index);
  }

  get size(): number {
    return this.idf.length;
  }

  /** The dimension of a feature; undefined where it was never seen in training. */
  dimension(feature: number): number | undefined {
    if (this.#index) return this.#index.get(feature);
    let [from, to] = [0, this.features.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.features[middle] as number) < feature) from = middle + 1;
      else to = middle;
    }
    return this.features[from] === feature ? from : undefined;
  }

  /** `(1 + ln tf) * idf`, each family brought to its weight, the whole to length 1. Unknown features are left out. */
  vector(features: Features): Vector {
    const indices = new Int32Array(features.size);
    const values = new Float32Array(features.size);
    const families = new Uint8Array(features.size);
    const squares = new Float64Array(WEIGHTS.length);
    let count = 0;
    for (const [feature, times] of features) {
      const index = this.dimension(feature);
      if (index === undefined) continue;
      const value = (times === 1 ? 1 : 1 + Math.log(times)) * (this.idf[index] as number);
      const family = familyOf(feature);
      indices[count] = index;
      values[count] = value;
      families[count++] = family;
      squares[family] = (squares[family] as number) + value * value;
    }
    const total = WEIGHTS.reduce(
      (sum, weight, family) => ((squares[family] as number) > 0 ? sum + weight * weight : sum),
      0,
    );
    const length = Math.sqrt(total) || 1;
    const scale = WEIGHTS.map((weight, family) => weight / (Math.sqrt(squares[family] as number) || 1) / length);
    for (let i = 0; i < count; i++) values[i] = (values[i] as number) * (scale[families[i] as number] as number);
    return { indices: indices.subarray(0, count), values: values.subarray(0, count) };
  }
}

/** Vectors as rows, in memory that worker threads can share. */
export function toRows(vectors: readonly Vector[]): Rows {
  const total = vectors.reduce((sum, { indices }) => sum + indices.length, 0);
  const starts = new Int32Array(new SharedArrayBuffer((vectors.length + 1) * 4));
  const indices = new Int32Array(new SharedArrayBuffer(total * 4));
  const values = new Float32Array(new SharedArrayBuffer(total * 4));
  let at = 0;
  vectors.forEach((vector, row) => {
    indices.set(vector.indices, at);
    values.set(vector.values, at);
    at += vector.indices.length;
    starts[row + 1] = at;
  });
  return { starts, indices, values };
}
