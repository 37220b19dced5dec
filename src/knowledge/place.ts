/** Where in the files of a rule base something new would be written: for patches that are made from afar. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilePart } from './file-part.ts';

/** Lines around a change in a unified diff. */
const AROUND = 3;

/** The training texts of a rule, from its id to the next one. Undefined where the file has none. */
export function utterancesOf(folder: string, topic: string, rule: string): FilePart | undefined {
  const found = read(folder, `utterances/${topic}.yaml`);
  const from = found?.lines.indexOf(`${rule}:`) ?? -1;
  if (found === undefined || from < 0) return undefined;
  const length = found.lines.slice(from + 1).findIndex((line) => /^\S/.test(line));
  return part(found, from, length < 0 ? found.lines.length : from + 1 + length);
}

/** The end of a file, where a new rule or its training texts go. Undefined where there is no such file. */
export function endOf(folder: string, kind: 'rules' | 'utterances', topic: string): FilePart | undefined {
  const found = read(folder, `${kind}/${topic}.yaml`);
  return found && part(found, found.lines.length, found.lines.length);
}

interface ReadFile {
  readonly file: string;
  readonly lines: readonly string[];
  readonly open: boolean;
}

function read(folder: string, file: string): ReadFile | undefined {
  const path = join(folder, file);
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, 'utf8').split('\n');
  const open = lines.at(-1) !== '';
  return { file, lines: open ? lines : lines.slice(0, -1), open };
}

function part({ file, lines, open }: ReadFile, from: number, to: number): FilePart {
  const start = Math.max(0, from - AROUND);
  const end = Math.min(lines.length, to + AROUND);
  return {
    file,
    first: start + 1,
    lines: lines.slice(start, end),
    from: from - start,
    to: to - start,
    open: open && end === lines.length,
  };
}
