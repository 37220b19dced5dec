/** What is wrong with the values of a file, said with the entry's id, and how a curator repairs it. */
import { z } from 'zod';
import { didYouMean, nearest } from './nearest.ts';
import type { Problem } from './problem.ts';

type Issue = z.core.$ZodIssue;
type Path = ReadonlyArray<string | number>;
type Said = Pick<Problem, 'message' | 'repair'> & { readonly path: Path };

/**
 * @param at line and column of a value
 * @param data what was checked; entries are named by their `id` in it
 */
export function schemaProblems(
  file: string,
  at: (path: Path) => { line: number; column: number },
  data: unknown,
  schema: z.ZodType,
  error: z.ZodError,
): Problem[] {
  const issues = withoutFollowers(flatten(error.issues), schema);
  return issues.flatMap((issue) =>
    say(issue, schema).map(({ path, message, repair }) => ({
      file,
      ...at(path),
      check: 'schema',
      message: `${nameOf(pathOf(issue), data)}${message}`,
      repair,
    })),
  );
}

/** A union that fails reports the branch that came furthest, not "invalid input". */
function flatten(issues: readonly Issue[], base: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union') {
      const branches = issue.errors.map((branch) => flatten(branch, path)).sort((a, b) => a.length - b.length);
      if (branches[0] !== undefined && branches[0].length > 0) return branches[0];
    }
    return [{ ...issue, path } as Issue];
  });
}

const pathOf = (issue: Issue): Path => issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
const keyOf = (path: Path): string => JSON.stringify(path);
const isMissing = (issue: Issue): boolean =>
  (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.input === undefined;

/** One mistake is told once: not what else is wrong with a value of the wrong type, and no missing key that stands there misspelt. */
function withoutFollowers(issues: readonly Issue[], schema: z.ZodType): Issue[] {
  const misspelt = new Set(
    issues.flatMap((issue) => {
      if (issue.code !== 'unrecognized_keys') return [];
      const path = pathOf(issue);
      const known = keysAt(schema, path);
      return issue.keys.flatMap((key) => meant(key, known).map((name) => keyOf([...path, name])));
    }),
  );
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const key = keyOf(pathOf(issue));
    if (isMissing(issue) && misspelt.has(key)) return false;
    if (issue.code === 'unrecognized_keys') return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The known keys that an unknown one could be: `alias`, or `level:heavy` where the space is missing. */
const meant = (key: string, known: readonly string[]): string[] => nearest(key.split(':')[0] ?? key, known);

/** `medsos-like: sanctions[0].level: `; without an id `rules[3].level: `. */
function nameOf(path: Path, data: unknown): string {
  let value = data;
  let rest = path;
  let name = '';
  for (const [i, step] of path.entries()) {
    value = (value as Record<string | number, unknown> | null | undefined)?.[step];
    const id = typeof step === 'number' ? (value as { id?: unknown } | null | undefined)?.id : undefined;
    if (typeof id !== 'string') continue;
    name = `${id}: `;
    rest = path.slice(i + 1);
    break;
  }
  const steps = rest.map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`));
  return `${name}${steps.length === 0 ? '' : `${steps.join('')}: `}`;
}

/** One problem, or one for each unknown key. */
function say(issue: Issue, schema: z.ZodType): Said[] {
  const path = pathOf(issue);
  if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue), repair: repairOf(issue, schema) }];
  const known = keysAt(schema, path);
  return issue.keys.map((key) => ({
    path: [...path, key],
    message: `there is no key "${key}" here`,
    repair: /^[\w-]+:\S/.test(key)
      ? `write a space after the colon: ${key.replace(':', ': ')}`
      : didYouMean(key, known, `remove it, or use one of: ${known.join(', ')}`),
  }));
}

function messageOf(issue: Issue): string {
  if (isMissing(issue)) return 'the key is missing';
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === null ? 'has no value' : `must be ${WORDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return issue.input === null ? 'has no value' : `"${String(issue.input)}" is none of the allowed words`;
    case 'too_big':
    case 'too_small':
      return `has ${sizeOf(issue)}, ${issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    default:
      return issue.message;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: '{ key: value }',
  record: '{ key: value }',
  int: 'a whole number',
};

function sizeOf({ input, origin }: Issue & { readonly origin: string }): string {
  const size = typeof input === 'string' ? input.trim().length : Array.isArray(input) ? input.length : String(input);
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? (size === 1 ? ' entry' : ' entries') : '';
  return `${size}${unit}`;
}

function repairOf(issue: Issue, schema: z.ZodType): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue)
        ? 'add the missing key'
        : repairOfType(issue.expected, issue.input, keysAt(schema, pathOf(issue)));
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const list = `use one of: ${allowed.join(', ')}`;
      if (isMissing(issue)) return `add the missing key; ${list}`;
      const near = didYouMean(String(issue.input), allowed, '');
      return near === '' ? list : `${near} ${list}`;
    }
    case 'too_big':
      return `shorten it to at most ${issue.maximum}${issue.origin === 'array' ? ' entries' : ''}`;
    case 'too_small':
      return issue.origin === 'array' ? `write at least ${issue.minimum} entries` : `write at least ${issue.minimum}`;
    case 'custom':
      return 'see the message';
    default:
      return 'correct the value; the schema beside the file lists what is allowed';
  }
}

/** What most likely happened where a value is of another kind. */
function repairOfType(expected: string, input: unknown, keys: readonly string[]): string {
  const text = typeof input === 'string' ? input : undefined;
  switch (expected) {
    case 'string':
      if (input === null) return 'write a text, or remove the line';
      if (Array.isArray(input)) return 'write one text, without "[ ]" and without "- "';
      if (typeof input === 'object')
        return 'put the text between double quotes if it contains ": "; else the line below it has too many spaces in front';
      return `put it between double quotes: "${String(input)}"`;
    case 'array':
      if (text?.startsWith('-')) return 'write a space after each "-"';
      return input === null
        ? 'write its entries below it, each with "- " in front'
        : 'write each entry with "- " in front, on a line of its own';
    default:
      if (text !== undefined && /^[\w-]+:\S/.test(text))
        return `write a space after the colon: ${text.replace(':', ': ')}`;
      return keys.length > 0
        ? `write it with its keys: ${keys.join(', ')}`
        : 'write its entries below it, each with its key';
  }
}

/** The keys that may stand at a place; of all branches where the shape leaves a choice, none where any key may. */
function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  const shape = bare(schema);
  if (shape instanceof z.ZodUnion) return [...new Set(shape.options.flatMap((option) => keysAt(option, path)))];
  const [step, ...rest] = path;
  if (step === undefined) {
    if (shape instanceof z.ZodObject) return Object.keys(shape.shape);
    const key = shape instanceof z.ZodRecord ? shape.keyType : undefined;
    return key instanceof z.ZodEnum ? key.options.map(String) : [];
  }
  const next =
    shape instanceof z.ZodObject
      ? shape.shape[step]
      : shape instanceof z.ZodArray
        ? shape.element
        : shape instanceof z.ZodRecord
          ? shape.valueType
          : undefined;
  return next === undefined ? [] : keysAt(next, rest);
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? bare(schema.unwrap()) : schema;
}
