/** A toy problem for the rankers: texts of two made-up languages, as rows that are easy to tell apart. */
import { FeatureSpace, type Rows, toRows } from '../../src/matching/dataset.ts';
import type { Features } from '../../src/matching/features.ts';

export interface Toy {
  readonly rows: Rows;
  readonly labels: Int32Array;
  readonly space: FeatureSpace;
}

const document = (text: string): Features => new Map(text.split(' ').map((word) => [`w:${word}`, 1]));

/** Rows of texts; `labels[i]` is the class of `texts[i]`. */
export function toyRows(texts: ReadonlyArray<readonly [text: string, label: number]>): Toy {
  const documents = texts.map(([text]) => document(text));
  const space = FeatureSpace.of(documents, { w: 1 });
  return {
    space,
    rows: toRows(documents.map((entry) => space.vector(entry))),
    labels: Int32Array.from(texts, ([, label]) => label),
  };
}

export const TOY: ReadonlyArray<readonly [string, number]> = [
  ['like foto calon', 0],
  ['like unggahan calon', 0],
  ['like video calon', 0],
  ['kapan pemilu', 1],
  ['kapan pilkada', 1],
  ['kapan pemilu pilkada', 1],
  ['cuaca besok', 2],
  ['resep besok', 2],
  ['cuaca resep', 2],
];

export const vectorOf = ({ space }: Toy, text: string) => space.vector(document(text));
