/** The service started again: what the first start leaves behind for it, and that nothing else relies on it. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ended, run, start } from '../support/run-program.ts';
import { type SmallEnvironment, smallEnvironment } from '../support/small-environment.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

let small: SmallEnvironment;
beforeEach(async () => {
  small = await smallEnvironment();
});

/** Starts the service, waits for the line that it runs, and stops it; what it printed. */
async function startAndStop(env: Readonly<Record<string, string>>): Promise<string> {
  const child = start('src/main.ts', [], { env: { ...env, LOG_LEVEL: 'silent' } });
  const end = ended(child);
  let printed = '';
  child.stdout.on('data', (text: string) => {
    printed += text;
  });
  await until(() => printed.includes('Ctrl+C'));
  child.kill('SIGTERM');
  const { code, stderr } = await end;
  expect([code, stderr]).toEqual([0, '']);
  return printed;
}

const kept = (models: string): string[] => readdirSync(models).filter((name) => name.startsWith('knowledge-'));

test('a start leaves the rule base and the compiled program beside the model; the next one is ready at once', async () => {
  const models = join(small.env.DATA_DIR, 'models');
  await startAndStop(small.env);
  expect(kept(models)).toHaveLength(1);
  expect(readdirSync(join(models, 'code'), { recursive: true }).length).toBeGreaterThan(100);
  const printed = await startAndStop(small.env);
  expect(printed).toContain('Rule base  3 rules\n');
});

test('a data folder that is not there yet is made for this user alone', async () => {
  const folder = join(tempFolder(), 'data');
  await startAndStop({ ...small.env, DATA_DIR: folder });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a compiled program that cannot be kept is no error', async () => {
  const code = join(small.env.DATA_DIR, 'models', 'code');
  writeFileSync(code, 'a file');
  expect(await startAndStop(small.env)).toContain('running');
  rmSync(code);
});

test('--help makes no folder', async () => {
  const cwd = tempFolder();
  expect((await run('src/main.ts', ['--help'], { cwd })).code).toBe(0);
  expect(existsSync(join(cwd, 'data'))).toBe(false);
});

test('npm run check reads the files, whatever is kept', async () => {
  const { files, env } = small;
  const check = () => run('src/cli/check.ts', ['--quick', '--folder', files.folder], { env });
  await startAndStop(env);
  const models = join(env.DATA_DIR, 'models');
  const path = join(models, kept(models)[0] as string);
  const [, pack = ''] = readFileSync(path, 'utf8').split('\n');
  const none = JSON.stringify({ ...JSON.parse(pack), rules: [] });
  writeFileSync(path, `${createHash('sha256').update(none).digest('hex')}\n${none}`);
  expect(await startAndStop(env)).toContain('Rule base  0 rules');
  expect((await check()).stdout).toContain('3 rules');
});
