import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import { yamlProblems } from './yaml-problems.ts';

/** One parsed YAML file that can tell the line of any value in it. */
export interface Source<T> {
  readonly file: string;
  readonly text: string;
  readonly value: T | undefined;
  /** 1-based line and column of the value at `path`, or of the nearest parent that is there. */
  at(path: ReadonlyArray<string | number>): { line: number; column: number };
}

/** Anchors and aliases are no part of the format; a cap keeps a hostile file from growing without bound when expanded. */
const MAX_ALIASES = 10;

/** Reads and validates `folder/file`; every error lands in `problems` with its place and repair. Never throws. */
export function readSource<S extends z.ZodType>(
  folder: string,
  file: string,
  schema: S,
  problems: Problem[],
): Source<z.output<S>> {
  let text = '';
  try {
    text = readFileSync(join(folder, file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    problems.push({
      file,
      line: 0,
      column: 0,
      check: 'file',
      message: `cannot be read (${reason})`,
      repair: `put the file at ${join(folder, file)}`,
    });
    return { file, text, value: undefined, at: () => ({ line: 0, column: 0 }) };
  }
  return parseSource(file, text, schema, problems);
}

/** The same for a text that is already in memory. */
export function parseSource<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  problems: Problem[],
): Source<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (path: ReadonlyArray<string | number>) => place(document, lines, path);
  problems.push(...yamlProblems(file, text, document, lines));
  if (document.errors.length > 0) return { file, text, value: undefined, at };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    problems.push({
      file,
      line: 1,
      column: 1,
      check: 'yaml',
      message: 'too many aliases',
      repair: 'write values out instead of using & and *',
    });
    return { file, text, value: undefined, at };
  }
  const parsed = schema.safeParse(data, { reportInput: true });
  if (parsed.success) return { file, text, value: parsed.data, at };
  problems.push(...schemaProblems(file, at, data, schema, parsed.error));
  return { file, text, value: undefined, at };
}

function place(document: Document, lines: LineCounter, path: ReadonlyArray<string | number>) {
  for (let depth = path.length; depth >= 0; depth--) {
    const steps = path.slice(0, depth);
    const node = steps.length === 0 ? document.contents : keyOrValue(document, steps);
    const offset = (node as Node | null | undefined)?.range?.[0];
    if (offset !== undefined) {
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}

/** The key's node for a map entry (that is where a curator looks), the value's for a list entry. */
function keyOrValue(document: Document, steps: ReadonlyArray<string | number>): unknown {
  const last = steps.at(-1);
  const parent = steps.length === 1 ? document.contents : document.getIn(steps.slice(0, -1), true);
  if (isMap(parent)) return parent.items.find(({ key }) => isScalar(key) && String(key.value) === String(last))?.key;
  return document.getIn(steps, true);
}
