import type { Features } from './features.ts';

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

/** How strongly each family of features counts, before the vector is brought to length 1. */
export type FamilyWeights = Readonly<Record<string, number>>;

/** Least number of training texts that a feature must stand in, by family; rarer ones cannot be learnt from. */
const MIN_DOCUMENTS: Readonly<Record<string, number>> = { w: 1, s: 1, b: 3, k: 3, c: 6 };

/**
 * The known features and how telling each is: `idf = 1 + ln((1 + N) / (1 + n))` with N texts, n of them with the feature
 * (the smoothed form of Salton and Buckley, 1988).
 */
export class FeatureSpace {
  readonly index: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
  readonly weights: FamilyWeights;

  constructor(index: ReadonlyMap<string, number>, idf: Float32Array, weights: FamilyWeights) {
    this.index = index;
    this.idf = idf;
    this.weights = weights;
  }

  /** The space of the features in these texts. Features are numbered in alphabetical order: the order of the texts does not matter. */
  static of(documents: readonly Features[], weights: FamilyWeights): FeatureSpace {
    const counts = new Map<string, { documents: number }>();
    for (const document of documents) {
      for (const feature of document.keys()) {
        const count = counts.get(feature);
        if (count) count.documents++;
        else counts.set(feature, { documents: 1 });
      }
    }
    const kept: string[] = [];
    for (const [feature, count] of counts) {
      const family = feature.charAt(0);
      if ((weights[family] ?? 0) > 0 && count.documents >= (MIN_DOCUMENTS[family] ?? 2)) kept.push(feature);
    }
    kept.sort();
    const idf = Float32Array.from(
      kept,
      (feature) => 1 + Math.log((1 + documents.length) / (1 + (counts.get(feature)?.documents ?? 0))),
    );
    return new FeatureSpace(new Map(kept.map((feature, i) => [feature, i])), idf, weights);
  }

  get size(): number {
    return this.idf.length;
  }

  /** `(1 + ln tf) * idf`, each family brought to its weight, the whole to length 1. Unknown features are left out. */
  vector(features: Features): Vector {
    const indices = new Int32Array(features.size);
    const values = new Float32Array(features.size);
    const families = new Uint8Array(features.size);
    const squares = new Float64Array(128);
    let count = 0;
    for (const [feature, times] of features) {
      const index = this.index.get(feature);
      if (index === undefined) continue;
      const value = (times === 1 ? 1 : 1 + Math.log(times)) * (this.idf[index] as number);
      const family = feature.charCodeAt(0) & 127;
      indices[count] = index;
      values[count] = value;
      families[count++] = family;
      squares[family] = (squares[family] as number) + value * value;
    }
    const scale = new Float64Array(128);
    let total = 0;
    for (const [family, weight] of Object.entries(this.weights)) {
      const code = family.charCodeAt(0) & 127;
      if ((squares[code] as number) === 0) continue;
      scale[code] = weight / Math.sqrt(squares[code] as number);
      total += weight * weight;
    }
    const length = Math.sqrt(total) || 1;
    for (let i = 0; i < count; i++)
      values[i] = ((values[i] as number) * (scale[families[i] as number] as number)) / length;
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
