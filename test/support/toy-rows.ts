/** A toy problem for the rankers: short texts of three kinds, as rows that are easy to tell apart. */
import { FeatureSpace, type Rows, toRows } from '../../src/matching/dataset.ts';
import { FAMILIES, type Features } from '../../src/matching/features.ts';

export interface Toy {
  readonly rows: Rows;
  readonly labels: Int32Array;
  readonly space: FeatureSpace;
}

export const TOY: ReadonlyArray<readonly [text: string, label: number]> = [
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

const WORDS = [...new Set(TOY.flatMap(([text]) => text.split(' ')))];
/** The number of a word's feature, in the family of words. */
const numberOf = (word: string): number => ((WORDS.indexOf(word) + 1) << 3) | FAMILIES.indexOf('word');
const document = (text: string): Features => new Map(text.split(' ').map((word) => [numberOf(word), 1]));

/** The toy as rows; `labels[i]` is the class of the i-th text. */
export function toyRows(): Toy {
  const documents = TOY.map(([text]) => document(text));
  const space = FeatureSpace.of(documents);
  return {
    space,
    rows: toRows(documents.map((entry) => space.vector(entry))),
    labels: Int32Array.from(TOY, ([, label]) => label),
  };
}

export const vectorOf = ({ space }: Toy, text: string) => space.vector(document(text));
/** Where a word's weight stands. */
export const dimensionOf = ({ space }: Toy, word: string): number => space.dimension(numberOf(word)) as number;
