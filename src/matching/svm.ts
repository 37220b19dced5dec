import type { Rows } from './dataset.ts';

/** Trade-off between a wide margin and few errors: one cost for texts of the class, a lower one for the others, which are many more. */
export interface SvmOptions {
  readonly cost: number;
  readonly otherCost: number;
  readonly passes: number;
}

/** Deterministic pseudo-random numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The weights that tell one class from all others: a linear support vector machine with squared hinge loss, solved by dual
 * coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale
 * Linear SVM, ICML 2008; the method of LIBLINEAR's solver 1).
 *
 * Deterministic: the order of the texts is shuffled by a generator seeded with the class.
 *
 * @param members the rows to learn from: those of the class, and those that could be taken for it
 * @returns `dimensions` weights and, last, the bias.
 */
export function trainClass(
  rows: Rows,
  labels: Int32Array,
  target: number,
  members: Int32Array,
  dimensions: number,
  options: SvmOptions,
): Float32Array {
  const { starts, indices, values } = rows;
  const weights = new Float32Array(dimensions + 1);
  const alpha = new Float32Array(labels.length);
  const next = random(target + 1);
  let active = members.slice();
  for (let pass = 0; pass < options.passes; pass++) {
    for (let i = active.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      const swap = active[i] as number;
      active[i] = active[j] as number;
      active[j] = swap;
    }
    let kept = 0;
    for (let n = 0; n < active.length; n++) {
      const i = active[n] as number;
      const from = starts[i] as number;
      const to = starts[i + 1] as number;
      const sign = labels[i] === target ? 1 : -1;
      const diagonal = 0.5 / (sign > 0 ? options.cost : options.otherCost);
      let score = weights[dimensions] as number;
      for (let k = from; k < to; k++) score += (weights[indices[k] as number] as number) * (values[k] as number);
      const before = alpha[i] as number;
      const gradient = sign * score - 1 + before * diagonal;
      if (before === 0 && gradient > 0) {
        // well outside the margin: looked at again only while weights still move a lot
        if (gradient < 0.5) active[kept++] = i;
        continue;
      }
      active[kept++] = i;
      // every row has length 1, and the bias adds 1
      const after = Math.max(before - gradient / (2 + diagonal), 0);
      const step = (after - before) * sign;
      alpha[i] = after;
      if (step === 0) continue;
      for (let k = from; k < to; k++)
        weights[indices[k] as number] = (weights[indices[k] as number] as number) + step * (values[k] as number);
      weights[dimensions] = (weights[dimensions] as number) + step;
    }
    active = active.slice(0, kept);
  }
  return weights;
}
