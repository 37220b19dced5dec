/** Groups of questions, and patches as git takes them. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { KNOWLEDGE_FOLDER, loadKnowledge } from '../../../../src/knowledge/load.ts';
import { endOf, utterancesOf } from '../../../../src/knowledge/place.ts';
import { rule as ruleShape } from '../../../../src/knowledge/shapes.ts';
import { byProvince } from '../../../../src/pages/desk/views/charts/by-province.ts';
import { share, shareOf, showSum, sumOf } from '../../../../src/pages/desk/views/charts/numbers.ts';
import { cluster, search } from '../../../../src/pages/desk/views/unknown/cluster.ts';
import { type Draft, draftOf, writerOf } from '../../../../src/pages/desk/views/unknown/draft.ts';
import { problemsOf } from '../../../../src/pages/desk/views/unknown/draft-problems.ts';
import { ruleLines } from '../../../../src/pages/desk/views/unknown/draft-yaml.ts';
import { atEnd, exampleLines, examples, patch } from '../../../../src/pages/desk/views/unknown/patch.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const question = (text: string, id: number, day = '2026-11-22') => ({ id: String(id), day, text });

describe('groups', () => {
  const asked = [
    'nama wifi rumah dua periode boleh?',
    'boleh nggak nama wifi rumah dua periode',
    'Nama WiFi rumah dua periode bolehhh??',
    'nama wifi rumah dua preiode boleh',
    'boleh jadi juri lomba masak caleg?',
    'mantan pacar nyaleg, gimana',
  ].map((text, i) => question(text, i, `2026-11-0${i + 1}`));

  test('what is asked nearly the same stands together, most asked first; nothing else does', () => {
    const groups = cluster(asked);
    expect(groups.map(({ questions }) => questions.length)).toEqual([4, 1, 1]);
    expect(groups[0]).toMatchObject({ first: '2026-11-01', last: '2026-11-04' });
    expect(groups[0]?.texts).toHaveLength(4);
    expect(groups.map(({ text }) => text)).toContain('mantan pacar nyaleg, gimana');
    expect(search(groups, 'PERIODE wifi').map(({ questions }) => questions.length)).toEqual([4]);
  });

  test('the order in which questions are opened changes nothing, and none is lost', () => {
    const texts = fc.array(
      fc.constantFrom('boleh wifi', 'boleh wifi dua', 'wifi boleh', 'juri masak', 'juri lomba masak', 'halo?'),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(texts, fc.infiniteStream(fc.nat()), (list, chance) => {
        const all = list.map((text, i) => question(text, i));
        const mixed = all
          .map((entry) => ({ entry, at: chance.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        const shape = (of: typeof all) =>
          cluster(of).map(({ text, questions }) => [text, questions.map(({ id }) => id).sort()]);
        expect(shape(mixed)).toEqual(shape(all));
        expect(cluster(all).flatMap(({ questions }) => questions)).toHaveLength(all.length);
      }),
    );
  });

  test('two thousand questions are grouped while one blinks', () => {
    const many = Array.from({ length: 2_000 }, (_, i) =>
      question(`pertanyaan ${i} tentang hal ${i % 700} di kantor ${i % 31}`, i),
    );
    const began = performance.now();
    expect(cluster(many).length).toBeGreaterThan(0);
    // a minute of a busy test machine is some tenths of a second of an office PC
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

/** A repository with a copy of the rule base. */
function repository() {
  const root = tempFolder();
  cpSync(KNOWLEDGE_FOLDER, join(root, 'knowledge'), { recursive: true });
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, stdio: 'pipe' }).toString();
  git('init', '-q');
  const folder = join(root, 'knowledge');
  return {
    folder,
    read: (file: string) => readFileSync(join(folder, file), 'utf8'),
    apply(text: string) {
      writeFileSync(join(root, 'new.patch'), text);
      git('apply', '--check', 'new.patch');
      git('apply', 'new.patch');
    },
  };
}

const place = (found: ReturnType<typeof utterancesOf>) => {
  if (found === undefined) throw new Error('no such place');
  return found;
};

describe('patches', () => {
  const TEXTS = ['ketuk dua kali di foto "calon", kena?', 'a: b # c', "d'e \\ f"];

  test('texts under a new writer and under a known one, in the middle and at the end of a file', () => {
    const { folder, read, apply } = repository();
    const utterances = 'utterances/medsos.yaml';
    const last = Object.keys(parse(read(utterances))).at(-1) as string;
    for (const rule of ['medsos-like', last])
      for (const writer of ['w1', 'sari']) {
        const texts = TEXTS.map((text) => `${writer} ${text}`);
        const addition = examples(place(utterancesOf(folder, 'medsos', rule)), writer, texts);
        const before = parse(read(utterances));
        apply(patch(addition === undefined ? [] : [addition]));
        const after = parse(read(utterances));
        expect(after[rule][writer]).toEqual([...(before[rule][writer] ?? []), ...texts]);
        before[rule][writer] = after[rule][writer];
        expect(after).toEqual(before);
      }
    expect(
      examples(place(utterancesOf(folder, 'medsos', last)), 'budi', ['w1 ketuk dua kali di foto "calon", kena?']),
    ).toBeUndefined();
    expect(utterancesOf(folder, 'medsos', 'tidak-ada')).toBeUndefined();
  });

  test('at the end of files, with and without a line break there', () => {
    const { folder, read, apply } = repository();
    const file = join(folder, 'utterances/uang.yaml');
    const before = parse(read('utterances/uang.yaml'));
    apply(patch([atEnd(place(endOf(folder, 'utterances', 'uang')), exampleLines('aturan-satu', 'sari', TEXTS))]));
    writeFileSync(file, read('utterances/uang.yaml').trimEnd());
    apply(patch([atEnd(place(endOf(folder, 'utterances', 'uang')), exampleLines('aturan-dua', 'sari', TEXTS))]));
    expect(parse(read('utterances/uang.yaml'))).toEqual({
      ...before,
      'aturan-satu': { sari: TEXTS },
      'aturan-dua': { sari: TEXTS },
    });
    writeFileSync(file, 'aturan-tiga:\n  sari:\n    - "x"\naturan-empat:\n  sari:\n    - "y"');
    const addition = examples(place(utterancesOf(folder, 'uang', 'aturan-tiga')), 'sari', ['z']);
    apply(patch(addition === undefined ? [] : [addition]));
    expect(parse(read('utterances/uang.yaml'))['aturan-tiga']).toEqual({ sari: ['x', 'z'] });
  });
});

describe('drafts', () => {
  const knowledge = loadKnowledge();
  const rules = {
    topics: knowledge.topics,
    rules: [...knowledge.rules.values()].map(({ id, title, topic }) => ({ id, title, topic })),
    regulations: [],
    today: '2026-11-22',
  };
  const lines = (count: number, what: string) =>
    Array.from({ length: count }, (_, i) => `${what} ${'abcdefghijklmnop'[i]}${i}`).join('\n');
  const full: Draft = {
    ...draftOf([], 'sari', 'Sari Kurator', rules),
    id: 'nama-wifi',
    title: 'Nama WiFi: "dua periode" # 1',
    answer: 'Jangan memakai nama jaringan untuk mendukung calon.',
    detail: 'Karena terlihat: orang lain membacanya.',
    instead: 'Pakai nama biasa',
    citations: [{ regulation: 'uu-20-2023', at: 'Ps 24 ayat (1) huruf d' }],
    aliases: 'nama wifi\nhotspot',
    related: ['medsos-like', 'kode-sindiran'],
    positive: lines(3, 'uji'),
    negative: 'boleh like foto calon?',
    negativeRule: 'medsos-like',
    examples: lines(12, 'contoh'),
  };

  test('an empty draft says what is missing, a full one nothing', () => {
    const fields = new Set(problemsOf(draftOf([], 'sari', 'Sari', rules), rules).map(({ field }) => field));
    for (const field of [
      'id',
      'title',
      'answer',
      'instead',
      'citations',
      'aliases',
      'related',
      'positive',
      'negative',
      'negativeRule',
      'examples',
    ] as const)
      expect([field, fields.has(field)]).toEqual([field, true]);
    expect(problemsOf(full, rules)).toEqual([]);
  });

  test.each([
    ['id', { id: 'medsos-like' }],
    ['id', { id: 'Nama Wifi' }],
    ['title', { title: 'x'.repeat(61) }],
    ['answer', { answer: 'Satu kalimat ini. Dua kalimat ini. Tiga kalimat ini.' }],
    ['conditions', { verdict: 'conditional' }],
    ['positions', { verdict: 'disputed' }],
    ['safeAdvice', { basis: 'disputed' }],
    ['certainty', { basis: 'inference', certainty: 'confirmed' }],
    ['examples', { examples: `${lines(12, 'contoh')}\nUJI A0!!` }],
    ['examples', { examples: lines(11, 'contoh') }],
    ['reviewBy', { reviewBy: '2026-11-22' }],
    ['writer', { writer: 'sari kurator' }],
  ] as ReadonlyArray<readonly [keyof Draft, Partial<Draft>]>)('%s is refused: %j', (field, change) => {
    expect(problemsOf({ ...full, ...change }, rules).map((problem) => problem.field)).toContain(field);
  });

  test.each([
    {},
    { verdict: 'conditional', conditions: 'Syarat: satu\nSyarat "dua"' },
    {
      verdict: 'disputed',
      positions: 'KPU | Mei 2024 | Boleh: asal "netral"\nBawaslu | 2023 | Jangan',
      safeAdvice: 'Jangan dulu',
    },
  ] as ReadonlyArray<Partial<Draft>>)('the YAML says what was typed, in the shape of a rule: %j', (change) => {
    const draft = { ...full, ...change };
    expect(problemsOf(draft, rules)).toEqual([]);
    const [read] = parse(ruleLines(draft, rules.today).join('\n'));
    expect(ruleShape.safeParse(read).error).toBeUndefined();
    expect(read).toMatchObject({
      title: draft.title,
      detail: draft.detail,
      review: { reviewed_on: '2026-11-22', review_by: '2027-05-23' },
    });
  });

  test('a writer is named in small letters and digits', () => {
    expect([writerOf('Sari.Kurator-2'), writerOf('...')]).toEqual(['sarikurator2', 'kurator']);
  });
});

describe('numbers', () => {
  test('sums say how much is hidden, shares only what is certain', () => {
    expect(showSum(sumOf([10, 'few', 'few', 7]))).toBe('19 sampai 25');
    expect(showSum(sumOf(['few', 0]))).toBe('<5');
    expect(showSum(sumOf([5, 1_200]))).toBe('1.205');
    expect(shareOf(sumOf([5]), sumOf([15]))).toBe('25 %');
    // 1 to 4 of 21 to 24
    expect(shareOf(sumOf(['few']), sumOf([20]))).toBe('5 sampai 17 %');
    expect(shareOf(sumOf([0]), sumOf([0]))).toBeUndefined();
    expect([share(5, [5, 15]), share(5, [5, 'few']), share('few', ['few', 9]), share(0, [0])]).toEqual([
      '25 %',
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('provinces with few tips, and what is no province, go together', () => {
    const row = (region: string, kind: 'tip' | 'question' = 'tip') => ({ item: { kind }, texts: { region } });
    const rows = [
      ...Array.from({ length: 5 }, (_, i) => row(`Kota ${i}, Jawa Barat (32.7${i})`)),
      row('Jawa Barat (32)'),
      row('Kabupaten Sleman, DI Yogyakarta'),
      row('di kantor camat Anu'),
      row('Kota Bogor, Jawa Barat', 'question'),
    ];
    expect(byProvince(rows)).toEqual([
      ['Jawa Barat', 6],
      ['Lain-lain, atau tidak disebut', 'few'],
    ]);
  });
});
