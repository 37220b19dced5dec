/** Every refusal of `npm run check`, each proved by a file that was broken in just that way. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkCards, checkSituations } from '../../src/conversation/check-cards.ts';
import { checkKnowledge } from '../../src/knowledge/check.ts';
import { readKnowledge, readUtterances } from '../../src/knowledge/load.ts';
import { formatProblem, type Problem } from '../../src/knowledge/problem.ts';
import { learn } from '../../src/learning/learn.ts';
import { checkTests } from '../../src/matching/check-tests.ts';
import { checkUtterances } from '../../src/matching/check-utterances.ts';
import { Matcher } from '../../src/matching/matcher.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';

let small: SmallKnowledge;
beforeEach(() => {
  small = smallKnowledge();
});
afterEach(() => small.remove());

const RULE_FILE = 'rules/medsos.yaml';

/** Everything `npm run check` finds without training. */
function problems(today = '2026-11-21'): Problem[] {
  const { knowledge, problems: found } = readKnowledge(small.folder);
  if (!knowledge) return found;
  const read = readUtterances(small.folder);
  return [
    ...checkKnowledge(knowledge, { today }),
    ...checkCards(knowledge),
    ...checkSituations(knowledge),
    ...read.problems,
    ...checkUtterances(knowledge, read.utterances),
  ];
}

/** The only problem there is; fails where there are none or several. */
function only(): Problem {
  const found = problems();
  expect(found.map(formatProblem)).toHaveLength(1);
  return found[0] as Problem;
}

/** 1-based line of the first line of a file that contains the text. */
const lineOf = (file: string, text: string): number =>
  small
    .read(file)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

test('the small rule base is in order', () => {
  expect(problems()).toEqual([]);
});

describe('YAML and schema', () => {
  test('text that is no YAML: line, column and repair', () => {
    small.edit(RULE_FILE, 'title: Menyukai unggahan calon', 'title: Menyukai: unggahan calon');
    const problem = problems()[0] as Problem;
    expect(problem).toMatchObject({ file: RULE_FILE, check: 'yaml', line: lineOf(RULE_FILE, 'title: Menyukai:') });
    expect(problem.repair).toContain('double quotes');
  });

  test('a missing key', () => {
    small.edit(RULE_FILE, '    instead: [Baca saja tanpa menekan apa pun]\n', '');
    expect(only()).toMatchObject({
      check: 'schema',
      file: RULE_FILE,
      line: lineOf(RULE_FILE, '- id: suka-unggahan'),
      repair: 'add the missing key',
    });
  });

  test('a misspelt key is named at its own line', () => {
    small.edit(RULE_FILE, 'aliases: [info kpu', 'alias: [info kpu');
    const found = problems();
    expect(found.map(({ check }) => check)).toContain('schema');
    expect(found.find(({ message }) => message.includes('"alias"'))?.line).toBe(lineOf(RULE_FILE, 'alias: [info kpu'));
  });

  test('a verdict that does not exist lists those that do', () => {
    small.edit(RULE_FILE, 'verdict: allowed', 'verdict: boleh');
    const problem = only();
    expect(problem.line).toBe(lineOf(RULE_FILE, 'verdict: boleh'));
    expect(problem.repair).toContain('forbidden');
  });

  test('a conditional rule without conditions', () => {
    small.edit(RULE_FILE, 'verdict: allowed', 'verdict: conditional');
    expect(only().message).toContain('at least two conditions');
  });

  test('a disputed rule without positions and safe advice', () => {
    small.edit(RULE_FILE, 'verdict: allowed', 'verdict: disputed');
    expect(
      problems()
        .map(({ message }) => message)
        .join(),
    ).toMatch(/positions.*safe advice/);
  });

  test('our own reasoning shown as certain', () => {
    small.edit(RULE_FILE, 'basis: rule', 'basis: inference');
    expect(only().message).toContain('certainty must be `inference`');
  });

  test('an answer of three sentences', () => {
    small.edit(
      RULE_FILE,
      'answer: Boleh, info tahapan dari KPU tidak memihak.',
      'answer: Boleh saja bagi Anda. Info tahapan tidak memihak. Silakan bagikan apa adanya.',
    );
    expect(only().message).toContain('more than two sentences');
  });

  test('the same id twice', () => {
    small.edit(RULE_FILE, '- id: jadwal', '- id: info-kpu');
    expect(problems().find(({ check }) => check === 'duplicate-id')?.message).toContain('info-kpu');
  });

  test('a missing file', () => {
    small.write('topics.yaml', '');
    expect(problems().length).toBeGreaterThan(0);
  });
});

describe('law', () => {
  test('an unknown regulation', () => {
    small.edit(RULE_FILE, 'regulation: skb-2022', 'regulation: skb-2020');
    expect(only()).toMatchObject({ check: 'citation', line: lineOf(RULE_FILE, 'skb-2020') });
  });

  test('an article that the regulation does not have', () => {
    small.edit(RULE_FILE, 'at: Lamp. II disiplin no. 6', 'at: Lamp. II disiplin no. 66');
    expect(only().message).toContain('no. 66');
  });

  test('an unknown article under a sanction', () => {
    small.edit(RULE_FILE, 'at: Ps 14 huruf i }', 'at: Ps 99 }');
    expect(only().message).toContain('Ps 99');
  });

  test('a repealed regulation without what replaced it, and with it', () => {
    small.edit(
      RULE_FILE,
      '{ regulation: skb-2022, at: Lamp. II disiplin no. 6 }',
      '{ regulation: uu-5-2014, at: Ps 87 ayat (4) huruf c }',
    );
    expect(only()).toMatchObject({ check: 'repealed' });
    small.edit(
      RULE_FILE,
      'at: Ps 87 ayat (4) huruf c }',
      'at: Ps 87 ayat (4) huruf c, successor: { regulation: uu-20-2023, at: Ps 52 ayat (3) huruf j } }',
    );
    expect(problems()).toEqual([]);
  });

  test('KASN as a present authority, but not as history', () => {
    small.edit(
      RULE_FILE,
      'answer: Boleh, info tahapan dari KPU tidak memihak.',
      'answer: Boleh, tetapi laporkan dulu ke KASN.',
    );
    expect(only()).toMatchObject({ check: 'present-authority', line: lineOf(RULE_FILE, 'laporkan dulu ke KASN') });
    small.edit(RULE_FILE, 'Boleh, tetapi laporkan dulu ke KASN.', 'Boleh, KASN (2023) juga berpendapat begitu.');
    expect(problems()).toEqual([]);
  });

  test('a review that is overdue', () => {
    small.edit(RULE_FILE, 'review_by: 2099-01-01', 'review_by: 2026-06-01');
    const found = problems();
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({ check: 'review' });
    expect(problems('2026-05-31')).toEqual([]);
  });
});

describe('rules against each other', () => {
  test('a link to a rule that is not there suggests one', () => {
    small.edit(RULE_FILE, 'related: [info-kpu, jadwal]', 'related: [info-kpu-resmi, jadwal]');
    expect(only()).toMatchObject({ check: 'dead-link', repair: 'did you mean info-kpu?' });
  });

  test('a topic that is not in the menu', () => {
    small.edit(RULE_FILE, 'topic: medsos', 'topic: medsoss');
    expect(problems().every(({ check }) => check === 'dead-link')).toBe(true);
    expect(problems()).toHaveLength(3);
  });

  test('two rules of the same name with opposite verdicts', () => {
    small.edit(RULE_FILE, 'aliases: [info kpu, bagikan jadwal]', 'aliases: [info kpu, jempol calon]');
    expect(only()).toMatchObject({ check: 'contradiction' });
  });

  test('a card too long for a phone', () => {
    const line = 'Baca keterangan panjang yang tidak perlu sepanjang ini di layar kecil milik pegawai';
    small.edit(RULE_FILE, '[Bagikan apa adanya]', JSON.stringify([line, `${line} dua`]));
    small.edit(
      RULE_FILE,
      'citations: [{ statement: KPU, date: "2024" }]',
      `positions: ${JSON.stringify(Array.from({ length: 4 }, (_, i) => ({ who: `Lembaga ${i}`, when: '2024', says: 'Menurut kami hal ini boleh dilakukan selama tidak ada unsur ajakan, tidak memakai fasilitas, dan tidak memihak kepada siapa pun juga di mana pun.' })))}\n    safe_advice: Jangan.\n    citations: [{ statement: KPU, date: "2024" }]`,
    );
    expect(problems().map(({ check }) => check)).toEqual(['too-long']);
  });

  test('a card that is too long for one kind of official only', () => {
    const long = (letter: string, length: number) => JSON.stringify(`${letter.repeat(length - 1)}.`);
    small.edit(
      RULE_FILE,
      'answer: Boleh, info tahapan dari KPU tidak memihak.',
      `answer: ${long('a', 220)}
    conditions: [${[1, 2, 3, 4].map(() => long('b', 98)).join(', ')}]
    by_actor: { kades: { text: ${long('c', 215)} } }`,
    );
    const problem = only();
    expect(problem.check).toBe('too-long');
    expect(problem.message).toMatch(/^info-kpu: its card for kades has 9\d\d characters/);
  });

  test('a sentence of the bot that is missing', () => {
    small.edit('wording.yaml', 'choose: ', 'chose: ');
    expect(only()).toMatchObject({ check: 'wording', message: '"choose" is missing' });
  });
});

describe('training texts', () => {
  const FILE = 'utterances/medsos.yaml';

  test('a rule without tests is refused', () => {
    small.edit(
      RULE_FILE,
      '      positive: [kapan pemilu berikutnya, pemilu selanjutnya tahun berapa, kapan ada pemilu lagi]\n',
      '      positive: []\n',
    );
    expect(only()).toMatchObject({ check: 'schema' });
  });

  test('a test that was trained on', () => {
    small.edit(FILE, 'kapan pemilu lagi', 'Kapan pemilu berikutnya?');
    expect(only()).toMatchObject({ check: 'trained-test', file: RULE_FILE });
  });

  test('the same text under two rules, with the line of the second', () => {
    small.edit(FILE, 'kapan kita nyoblos lagi', 'boleh bagikan info KPU??');
    expect(only()).toMatchObject({
      check: 'near-duplicate',
      file: FILE,
      line: lineOf(FILE, 'boleh bagikan info KPU??'),
    });
  });

  test('nearly the same text under two rules', () => {
    small.edit(
      FILE,
      'boleh sebarkan sosialisasi kpu',
      'teman saya di kantor kecamatan kemarin siang menekan tombol suka di unggahan calon bupati',
    );
    small.edit(
      FILE,
      'kapan kita nyoblos lagi',
      'teman saya di kantor kecamatan kemarin siang menekan tombol suka di unggahan calon bupati itu',
    );
    expect(only()).toMatchObject({ check: 'near-duplicate' });
  });

  test('an id that no rule has', () => {
    small.edit(FILE, 'jadwal:\n', 'jadwall:\n');
    expect(problems().map(({ check }) => check)).toEqual(['dead-link', 'too-few-utterances']);
  });

  test('too few texts for a rule', () => {
    small.write(FILE, small.read(FILE).split('jadwal:')[0] as string);
    expect(only()).toMatchObject({ check: 'too-few-utterances' });
  });
});

describe('with the trained matcher', () => {
  const trained = async () => {
    const { knowledge } = readKnowledge(small.folder);
    if (!knowledge) throw new Error('not readable');
    return checkTests(knowledge, new Matcher(knowledge, await learn(knowledge, { cache: undefined })));
  };

  test('all tests find their rule', async () => {
    expect((await trained()).map(formatProblem)).toEqual([]);
  });

  test('a positive test that another rule wins', async () => {
    small.edit(RULE_FILE, 'kapan ada pemilu lagi]', 'bolehkah menyukai unggahan calon wali kota]');
    expect(await trained()).toMatchObject([
      { check: 'overmatch', file: RULE_FILE, line: lineOf(RULE_FILE, 'kapan pemilu berikutnya') },
    ]);
  });

  test('a negative test that this rule wins', async () => {
    small.edit(
      RULE_FILE,
      'negative: [{ text: membagikan info jadwal dari kpu, rule: info-kpu }]',
      'negative: [{ text: saya menyukai unggahan calon, rule: info-kpu }]',
    );
    expect(await trained()).toMatchObject([{ check: 'overmatch' }]);
  });

  test('a positive test that finds nothing', async () => {
    small.edit(RULE_FILE, 'kapan ada pemilu lagi]', 'cuaca besok]');
    expect(await trained()).toMatchObject([{ check: 'undermatch' }]);
  });
});
