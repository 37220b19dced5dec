/** The rule base from the cache: the same as from the files, only while no byte has changed, and never where the copy is damaged. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { checkKnowledge } from '../../src/knowledge/check.ts';
import { KNOWLEDGE_FOLDER, type Knowledge, loadKnowledge } from '../../src/knowledge/load.ts';
import { KnowledgeError } from '../../src/knowledge/problem.ts';
import { openKnowledge } from '../../src/learning/open-knowledge.ts';
import { PROJECT } from '../support/run-program.ts';
import { type SmallKnowledge, smallKnowledge } from '../support/small-knowledge.ts';
import { tempFolder } from '../support/temp-folder.ts';

let files: SmallKnowledge;
let cache: string;
beforeEach(() => {
  files = smallKnowledge();
  onTestFinished(() => files.remove());
  cache = tempFolder();
});

const open = async (): Promise<Knowledge> => (await openKnowledge(files.folder, cache)).knowledge;
const keptNames = (): string[] => readdirSync(cache).filter((name) => /^knowledge-.*\.json$/.test(name));

/** The only file kept. */
function keptFile(): string {
  expect(keptNames()).toHaveLength(1);
  return join(cache, keptNames()[0] as string);
}

/** Puts a word into the copy that the files do not have, with a right checksum: what has it came from the copy. */
function mark(): void {
  const path = keptFile();
  const [, pack = ''] = readFileSync(path, 'utf8').split('\n');
  const marked = pack.replace('Bagikan apa adanya', 'DARI SALINAN');
  writeFileSync(path, `${createHash('sha256').update(marked).digest('hex')}\n${marked}`);
}

const isMarked = (knowledge: Knowledge): boolean =>
  knowledge.rules.get('info-kpu')?.instead.includes('DARI SALINAN') ?? false;

test('is the same as from the files, but for the places', async () => {
  for (const folder of [files.folder, KNOWLEDGE_FOLDER]) {
    await openKnowledge(folder, cache);
    const { knowledge } = await openKnowledge(folder, cache);
    expect(knowledge.places.size).toBe(0);
    expect(knowledge).toStrictEqual({ ...loadKnowledge(folder), places: new Map() });
  }
});

test('is taken from there where nothing has changed', async () => {
  await open();
  mark();
  expect(isMarked(await open())).toBe(true);
});

describe('a change of the files is noticed:', () => {
  const UTTERANCES = 'utterances/medsos.yaml';
  test.each<[string, () => void]>([
    ['a word of a rule', () => files.edit('rules/medsos.yaml', 'tidak memihak', 'tidak  memihak')],
    ['a training text', () => files.edit(UTTERANCES, 'kapan pemilu lagi', 'kapan pemilu nanti')],
    ['a sentence of the bot', () => files.edit('wording.yaml', 'choose: ', 'choose:  ')],
    ['a last line', () => files.write(UTTERANCES, `${files.read(UTTERANCES)}\n`)],
    ['a new file', () => files.write('utterances/baru.yaml', '{}\n')],
    ['a file that is gone', () => rmSync(join(files.folder, 'utterances/out-of-scope.yaml'))],
    ['another name', () => renameSync(join(files.folder, UTTERANCES), join(files.folder, 'utterances/medsos2.yaml'))],
  ])('%s', async (_what, change) => {
    await open();
    mark();
    change();
    expect(isMarked(await open())).toBe(false);
  });

  test('and so is going back to what was before, at once', async () => {
    const before = files.read('wording.yaml');
    await open();
    mark();
    files.edit('wording.yaml', 'choose: ', 'choose:  ');
    await open();
    files.write('wording.yaml', before);
    expect(isMarked(await open())).toBe(true);
  });
});

describe('a copy that is of no use is made anew:', () => {
  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['only its checksum', (bytes) => bytes.subarray(0, 64)],
    ['cut off', (bytes) => bytes.subarray(0, bytes.length - 20)],
    ['changed in one bit', (bytes) => Buffer.from(bytes.map((byte, i) => (i === bytes.length - 99 ? byte ^ 1 : byte)))],
    ['whole, but no rule base', () => Buffer.from(`${createHash('sha256').update('[1').digest('hex')}\n[1`)],
    ['something else', () => Buffer.from('{"rules":[]}')],
  ])('%s', async (_what, damage) => {
    const expected = await open();
    const path = keptFile();
    const whole = readFileSync(path);
    writeFileSync(path, damage(whole));
    expect((await open()).rules).toEqual(expected.rules);
    expect(readFileSync(path).equals(whole)).toBe(true);
  });

  test('a folder', async () => {
    await open();
    const path = keptFile();
    rmSync(path);
    mkdirSync(path);
    expect((await open()).rules.size).toBe(3);
    expect(readdirSync(cache)).toHaveLength(1);
  });
});

test('what the check refuses is told with its place, also where a copy was kept', async () => {
  files.edit('rules/medsos.yaml', 'related: [info-kpu, jadwal]', 'related: [info-kpuu, jadwal]');
  await open();
  const failed = await openKnowledge(files.folder, cache, checkKnowledge).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(KnowledgeError);
  expect((failed as KnowledgeError).problems).toMatchObject([{ file: 'rules/medsos.yaml', check: 'dead-link' }]);
  expect((failed as KnowledgeError).problems[0]?.line).toBeGreaterThan(0);
});

test('a rule base that is refused is not kept', async () => {
  files.edit('rules/medsos.yaml', 'related: [info-kpu, jadwal]', 'related: [info-kpuu, jadwal]');
  await expect(openKnowledge(files.folder, cache, checkKnowledge)).rejects.toBeInstanceOf(KnowledgeError);
  files.edit('rules/medsos.yaml', 'verdict: allowed', 'verdict: boleh');
  await expect(openKnowledge(files.folder, cache)).rejects.toBeInstanceOf(KnowledgeError);
  expect(readdirSync(cache)).toEqual([]);
});

test('without a cache, or with one that cannot be written, it is read from the files', async () => {
  const file = join(tempFolder(), 'a-file');
  writeFileSync(file, '');
  for (const none of [undefined, join(file, 'models')])
    expect((await openKnowledge(files.folder, none)).knowledge.rules.size).toBe(3);
});

test('few old copies stay, and nothing half-written', async () => {
  writeFileSync(join(cache, 'model-5-a.bin'), 'a model');
  for (let i = 0; i < 6; i++) {
    files.edit('wording.yaml', 'choose: ', 'choose:  ');
    await open();
  }
  expect(keptNames()).toHaveLength(3);
  expect(readdirSync(cache)).toHaveLength(4);
  // the newest is among them
  const before = keptNames();
  await open();
  expect(keptNames()).toEqual(before);
});

describe('as a process', () => {
  /** How many files of the YAML parser, the validator and the loader a start from the cache loads; `project` is where the program lies. */
  function loaded(project: string): number {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { openKnowledge } = await import(${JSON.stringify(join(project, 'src/learning/open-knowledge.ts'))});
      await import(${JSON.stringify(join(project, 'src/learning/live.ts'))});
      await openKnowledge(${JSON.stringify(files.folder)}, ${JSON.stringify(cache)});
      console.log(loaded.filter((url) => /node_modules\\/(?:yaml|zod)\\/|knowledge\\/(?:shapes|load)\\.ts/.test(url)).length);
    `;
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(ran.stderr).toBe('');
    return Number(ran.stdout);
  }

  test('neither the YAML parser nor the shapes of the files are loaded', () => {
    expect(loaded(PROJECT)).toBeGreaterThan(10);
    expect(loaded(PROJECT)).toBe(0);
  });

  test('a program whose schema, loader or packages changed reads the files again', () => {
    const project = tempFolder();
    cpSync(join(PROJECT, 'src'), join(project, 'src'), { recursive: true });
    cpSync(join(PROJECT, 'package.json'), join(project, 'package.json'));
    symlinkSync(join(PROJECT, 'node_modules'), join(project, 'node_modules'));
    loaded(PROJECT);
    expect(loaded(project)).toBe(0);
    for (const file of ['src/knowledge/shapes.ts', 'src/knowledge/source.ts', 'package.json']) {
      appendFileSync(join(project, file), '\n');
      expect(loaded(project)).toBeGreaterThan(10);
      expect(loaded(project)).toBe(0);
    }
  });
});
