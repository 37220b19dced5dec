/** What a curator reads after a slip: one problem, at the line of the slip, with the repair that helps. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { checkKnowledge } from '../../src/knowledge/check.ts';
import { folderHash } from '../../src/knowledge/files.ts';
import { readKnowledge, readUtterances } from '../../src/knowledge/load.ts';
import { formatProblem, type Problem } from '../../src/knowledge/problem.ts';
import { rulesFile, utterancesFile } from '../../src/knowledge/shapes.ts';
import { parseSource } from '../../src/knowledge/source.ts';
import { checkUtterances } from '../../src/matching/check-utterances.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';

const RULES = 'rules/medsos.yaml';
const UTTERANCES = 'utterances/medsos.yaml';

let small: SmallKnowledge;
beforeEach(() => {
  small = smallKnowledge();
  onTestFinished(() => small.remove());
});

/** Everything that is found without training. */
function problems(): Problem[] {
  const { knowledge, problems: found } = readKnowledge(small.folder);
  const read = readUtterances(small.folder);
  const deeper = knowledge ? [...checkKnowledge(knowledge), ...checkUtterances(knowledge, read.utterances)] : [];
  return [...found, ...read.problems, ...(read.problems.length > 0 ? [] : deeper)];
}

/** What is wrong with one file by itself. */
function within(file: string): Problem[] {
  const out: Problem[] = [];
  parseSource(file, small.read(file), file === RULES ? rulesFile : utterancesFile, out);
  return out;
}

/** The only problem there is. */
function only(found: readonly Problem[] = problems()): Problem {
  expect(found.map(formatProblem)).toHaveLength(1);
  return found[0] as Problem;
}

const lineOf = (file: string, text: string): number =>
  small
    .read(file)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** What the curator wrote instead of what stood there, and what must be told about that line. */
type Case = readonly [what: string, from: string, to: string, message: string, repair: string];

const TITLE = 'title: Membagikan info resmi KPU';

describe.each<[file: string, cases: Case[]]>([
  [
    RULES,
    [
      ['no space after a colon', 'verdict: allowed', 'verdict:allowed', 'no space after the colon', 'verdict: allowed'],
      ['no space before a list', 'instead: [Bag', 'instead:[Bag', 'no space after the colon', 'instead: [Bagikan'],
      ['no space after the dash', '- id: info-kpu', '-id: info-kpu', 'no space after the "-"', '- id: info-kpu'],
      [
        'no dash before a new rule',
        '- id: info-kpu',
        '  id: info-kpu',
        '"id" stands here',
        'write "- " in front of it',
      ],
      [
        'a key twice',
        'basis: official',
        'verdict: info',
        '"verdict" stands here',
        'keep one of the two; the first is in line 21',
      ],
      ['one space too many', `    ${TITLE}`, `     ${TITLE}`, '1 space too many', 'remove 1 space'],
      ['one space too few', `    ${TITLE}`, `   ${TITLE}`, '1 space too few', 'write 1 space more'],
      ['a rule one space too far right', '  - id: info', '   - id: info', '1 space too many', 'remove 1 space'],
      ['a rule one space too far left', '  - id: info', ' - id: info', '1 space too few', 'write 1 space more'],
      ['a tab', `    ${TITLE}`, `\t${TITLE}`, 'Tabs', 'spaces instead of the tab'],
      ['a colon in a text', TITLE, 'title: Membagikan: info', 'Nested', 'between double quotes: it contains ": "'],
      ['a quotation mark in quotes', TITLE, 'title: "Bagi "info" KPU"', 'inside the quoted', 'write \\" for'],
      ['an apostrophe in single quotes', TITLE, "title: 'Jum'at itu 'hari'", 'inside the quoted', "write '' for"],
      ['a text after its quotes', TITLE, 'title: "Bagi" info KPU', 'goes on after', 'move the closing "'],
      ['quotes that are not closed', TITLE, 'title: "Bagi info KPU', 'not closed', 'write " at the end'],
      ['a list that is not closed', 'bagikan jadwal]', 'bagikan jadwal', '[ is not closed', 'write ] where'],
      ['a brace that is not closed', 'date: "2024" }]', 'date: "2024" ]', '{ is not closed', 'write } where'],
      [
        'a # in a list',
        'bagikan jadwal]',
        'bagikan #jadwal]',
        '[ is not closed',
        'the text with the # between double quotes',
      ],
      ['a text that begins with @', TITLE, 'title: @kpu bagi info', 'Plain value', 'double quotes: it begins with @'],
      ['a text that begins with *', TITLE, 'title: *Bagi* info', 'Unexpected', 'double quotes: it begins with *'],
      ['a text that begins with [', TITLE, 'title: [Bagi] info', 'Unexpected', 'double quotes: it begins with ['],
      ['a text that begins with !', TITLE, 'title: !Bagi info', 'Unresolved', 'double quotes: it begins with !'],
    ],
  ],
  [
    UTTERANCES,
    [
      ['no dash', '- "kapan pilkada lagi"', '"kapan pilkada lagi"', 'no "- " in front', '- "kapan pilkada lagi"'],
      ['no dash before the first', '- "kapan pemilu lagi"', '"kapan pemilu lagi"', 'no "- " in front', 'write "- "'],
      ['no dash, no quotes', '- "kapan pilkada lagi"', 'kapan pilkada lagi', 'no "- " in front', 'write "- "'],
      ['no space after a dash', '- "kapan pilkada', '-"kapan pilkada', 'no space after the "-"', '- "kapan pilkada'],
      ['one space too many', '- "kapan pilkada', ' - "kapan pilkada', '1 space too many', 'remove 1 space'],
      ['one space too few', ' - "kapan pilkada', '- "kapan pilkada', '1 space too few', 'write 1 space more'],
      ['a quotation mark in quotes', 'kapan pilkada lagi', 'kata "bos", ikut', 'inside the quoted', 'write \\" for'],
      ['quotes that are not closed', '"kapan pilkada lagi"', '"kapan pilkada lagi', 'not closed', 'write " at the end'],
      ['the last quotes not closed', 'dua ribu berapa"', 'dua ribu berapa', 'not closed', 'write " at the end'],
      ['an id without its colon', 'jadwal:\n', 'jadwal\n', 'no colon after the name', 'jadwal:'],
      ['an id twice', 'jadwal:\n', 'info-kpu:\n', '"info-kpu" stands here', 'the first is in line 16'],
      ['a writer too far right', 'jadwal:\n  a', 'jadwal:\n   a', '1 space too many', 'remove 1 space'],
    ],
  ],
])('YAML in %s', (file, cases) => {
  test.each(cases)('%s', (_what, from, to, message, repair) => {
    const before = small.read(file).split('\n');
    small.edit(file, from, to);
    const line =
      small
        .read(file)
        .split('\n')
        .findIndex((text, i) => text !== before[i]) + 1;
    const problem = only(within(file));
    expect(problem).toMatchObject({ file, check: 'yaml' });
    expect(problem.message).toContain(message);
    expect(problem.repair).toContain(repair);
    // where an id and its writer stand on two lines, it is the second that is wrong
    expect([line, line + Number(from.includes('\n  '))]).toContain(problem.line);
  });
});

test.each([
  ['Ps 3 ayat (1): { says: "Satu pasal" }', '  Ps 3 ayat (1)', 1],
  ['"a: b": { says: "Satu pasal" }', '  "a: b"', 1],
])('a key twice that is no plain word: %s', (entry, start, first) => {
  const out: Problem[] = [];
  parseSource('x.yaml', `a:\n${start}: 1\n  ${entry}\n`, z.unknown(), out);
  expect(out).toMatchObject([{ line: 3, column: 3, repair: `keep one of the two; the first is in line ${first + 1}` }]);
});

describe('values', () => {
  test.each<Case>([
    [
      'a word that is not allowed',
      'verdict: allowed',
      'verdict: allow',
      'info-kpu: verdict: "allow" is none',
      'did you mean allowed?',
    ],
    [
      'a stage',
      'stage: candidate',
      'stage: kandidat',
      'suka-unggahan: sanctions[0].stage: "kandidat"',
      'did you mean candidate?',
    ],
    [
      'an actor',
      '    related: [suka',
      '    by_actor: { pppkk: { text: Boleh. } }\n    related: [suka',
      'info-kpu: by_actor: there is no key "pppkk"',
      'did you mean pppk?',
    ],
    ['a key', 'aliases: [info', 'alias: [info', 'info-kpu: there is no key "alias"', 'did you mean aliases?'],
    [
      'a key of a citation',
      '{ regulation: skb-2022',
      '{ regulasi: skb-2022',
      'suka-unggahan: citations[0]: there is no key "regulasi"',
      'did you mean regulation?',
    ],
    [
      'a key like no other',
      'title: Membagikan',
      'warna: merah\n    title: Membagikan',
      'there is no key "warna"',
      'use one of: id, title',
    ],
    [
      'a space missing in { }',
      'level: heavy',
      'level:heavy',
      'suka-unggahan: sanctions[0]: there is no key "level:heavy"',
      'a space after the colon: level: heavy',
    ],
    ['an empty key', 'title: Membagikan info resmi KPU', 'title:', 'info-kpu: title: has no value', 'write a text'],
    [
      'a text for a list',
      'instead: [Bagikan apa adanya]',
      'instead: Bagikan saja',
      'info-kpu: instead: must be a list',
      '"- " in front',
    ],
    [
      'a list for a text',
      'title: Membagikan info resmi KPU',
      'title: [Bagi]',
      'info-kpu: title: must be a text',
      'without "[ ]"',
    ],
    [
      'a number for a text',
      'date: "2024"',
      'date: 2024',
      'info-kpu: citations[0].date: must be a text',
      'double quotes: "2024"',
    ],
    [
      'a colon in an entry',
      'instead: [Bagikan apa adanya]',
      'instead:\n      - Bagi: saja',
      'info-kpu: instead[0]: must be a text',
      'it contains ": "',
    ],
    [
      'a text for a citation',
      'citations: [{ statement: KPU, date: "2024" }]',
      'citations: [KPU]',
      'info-kpu: citations[0]: must be { key: value }',
      'regulation, at, successor, statement',
    ],
    [
      'too few',
      'aliases: [info kpu, bagikan jadwal]',
      'aliases: [info kpu]',
      'info-kpu: aliases: has 1 entry, at least 2',
      'write at least 2 entries',
    ],
    [
      'too long',
      'title: Membagikan',
      `title: ${'Membagikan '.repeat(6)}`,
      'info-kpu: title: has 81 characters, at most 60',
      'shorten it to at most 60',
    ],
  ])('%s', (_what, from, to, message, repair) => {
    small.edit(RULES, from, to);
    const problem = only(within(RULES));
    expect(problem).toMatchObject({ file: RULES, check: 'schema' });
    expect(problem.message).toContain(message);
    expect(problem.repair).toContain(repair);
  });

  test('a rule without an id is named by its number', () => {
    small.edit(RULES, '- id: info-kpu\n    title', '- title');
    expect(only(within(RULES)).message).toBe('rules[1].id: the key is missing');
  });

  test('a list whose first "- " has no space', () => {
    small.edit(UTTERANCES, '- "kapan pemilu lagi"', '-"kapan pemilu lagi"');
    expect(only(within(UTTERANCES))).toMatchObject({
      message: 'jadwal.a: must be a list',
      repair: 'write a space after each "-"',
    });
  });
});

describe('ids that are misspelt', () => {
  test.each<Case>([
    [
      'of a regulation',
      'regulation: skb-2022',
      'regulation: skb-2020',
      'no regulation "skb-2020"',
      'did you mean skb-2022',
    ],
    ['of a rule', 'rule: info-kpu', 'rule: infokpu', 'no rule "infokpu"', 'did you mean info-kpu?'],
    ['of a related rule', '[info-kpu, jadwal]', '[info-kpu, jadwall]', 'no rule "jadwall"', 'did you mean jadwal?'],
  ])('%s', (_what, from, to, message, repair) => {
    small.edit(RULES, from, to);
    const problem = only();
    expect(problem.message).toContain(message);
    expect(problem.repair).toContain(repair);
  });

  test('of a topic', () => {
    small.edit(RULES, 'topic: medsos', 'topic: medsoss');
    expect(problems().map(({ repair }) => repair)).toEqual(Array(3).fill('did you mean medsos?'));
  });

  test('above training texts', () => {
    small.edit(UTTERANCES, 'jadwal:\n', 'jadwall:\n');
    expect(problems()[0]).toMatchObject({ check: 'dead-link', repair: 'did you mean jadwal?' });
    small.edit('utterances/out-of-scope.yaml', 'greeting:', 'greetings:');
    expect(problems().map(({ repair }) => repair)).toContain('did you mean greeting?');
  });

  test('like no other: what else can be done', () => {
    small.edit(RULES, '[info-kpu, jadwal]', '[info-kpu, zzz]');
    expect(only().repair).toBe('use the id of an existing rule');
  });
});

describe('a text that ends at " #"', () => {
  test.each([
    ['a title', RULES, 'title: Membagikan info resmi KPU', 'title: Membagikan info #resmi KPU', 'resmi KPU'],
    [
      'with a space after it',
      RULES,
      'title: Membagikan info resmi KPU',
      'title: Membagikan info # resmi KPU',
      ' resmi KPU',
    ],
    ['a training text', UTTERANCES, '"kapan pilkada lagi"', 'kapan #pilkada lagi', 'pilkada lagi'],
    ['a sentence of the bot', 'wording.yaml', 'choose: ', 'choose: Pilih #satu ', 'satu'],
  ])('%s', (_what, file, from, to, lost) => {
    small.edit(file, from, to);
    const problem = only();
    expect(problem).toMatchObject({ file, check: 'cut-off', line: lineOf(file, ` #${lost}`) });
    expect(problem.column).toBe((small.read(file).split('\n')[problem.line - 1] ?? '').indexOf(' #') + 2);
    expect(problem.message).toContain(`#${lost}`);
    expect(problem.repair).toContain('double quotes');
  });

  test('but notes are notes: after one word, a key, a closing quotation mark, or on a line of their own', () => {
    small.edit(RULES, '- id: info-kpu\n', '- id: info-kpu   # tetap\n    # catatan\n');
    small.edit(RULES, 'instead: [Bagikan apa adanya]', 'instead: # dua saja\n      - "Bagikan #apa adanya" # ya');
    small.edit(UTTERANCES, '"kapan pilkada lagi"', '"kapan #pilkada lagi"');
    expect(problems()).toEqual([]);
  });
});

describe('a file whose name does not end in .yaml', () => {
  test.each([
    ['rules/uang.yml', 'rules/uang.yaml'],
    ['utterances/uang.yml', 'utterances/uang.yaml'],
    ['rules/uang.yaml.txt', 'rules/uang.yaml'],
    ['wording.YAML', 'wording.yaml'],
  ])('%s is to be renamed', (file, name) => {
    const before = folderHash(small.folder);
    small.write(file, 'topic: uang\n');
    expect(only()).toMatchObject({ file, check: 'file', repair: `rename it to ${name}` });
    // the running service notices it too
    expect(folderHash(small.folder)).not.toBe(before);
  });

  test('that was renamed is told beside what is missing without it', () => {
    renameSync(join(small.folder, 'topics.yaml'), join(small.folder, 'topics.yml'));
    expect(problems().map(({ file }) => file)).toEqual(['topics.yml', 'topics.yaml']);
  });

  test('other files are nobody’s business', () => {
    small.write('rules/catatan.txt', 'x');
    small.write('rules/medsos.yaml.swp', 'x');
    expect(problems()).toEqual([]);
  });
});

test('whatever one key does to a file, it is told with a place in the file and a repair, or changes only a text', () => {
  for (const file of [RULES, UTTERANCES]) {
    const good = small.read(file);
    const slip = fc.record({
      at: fc.integer({ min: 0, max: good.length - 1 }),
      cut: fc.integer({ min: 0, max: 2 }),
      put: fc.constantFrom('', ' ', '\t', '"', "'", ':', '-', '#', '[', '}', '\n', ', ', '&', '- ', ': '),
    });
    fc.assert(
      fc.property(slip, ({ at, cut, put }) => {
        const text = good.slice(0, at) + put + good.slice(at + cut);
        const found: Problem[] = [];
        parseSource(file, text, file === RULES ? rulesFile : utterancesFile, found);
        for (const { line, column, message, repair } of found) {
          expect(line).toBeGreaterThan(0);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toBe('');
          expect(repair).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  }
});
