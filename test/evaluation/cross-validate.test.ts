/** Cross-validation by writer: nobody's texts are judged by a model that has read them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { crossValidate, folds } from '../../src/evaluation/cross-validate.ts';
import { loadKnowledge, readUtterances, type Utterance } from '../../src/knowledge/load.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';

const by = (writer: string): Utterance => ({ text: 'x', label: 'a', writer, file: 'f', line: 1 });

describe('folds', () => {
  test('every writer stands in exactly one, and none is empty', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'abcdefgh'), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 2, max: 10 }),
        (writers, count) => {
          const groups = folds(writers.map(by), count);
          expect(groups.flat().sort()).toEqual([...new Set(writers)].sort());
          expect(groups.length).toBe(Math.min(count, new Set(writers).size));
          expect(groups.every((group) => group.length > 0)).toBe(true);
        },
      ),
    );
  });

  test('are of about the same size', () => {
    const texts = [...'aaaaaabbbbccccdd'].map(by);
    expect(folds(texts, 2)).toEqual([
      ['a', 'd'],
      ['b', 'c'],
    ]);
  });
});

describe('judging', () => {
  let files: SmallKnowledge;
  beforeEach(() => {
    files = smallKnowledge();
  });
  afterEach(() => files.remove());

  test('each text once, by a model that never read its writer; the same each time', async () => {
    const add = (after: string, text: string) =>
      files.edit('utterances/medsos.yaml', `    - "${after}"`, `    - "${after}"\n    - "${text}"`);
    // words that only one writer uses: a model that knew them would be sure of the rule
    add('kapan pemilu lagi', 'zumbawa qwertika');
    // and a text that both wrote, which must not be learnt through the other
    add('kapan pemilu lagi', 'plumbago vixen');
    add('kapan kita nyoblos lagi', 'plumbago vixen');
    const knowledge = loadKnowledge(files.folder);
    const done: string[] = [];
    const onFold = (n: number, of: number) => void done.push(`${n}/${of}`);
    const judged = await crossValidate(knowledge, { folds: 2, stride: 1, onFold });
    expect(done).toEqual(['1/2', '2/2']);
    const texts = readUtterances(files.folder).utterances.map(({ text, writer }) => `${writer}: ${text}`);
    expect(judged.map(({ text, writer }) => `${writer}: ${text}`).sort()).toEqual(texts.sort());

    const secret = judged.filter(({ text }) => text === 'zumbawa qwertika' || text === 'plumbago vixen');
    expect(secret.map(({ writer }) => writer).sort()).toEqual(['a', 'a', 'b']);
    // nothing in them is known: no rule has more than a guess
    for (const { scores } of secret)
      expect(scores.find(({ label }) => label === 'jadwal')?.probability ?? 0).toBeLessThan(0.5);
    // while a text of shared words is found
    expect(judged.find(({ text }) => text === 'pemilu berikutnya kapan')?.scores[0]?.label).toBe('jadwal');

    const third = await crossValidate(knowledge, { folds: 2, stride: 3 });
    expect(third.length).toBeLessThanOrEqual(Math.ceil(judged.length / 3) + 1);
    expect(third.length).toBeGreaterThan(10);
    for (const entry of third) expect(judged).toContainEqual(entry);
  });

  test('a rule of a single writer is split by position: judged by models that know the rule, but not the text', async () => {
    // texts with a word that only this rule has, and one that shares no word with any other
    const alike = Array.from({ length: 12 }, (_, i) => `zumbawa ${'bcdfghjklmnp'[i]}uvixo`);
    const own = [...alike, 'qwertikel hefnyd'];
    const before = files.read('utterances/medsos.yaml').split('jadwal:\n')[0];
    files.write('utterances/medsos.yaml', `${before}jadwal:\n  a:\n${own.map((text) => `    - "${text}"\n`).join('')}`);
    const judged = await crossValidate(loadKnowledge(files.folder), { folds: 2, stride: 1 });
    const jadwal = judged.filter(({ label }) => label === 'jadwal');
    expect(jadwal.map(({ text }) => text).sort()).toEqual([...own].sort());
    // one fold holds its writer back: a model without all of his texts would not know the word
    const best = new Map(jadwal.map(({ text, scores }) => [text, scores[0]]));
    expect(alike.map((text) => best.get(text)?.label)).toEqual(alike.map(() => 'jadwal'));
    expect(best.get('qwertikel hefnyd')?.label).not.toBe('jadwal');
    // the others are still judged by models without their writer
    expect(judged.filter(({ label }) => label === 'info-kpu')).toHaveLength(12);
  });
});
