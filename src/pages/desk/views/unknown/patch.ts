/** Changes to files of the rule base as a unified diff that `git apply` takes. */
import type { RulePlace } from '../../../../channels/web/desk/contract.ts';

/** Lines of context on each side of a change. */
const AROUND = 3;

/** New lines in a part of a file. */
export interface Addition {
  readonly place: RulePlace;
  /** Before which of the place's lines. */
  readonly at: number;
  readonly lines: readonly string[];
}

export function patch(additions: readonly Addition[]): string {
  return additions.map(diff).join('');
}

function diff({ place, at, lines }: Addition): string {
  const before = place.lines.slice(Math.max(0, at - AROUND), at);
  const after = place.lines.slice(at, at + AROUND);
  const first = place.first + at - before.length;
  const path = `knowledge/${place.file}`;
  const body = [
    ...before.map((line) => ` ${line}`),
    ...lines.map((line) => `+${line}`),
    ...after.map((line) => ` ${line}`),
  ];
  const last = before.at(-1);
  if (place.open && after.length > 0) body.push(NO_BREAK);
  else if (place.open && last !== undefined) body.splice(before.length - 1, 1, `-${last}`, NO_BREAK, `+${last}`);
  const was = before.length + after.length;
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${was === 0 ? 0 : first},${was} +${first},${was + lines.length} @@`,
    ...body,
    '',
  ].join('\n');
}

const NO_BREAK = '\\ No newline at end of file';

/**
 * New training texts of a rule: under the writer's name where it stands there already, else under a new one. Undefined where nothing is
 * new: every text stands there.
 */
export function examples(place: RulePlace, writer: string, texts: readonly string[]): Addition | undefined {
  const own = place.lines.slice(place.from, place.to);
  const known = new Set(own.map((line) => line.trim()));
  const items = [...new Set(texts.map(item))].filter((line) => !known.has(line.trim()));
  if (items.length === 0) return undefined;
  const name = own.findIndex((line) => line.trimEnd() === `  ${writer}:`);
  if (name < 0) return { place, at: place.from + lastFilled(own) + 1, lines: [`  ${writer}:`, ...items] };
  const rest = own.slice(name + 1);
  const next = rest.findIndex((line) => /^ {0,2}\S/.test(line));
  const end = next < 0 ? rest.length : next;
  return { place, at: place.from + name + 1 + lastFilled(rest.slice(0, end)) + 1, lines: items };
}

/** Training texts of a rule that has none yet, for the end of a file. */
export const exampleLines = (rule: string, writer: string, texts: readonly string[]): string[] => [
  `${rule}:`,
  `  ${writer}:`,
  ...[...new Set(texts.map(item))],
];

/** JSON's quoted texts are YAML's. */
const item = (text: string): string => `    - ${JSON.stringify(text)}`;

const lastFilled = (lines: readonly string[]): number =>
  lines.reduce((last, line, at) => (line.trim() === '' ? last : at), -1);

/** New lines at the end of a file. */
export const atEnd = (place: RulePlace, lines: readonly string[]): Addition => ({ place, at: place.to, lines });
