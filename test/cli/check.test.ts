/** `npm run check` and `npm run schema`: what a curator and the CI see. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../src/knowledge/json-schema.ts';
import { KNOWLEDGE_FOLDER } from '../../src/knowledge/load.ts';
import { run } from '../support/run-program.ts';
import { type SmallEnvironment, smallEnvironment } from '../support/small-environment.ts';
import type { SmallKnowledge } from '../support/small-knowledge.ts';

let files: SmallKnowledge;
let env: SmallEnvironment['env'];
beforeEach(async () => {
  ({ files, env } = await smallEnvironment());
});

const check = (...more: string[]) => run('src/cli/check.ts', ['--folder', files.folder, ...more], { env });

describe('npm run check', () => {
  test('a rule base in order: status 0 and how much there is', async () => {
    const { code, stdout } = await check();
    expect(code).toBe(0);
    expect(stdout).toBe('rule base in order: 3 rules, 44 training texts\n');
  });

  test('problems of several files are told together, with place and repair: status 1', async () => {
    files.edit('rules/medsos.yaml', 'related: [info-kpu, jadwal]', 'related: [info-kpuu, jadwal]');
    files.edit('wording.yaml', 'choose: ', 'chose: ');
    files.edit('utterances/medsos.yaml', 'kapan kita nyoblos lagi', 'boleh bagikan info KPU??');
    const { code, stdout, stderr } = await check('--quick');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/rules\/medsos\.yaml:\d+:\d+ {2}dead-link: .*\n {4}repair: did you mean info-kpu\?/);
    expect(stderr).toMatch(/wording\.yaml:1:1 {2}wording: /);
    expect(stderr).toMatch(/utterances\/medsos\.yaml:\d+:\d+ {2}near-duplicate: /);
    expect(stderr).toContain('3 problem(s)');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('what only the trained matcher shows: status 1, and not with --quick', async () => {
    files.edit('rules/medsos.yaml', 'kapan ada pemilu lagi]', 'bolehkah menyukai unggahan calon wali kota]');
    const { code, stderr } = await check();
    expect(code).toBe(1);
    expect(stderr).toContain('overmatch');
  });

  test('a folder that is not there: status 1 and which files are missing', async () => {
    const { code, stderr } = await run('src/cli/check.ts', ['--folder', '/nowhere']);
    expect(code).toBe(1);
    expect(stderr).toContain('put the file at /nowhere/topics.yaml');
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('schemas for editors', () => {
  test('are written from the same source as the checks: run `npm run schema` where this fails', () => {
    const folder = join(KNOWLEDGE_FOLDER, 'schema');
    const written = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    expect([...written.keys()].sort()).toEqual([...jsonSchemas().keys()].sort());
    for (const [name, text] of jsonSchemas()) expect([name, written.get(name) === text]).toEqual([name, true]);
  });

  test('are named in the first line of every file that they describe', () => {
    const yaml = readdirSync(KNOWLEDGE_FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.yaml'),
    );
    expect(yaml.length).toBeGreaterThan(20);
    for (const file of yaml) {
      const [first = ''] = readFileSync(join(KNOWLEDGE_FOLDER, file), 'utf8').split('\n', 1);
      const schema = /^# yaml-language-server: \$schema=(.*)$/.exec(first)?.[1] ?? '';
      expect([file, jsonSchemas().has(schema.split('/').at(-1) as string)]).toEqual([file, true]);
    }
  });
});
