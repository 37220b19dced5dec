/** Runs a command of the program as an operator does: a process of its own, with its own environment and working directory. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp-folder.ts';

export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
  /** Working directory; an empty one by default, so that no `.env` of the checkout is read. */
  readonly cwd?: string;
}

/** Starts `src/<script>`; it is killed when the test ends, should it still run. */
export function start(
  script: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): ChildProcessWithoutNullStreams {
  const env = { PATH: process.env.PATH ?? '', ...options.env };
  const child = spawn(process.execPath, [join(PROJECT, script), ...args], { env, cwd: options.cwd ?? tempFolder() });
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  child.stdin.on('error', () => {});
  return child;
}

/** Runs `src/<script>` to its end. */
export async function run(script: string, args: readonly string[] = [], options: RunOptions = {}): Promise<Ran> {
  const child = start(script, args, options);
  child.stdin.end(options.input ?? '');
  return ended(child);
}

/** What a started process has written, once it has ended. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
