/** Checks on the training texts: unknown ids, the same or nearly the same text under two labels, training texts inside tests. */
import { inRule } from '../knowledge/checks/at.ts';
import { type Knowledge, OUT, type Utterance } from '../knowledge/knowledge.ts';
import { didYouMean } from '../knowledge/nearest.ts';
import type { Problem } from '../knowledge/problem.ts';
import { normalise, words } from './normalise.ts';

/** Shared words over all words from which two texts count as nearly the same. */
const NEAR = 0.9;
/** Texts shorter than this, in words, are too often alike by chance. */
const NEAR_WORDS = 6;

export function checkUtterances(knowledge: Knowledge, utterances: readonly Utterance[]): Problem[] {
  return [
    ...unknownLabels(knowledge, utterances),
    ...duplicates(utterances),
    ...insideTests(knowledge, utterances),
    ...tooFew(knowledge, utterances),
  ];
}

function unknownLabels(knowledge: Knowledge, utterances: readonly Utterance[]): Problem[] {
  const seen = new Set<string>();
  return utterances.flatMap(({ label, file, line }) => {
    const known = label.startsWith(OUT)
      ? knowledge.outOfScope.has(label.slice(OUT.length))
      : knowledge.rules.has(label);
    if (known || seen.has(label)) return [];
    seen.add(label);
    const name = label.replace(OUT, '');
    const all = label.startsWith(OUT) ? knowledge.outOfScope.keys() : knowledge.rules.keys();
    return [
      {
        file,
        line,
        column: 1,
        check: 'dead-link',
        message: `there is no rule or class "${name}"`,
        repair: didYouMean(name, all, 'correct the id, or write the rule'),
      },
    ];
  });
}

const keyOf = (text: string): string => words(normalise(text)).join(' ');

/** The same words under two labels teach nothing; nearly the same teach the difference badly. */
function duplicates(utterances: readonly Utterance[]): Problem[] {
  const out: Problem[] = [];
  const byKey = new Map<string, Utterance>();
  const frequency = new Map<string, number>();
  const entries = utterances.map((utterance) => ({ utterance, set: new Set(words(normalise(utterance.text))) }));
  for (const { set } of entries) for (const word of set) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const byRareWord = new Map<string, Array<(typeof entries)[number]>>();
  for (const entry of entries) {
    const { utterance, set } = entry;
    const key = keyOf(utterance.text);
    if (key === '') {
      const { file, line } = utterance;
      const message = `"${utterance.text.slice(0, 80)}" has no words that could be learnt from`;
      out.push({ file, line, column: 1, check: 'no-words', message, repair: 'remove it, or write it in words' });
      continue;
    }
    const same = byKey.get(key);
    if (same && same.label !== utterance.label) out.push(twin(utterance, same, 'the same words as'));
    else byKey.set(key, utterance);
    if (set.size < NEAR_WORDS) continue;
    // two texts that share nine words of ten share at least one of the rarest few
    const rarest = [...set]
      .sort((a, b) => (frequency.get(a) as number) - (frequency.get(b) as number) || (a < b ? -1 : 1))
      .slice(0, 3);
    const compared = new Set<(typeof entries)[number]>();
    for (const word of rarest) {
      for (const other of byRareWord.get(word) ?? []) {
        if (other.utterance.label === utterance.label || compared.has(other)) continue;
        compared.add(other);
        if (jaccard(set, other.set) >= NEAR && keyOf(other.utterance.text) !== key)
          out.push(twin(utterance, other.utterance, 'nearly the same words as'));
      }
      byRareWord.set(word, [...(byRareWord.get(word) ?? []), entry]);
    }
  }
  return out;
}

const jaccard = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
};

function twin(utterance: Utterance, other: Utterance, how: string): Problem {
  return {
    file: utterance.file,
    line: utterance.line,
    column: 1,
    check: 'near-duplicate',
    message: `"${utterance.text.slice(0, 80)}" (${utterance.label}) has ${how} ${other.file}:${other.line} (${other.label})`,
    repair: 'keep it under the rule that answers it, and remove the other',
  };
}

/** A test that was trained on proves nothing. */
function insideTests(knowledge: Knowledge, utterances: readonly Utterance[]): Problem[] {
  const trained = new Map(utterances.map((utterance) => [keyOf(utterance.text), utterance]));
  const out: Problem[] = [];
  for (const rule of knowledge.rules.values()) {
    const texts = [
      ...rule.tests.positive.map((text, i) => ({ text, path: ['tests', 'positive', i] })),
      ...rule.tests.negative.map(({ text }, i) => ({ text, path: ['tests', 'negative', i] })),
    ];
    for (const { text, path } of texts) {
      const found = trained.get(keyOf(text));
      if (found)
        out.push(
          inRule(knowledge, rule.id, path, {
            check: 'trained-test',
            message: `"${text}" is also a training text (${found.file}:${found.line})`,
            repair: 'write the test in other words',
          }),
        );
    }
  }
  return out;
}

/** Least number of training texts of a rule. */
const LEAST = 12;

function tooFew(knowledge: Knowledge, utterances: readonly Utterance[]): Problem[] {
  const counts = new Map<string, number>();
  for (const { label } of utterances) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...knowledge.rules.values()].flatMap(({ id }) => {
    const count = counts.get(id) ?? 0;
    if (count >= LEAST) return [];
    return [
      inRule(knowledge, id, ['id'], {
        check: 'too-few-utterances',
        message: `has ${count} training texts`,
        repair: `write at least ${LEAST} really different ones in utterances/; 60 make it good`,
      }),
    ];
  });
}
