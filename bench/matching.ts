/**
 * Accuracy and speed on the project's own questions (the rules' tests, which nobody trains on), side by side in one run. Speed is given as a
 * ratio to ours as well: machines are noisy, ratios less so.
 */

import { cacheFolder } from '../src/config.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { learn } from '../src/learning/learn.ts';
import { trainingTexts } from '../src/learning/texts.ts';
import { Matcher } from '../src/matching/matcher.ts';
import { type LabelledText, trainModel } from '../src/matching/train.ts';
import { fuseDefault, fuseTokens, miniSearch, nlpJs, type Peer } from './peers.ts';

interface Row {
  readonly name: string;
  readonly first: number;
  readonly three: number;
  readonly perSecond: number;
  readonly p99: number;
}

export interface MatchingOptions {
  readonly nlp: boolean;
  /** About how many questions are asked. */
  readonly sample: number;
  /** Texts of each rule that everybody, ours too, is given; all without it. NLP.js cannot be trained on all in a reasonable time. */
  readonly texts: number | undefined;
}

export async function benchMatching({ nlp, sample, texts: limit }: MatchingOptions): Promise<void> {
  const knowledge = loadKnowledge();
  const everything = trainingTexts(knowledge);
  const given = limit === undefined ? everything : firstOf(everything, limit);
  const model =
    limit === undefined ? await learn(knowledge, { cache: cacheFolder() }) : trainModel(given, knowledge.vocabulary);
  const matcher = new Matcher(knowledge, model);
  const texts = given.filter(({ label }) => knowledge.rules.has(label));
  const all = [...knowledge.rules.values()].flatMap(({ id, tests }) => tests.positive.map((text) => ({ text, id })));
  const questions = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / sample)) === 0);
  console.log(`${texts.length} texts of ${knowledge.rules.size} rules; ${questions.length} questions, in one run\n`);

  const peers: Peer[] = [
    { name: 'Tanya Netral', find: (question) => matcher.match(question).candidates.map(({ rule }) => rule) },
    miniSearch(texts),
    fuseDefault(texts),
    fuseTokens(texts),
  ];
  if (nlp) peers.push(await nlpJs(texts));
  const rows: Row[] = [];
  for (const peer of peers) rows.push(await measure(peer, questions));
  const ours = rows[0] as Row;
  console.log(
    '| | right first | right in three | questions a second | against ours | p99 |\n|---|---|---|---|---|---|',
  );
  for (const { name, first, three, perSecond, p99 } of rows)
    console.log(
      `| ${name} | ${(100 * first).toFixed(1)} % | ${(100 * three).toFixed(1)} % | ${perSecond.toPrecision(3)} | ${(perSecond / ours.perSecond).toPrecision(2)} | ${p99.toPrecision(3)} ms |`,
    );
}

/** The first texts of every label. */
function firstOf(texts: readonly LabelledText[], count: number): LabelledText[] {
  const seen = new Map<string, number>();
  return texts.filter(({ label }) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before < count;
  });
}

async function measure(peer: Peer, questions: ReadonlyArray<{ text: string; id: string }>): Promise<Row> {
  for (const { text } of questions.slice(0, 20)) await peer.find(text);
  const times: number[] = [];
  let first = 0;
  let three = 0;
  for (const { text, id } of questions) {
    const started = performance.now();
    const found = await peer.find(text);
    times.push(performance.now() - started);
    if (found[0] === id) first++;
    if (found.slice(0, 3).includes(id)) three++;
  }
  times.sort((a, b) => a - b);
  const total = times.reduce((a, b) => a + b, 0);
  return {
    name: peer.name,
    first: first / questions.length,
    three: three / questions.length,
    perSecond: (1000 * questions.length) / total,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}
