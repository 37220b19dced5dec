/** The rule base while the service runs: a curator edits files, people go on asking. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { formatProblem, KnowledgeError } from '../../src/knowledge/problem.ts';
import { LiveBrain, type LiveEvent } from '../../src/learning/live.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const RULES = 'rules/medsos.yaml';
const UTTERANCES = 'utterances/medsos.yaml';

let files: SmallKnowledge;
let events: LiveEvent[];
let live: LiveBrain | undefined;
beforeEach(() => {
  files = smallKnowledge();
  events = [];
});
afterEach(() => {
  live?.close();
  live = undefined;
  files.remove();
});

const tell = (event: LiveEvent) => void events.push(event);
const seen = (kind: LiveEvent['kind']) => events.filter((event) => event.kind === kind);
const answerOf = (brain: LiveBrain, rule: string) => brain.current.knowledge.rules.get(rule)?.answer;

/** The rule base, fully trained and watched; what happened until then is forgotten. */
async function opened(): Promise<LiveBrain> {
  const brain = await LiveBrain.open(files.folder, undefined, tell);
  live = brain;
  await until(() => brain.ready);
  brain.watch();
  events = [];
  return brain;
}

describe('the start', () => {
  test('answers with the quick ranker at once, then with the full model', async () => {
    const brain = await LiveBrain.open(files.folder, undefined, tell);
    live = brain;
    expect(brain.ready).toBe(false);
    const early = brain.current.matcher;
    expect(early.match('boleh menyukai unggahan calon?').candidates[0]?.rule).toBe('suka-unggahan');
    await until(() => brain.ready);
    expect(brain.current.matcher).not.toBe(early);
    expect(brain.current.matcher.match('boleh menyukai unggahan calon?')).toMatchObject({ outcome: 'answer' });
    expect(events.at(-1)).toEqual({ kind: 'ready', rules: 3 });
    expect(seen('training').at(-1)).toEqual({ kind: 'training', done: 5, of: 5 });
  });

  test('with a broken rule base fails with every problem, by file and line', async () => {
    files.edit(RULES, 'related: [info-kpu, jadwal]', 'related: [info-kpuu, jadwal]');
    files.edit(RULES, 'at: Lamp. II disiplin no. 6', 'at: Lamp. II disiplin no. 66');
    const failed = await LiveBrain.open(files.folder, undefined).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(KnowledgeError);
    expect((failed as KnowledgeError).problems.map(({ file, line }) => file === RULES && line > 0)).toEqual([
      true,
      true,
    ]);
  });

  test('with broken training texts fails too', async () => {
    files.write(UTTERANCES, 'jadwal:\n  a: "no list"\n');
    await expect(LiveBrain.open(files.folder, undefined)).rejects.toBeInstanceOf(KnowledgeError);
  });
});

describe('an edit', () => {
  test("of a rule's text is taken up without training", async () => {
    const brain = await opened();
    files.edit(RULES, 'Boleh, info tahapan dari KPU tidak memihak.', 'Boleh, silakan bagikan info tahapan KPU.');
    await until(() => seen('reloaded')[0]);
    expect(answerOf(brain, 'info-kpu')).toBe('Boleh, silakan bagikan info tahapan KPU.');
    expect([...seen('learning'), ...seen('training')]).toEqual([]);
  });

  test('of the training texts trains and is taken up', async () => {
    const brain = await opened();
    const before = brain.current.matcher.rank('mantengin zumba')[0]?.label;
    files.edit(UTTERANCES, '    - "kapan pemilu lagi"', '    - "kapan pemilu lagi"\n    - "mantengin zumba"');
    await until(() => seen('reloaded')[0]);
    // told at once: the first step of the training comes only when the texts are prepared
    expect(events[0]).toEqual({ kind: 'learning' });
    expect(seen('learning')).toHaveLength(1);
    expect(seen('training').length).toBeGreaterThan(0);
    expect(before).not.toBe('jadwal');
    expect(brain.current.matcher.rank('mantengin zumba')[0]?.label).toBe('jadwal');
    expect(brain.ready).toBe(true);
  });

  test('that is taken up is kept for the next start', async () => {
    const cache = tempFolder();
    const brain = await LiveBrain.open(files.folder, cache, tell);
    live = brain;
    await until(() => brain.ready);
    brain.watch();
    const kept = () => readdirSync(cache).filter((name) => name.startsWith('knowledge-')).length;
    expect(kept()).toBe(1);
    files.edit(RULES, 'Bagikan apa adanya', 'Bagikan seutuhnya');
    await until(() => seen('reloaded')[0]);
    expect(kept()).toBe(2);
    const again = await LiveBrain.open(files.folder, cache, tell);
    again.close();
    expect(seen('learning')).toHaveLength(1);
    expect(again.ready).toBe(true);
    expect(again.current.knowledge.rules.get('info-kpu')?.instead).toEqual(['Bagikan seutuhnya']);
    expect(again.current.matcher.match('boleh bagikan info kpu?')).toMatchObject({ rule: 'info-kpu' });
  });

  test('that is broken keeps the old base and tells file and line; repaired, it is taken up', async () => {
    const brain = await opened();
    const good = files.read(RULES);
    files.edit(RULES, 'verdict: allowed', 'verdict: boleh');
    const refused = (await until(() => seen('refused')[0])) as LiveEvent & { kind: 'refused' };
    const line = good.split('\n').findIndex((text) => text.includes('verdict: allowed')) + 1;
    expect(refused.problems.map(formatProblem).join()).toContain(`${RULES}:${line}:`);
    expect(brain.current.matcher.match('boleh bagikan info kpu?')).toMatchObject({ rule: 'info-kpu' });
    expect(brain.current.knowledge.rules.get('info-kpu')?.verdict).toBe('allowed');

    files.write(RULES, good.replace('Bagikan apa adanya', 'Bagikan seutuhnya'));
    await until(() => seen('reloaded')[0]);
    expect(brain.current.knowledge.rules.get('info-kpu')?.instead).toEqual(['Bagikan seutuhnya']);
  });

  test('of the training texts that is broken keeps the old base too', async () => {
    const brain = await opened();
    const matcher = brain.current.matcher;
    files.edit(UTTERANCES, '    - "kapan pemilu lagi"', '    - kapan: [pemilu');
    const refused = (await until(() => seen('refused')[0])) as LiveEvent & { kind: 'refused' };
    expect(refused.problems[0]).toMatchObject({ file: UTTERANCES, check: 'yaml' });
    expect(brain.current.matcher).toBe(matcher);
  });

  test('that an own check refuses keeps the old base', async () => {
    const brain = await LiveBrain.open(files.folder, undefined, tell, ({ wording }) =>
      wording.choose === undefined
        ? [
            {
              file: 'wording.yaml',
              line: 1,
              column: 1,
              check: 'wording',
              message: '"choose" is missing',
              repair: 'add it',
            },
          ]
        : [],
    );
    live = brain;
    await until(() => brain.ready);
    brain.watch();
    files.edit('wording.yaml', 'choose: ', 'chose: ');
    await until(() => seen('refused')[0]);
    expect(brain.current.knowledge.wording.choose).toBeDefined();
  });

  test('made while the first model is still being trained is not lost', async () => {
    // many classes, so that the training takes longer than the watching
    const many = Array.from({ length: 90 }, (_, i) => `kelas-${i}`);
    const line = (id: string) => `- { id: ${id}, kind: pointer, title: Kelas, reply: Bukan urusan saya. }\n`;
    files.write('out-of-scope.yaml', files.read('out-of-scope.yaml') + many.map(line).join(''));
    const words = (n: number) => Array.from({ length: 14 }, (_, k) => `kata${(n * 7 + k * k * 3) % 397}`).join(' ');
    const texts = (id: string, i: number) =>
      `${id}:\n  a:\n${Array.from({ length: 12 }, (_, n) => `    - "${words(i * 12 + n)} ${id}"`).join('\n')}\n`;
    files.write('utterances/out-of-scope.yaml', files.read('utterances/out-of-scope.yaml') + many.map(texts).join(''));
    const brain = await LiveBrain.open(files.folder, undefined, tell);
    live = brain;
    brain.watch();
    files.edit(RULES, 'Bagikan apa adanya', 'Bagikan seutuhnya');
    await until(() => seen('reloaded')[0]);
    await until(() => brain.ready);
    // the point of the test: the edit came first
    expect(events.findIndex(({ kind }) => kind === 'reloaded')).toBeLessThan(
      events.findIndex(({ kind }) => kind === 'ready'),
    );
    expect(brain.current.knowledge.rules.get('info-kpu')?.instead).toEqual(['Bagikan seutuhnya']);
  });
});

test('after close() nothing is taken up any more', async () => {
  const brain = await opened();
  brain.close();
  files.edit(RULES, 'Bagikan apa adanya', 'Bagikan seutuhnya');
  // a second one, opened later, sees the edit: enough time has gone by for the first
  const other = await LiveBrain.open(files.folder, undefined);
  await until(() => other.ready);
  other.watch();
  files.edit(RULES, 'Bagikan seutuhnya', 'Bagikan utuh');
  await until(() => other.current.knowledge.rules.get('info-kpu')?.instead[0] === 'Bagikan utuh');
  other.close();
  expect(brain.current.knowledge.rules.get('info-kpu')?.instead).toEqual(['Bagikan apa adanya']);
  expect(events).toEqual([]);
});
