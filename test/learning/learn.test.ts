/** Training: in threads, from the cache, and around a cache that is of no use. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Knowledge, loadKnowledge } from '../../src/knowledge/load.ts';
import { learn } from '../../src/learning/learn.ts';
import { trainingTexts } from '../../src/learning/texts.ts';
import { encodeModel, type Model } from '../../src/matching/model.ts';
import { prepare, trainClasses, trainModel } from '../../src/matching/train.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';
import { tempFolder } from '../support/temp-folder.ts';

let files: SmallKnowledge;
let knowledge: Knowledge;
let expected: Buffer;
/** Name of the model's file in a cache. */
let name: string;
beforeAll(async () => {
  files = smallKnowledge();
  knowledge = loadKnowledge(files.folder);
  expected = encodeModel(trainModel(trainingTexts(knowledge), knowledge.vocabulary));
  const cache = mkdtempSync(join(tmpdir(), 'tanya-netral-test-'));
  await learn(knowledge, { cache });
  name = readdirSync(cache)[0] as string;
  rmSync(cache, { recursive: true });
});
afterAll(() => files.remove());

type Progress = { readonly done: number; readonly of: number };

/** Learns, and keeps what was told meanwhile. */
async function watched(cache: string | undefined): Promise<{ model: Model; progress: Progress[]; quick: Model[] }> {
  const progress: Progress[] = [];
  const quick: Model[] = [];
  const model = await learn(knowledge, {
    cache,
    onProgress: (step) => void progress.push(step),
    onQuick: (early) => void quick.push(early),
  });
  return { model, progress, quick };
}

test('one thread and several train the same bytes', async () => {
  const { model } = await watched(undefined);
  expect(encodeModel(model).equals(expected)).toBe(true);
});

test('the order in which classes are trained does not matter', () => {
  const [whole, parts] = [0, 0].map(() => prepare(trainingTexts(knowledge), knowledge.vocabulary).task);
  if (!whole || !parts) throw new Error('nothing prepared');
  trainClasses(whole, 0, 1, () => {});
  for (const from of [2, 0, 1]) trainClasses(parts, from, 3, () => {});
  expect(parts.weights).toEqual(whole.weights);
  expect(parts.bias).toEqual(whole.bias);
});

test('the progress goes from nothing to the end, one class at a time, after the quick ranker', async () => {
  const { progress, quick, model } = await watched(undefined);
  const classes = model.labels.length;
  expect(progress).toEqual(Array.from({ length: classes + 1 }, (_, done) => ({ done, of: classes })));
  expect(quick).toHaveLength(1);
  expect(quick[0]?.labels).toEqual(model.labels);
});

describe('the cache', () => {
  test('a second start does not train, and answers the same', async () => {
    const cache = tempFolder();
    await watched(cache);
    const again = await watched(cache);
    expect(again.progress).toEqual([]);
    expect(again.quick).toEqual([]);
    expect(encodeModel(again.model).equals(expected)).toBe(true);
  });

  test.each([
    ['empty', (bytes: Buffer) => bytes.subarray(0, 0)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    [
      'changed in one bit',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === bytes.length - 9 ? byte ^ 4 : byte))),
    ],
    ['something else', () => Buffer.from('not a model')],
  ])('a file that is %s is made anew', async (_what, damage) => {
    const cache = tempFolder();
    const path = join(cache, name);
    writeFileSync(path, damage(expected));
    const { model, progress } = await watched(cache);
    expect(progress.length).toBeGreaterThan(0);
    expect(encodeModel(model).equals(expected)).toBe(true);
    expect(readFileSync(path).equals(expected)).toBe(true);
  });

  test('a folder that cannot be written is no error', async () => {
    const file = join(tempFolder(), 'a-file');
    writeFileSync(file, '');
    const { model } = await watched(join(file, 'models'));
    expect(encodeModel(model).equals(expected)).toBe(true);
  });

  test('a file that is a folder is no error', async () => {
    const cache = tempFolder();
    mkdirSync(join(cache, name));
    const { model } = await watched(cache);
    expect(encodeModel(model).equals(expected)).toBe(true);
  });

  test('leaves no half-written file, and keeps few old models', async () => {
    const cache = tempFolder();
    for (const name of ['a', 'b', 'c', 'd', 'e']) writeFileSync(join(cache, `model-0-${name}.bin`), 'old');
    writeFileSync(join(cache, 'notes.txt'), 'of the operator');
    await watched(cache);
    const left = readdirSync(cache);
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(left.filter((name) => name.endsWith('.bin'))).toHaveLength(3);
    expect(left).toContain('notes.txt');
  });
});

describe('training texts', () => {
  test('are the utterances and every title and alias', () => {
    const texts = trainingTexts(knowledge);
    expect(texts).toContainEqual({ text: 'kapan pemilu lagi', label: 'jadwal' });
    expect(texts).toContainEqual({ text: 'Jadwal pemilu berikutnya', label: 'jadwal' });
    expect(texts).toContainEqual({ text: 'jempol calon', label: 'suka-unggahan' });
    expect(texts).toContainEqual({ text: 'selamat pagi', label: 'out:greeting' });
  });

  test('tests of the rules are not among them', () => {
    const texts = new Set(trainingTexts(knowledge).map(({ text }) => text));
    for (const { tests } of knowledge.rules.values())
      for (const text of tests.positive) expect(texts).not.toContain(text);
  });
});
