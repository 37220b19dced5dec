/** `npm run ask`, as a process, with the real rule base and a data folder that has its model. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realDataFolder } from '../support/real-data-folder.ts';
import { run } from '../support/run-program.ts';
import { smallEnvironment } from '../support/small-environment.ts';
import { tempFolder } from '../support/temp-folder.ts';

let data: string;
beforeAll(async () => {
  data = await realDataFolder();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const ask = (args: readonly string[], input = '') => run('src/cli/ask.ts', args, { input, env: { DATA_DIR: data } });

describe('one question', () => {
  test('prints the card, and with --why what led to it', async () => {
    const { code, stdout, stderr } = await ask(['--why', 'boleh', 'like', 'postingan', 'calon?']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('⛔ TIDAK BOLEH\nMenyukai (like) unggahan calon');
    expect(stdout).toContain('📖 Dasar: SKB 5 lembaga 2022');
    expect(stdout).toContain('1. Sanksi & dasar');
    // no bold marks and no colours where the output is no terminal
    expect(stdout).not.toMatch(/\*\*/);
    expect(stdout).not.toContain(String.fromCharCode(27));
    expect(stdout).toMatch(/^words {4}boleh like postingan→posting calon$/m);
    expect(stdout).toMatch(/^scores {3}\d\.\d{3} {2}medsos-like$/m);
    expect(stdout).toMatch(/^features \d\.\d{3} {2}\S/m);
  });

  test('none at all: the usage, and status 2', async () => {
    const { code, stdout, stderr } = await ask([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('usage: npm run ask');
  });
});

describe('--jsonl', () => {
  const texts = [
    'boleh like postingan calon?',
    'makasih min',
    'xyzzy',
    'cara bikin rendang',
    'sanksi kalau ikut kampanye',
    '',
  ];
  const lines = texts.map((text, i) => JSON.stringify({ id: i === 0 ? 'a"1' : i, text }));

  test('one result a line, in order, of one shape, the same bytes each time', async () => {
    const input = `${lines.join('\r\n')}\n\n`;
    const [first, second] = await Promise.all([ask(['--jsonl'], input), ask(['--jsonl'], input)]);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(second.stdout).toBe(first.stdout);
    const results = first.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(results.map(({ id }) => id)).toEqual(['a"1', 1, 2, 3, 4, 5]);
    for (const result of results) {
      expect(Object.keys(result)).toEqual(['id', 'outcome', 'rule', 'verdict', 'confidence', 'candidates']);
      expect(['answer', 'choose', 'unknown', 'smalltalk', 'command']).toContain(result.outcome);
      expect(result.rule === null).toBe(result.outcome !== 'answer');
      expect(result.verdict === null).toBe(result.outcome !== 'answer');
      expect((result.candidates as unknown[]).length > 0).toBe(['answer', 'choose'].includes(String(result.outcome)));
    }
    expect(results[0]).toMatchObject({ outcome: 'answer', rule: 'medsos-like', verdict: 'forbidden' });
    expect(results[1]).toMatchObject({ outcome: 'smalltalk', rule: null });
    expect(results[5]).toMatchObject({ outcome: 'unknown', confidence: 0, candidates: [] });
  });

  test.each([
    ['no JSON', 'not json'],
    ['a text that is no text', '{"id":1,"text":5}'],
  ])('a line with %s ends it with status 2 and its number; nothing else is on standard output', async (_what, bad) => {
    const { code, stdout, stderr } = await run('src/cli/ask.ts', ['--jsonl'], {
      input: `${lines[0]}\n\n${bad}\n${lines[1]}\n`,
      env: (await smallEnvironment()).env,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('line 3 is not { "id": ..., "text": "..." }');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: unknown }).id),
    ).toEqual(['a"1']);
  });
});

describe('settings', () => {
  test('come from .env too: the data folder with the trained model, and the rule base', async () => {
    const { env } = await smallEnvironment();
    const cwd = tempFolder();
    writeFileSync(join(cwd, '.env'), `DATA_DIR=${env.DATA_DIR}\nKNOWLEDGE_DIR=${env.KNOWLEDGE_DIR}\n`);
    const { code, stdout, stderr } = await run('src/cli/ask.ts', ['boleh menyukai unggahan calon?'], { cwd });
    // the model of that folder is used: nothing is trained
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Menyukai unggahan calon');
  });

  test('a broken rule base is told by file, line and repair, without a stack', async () => {
    const { env, files } = await smallEnvironment();
    files.write('topics.yaml', '- { id: medsos, title: [Media\n');
    const { code, stdout, stderr } = await run('src/cli/ask.ts', ['boleh?'], { env });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/topics\.yaml:\d+:\d+ {2}yaml: .*\n {4}repair: /);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
