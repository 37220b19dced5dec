/** The whole program as a process of its own, as `npm start` runs it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './run-program.ts';
import { until } from './until.ts';

export interface WholeProgram {
  /** Where it listens: `http://127.0.0.1:41234`. */
  readonly root: string;
  /** What it has printed and logged so far. */
  output(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

export interface WholeProgramOptions {
  /** Its data folder and its working directory, so that no `.env` of the checkout is read. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly execArgv?: readonly string[];
  /** Takes what ends the program, before anything can fail. */
  readonly whenFinished: (cleanup: () => Promise<void>) => void;
}

/** Gives it once it says that it runs. Throws with the end of its output where it ends before. */
export async function startWholeProgram(options: WholeProgramOptions): Promise<WholeProgram> {
  const { folder, env, execArgv = [], whenFinished } = options;
  const child = spawn(process.execPath, [...execArgv, ...startFlags(), join(PROJECT, 'src/main.ts')], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, PORT: '0', ...env },
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  whenFinished(kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  await until(() => {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the program ended:\n${output.slice(-2_000)}`);
    return output.includes('Ctrl+C');
  });
  return { root: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '', output: () => output, kill };
}

/** What `npm start` gives Node before the program. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}
