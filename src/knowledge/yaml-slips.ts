/**
 * The slips that curators make in YAML. The parser notices a slip where it can no longer go on, often a line later and in words about YAML; here
 * the lines around that place are looked at.
 */
import type { YAMLError } from 'yaml';

/** What was found: the line (0-based) that has to be changed, and how. `message` replaces the parser's. */
export interface Slip {
  readonly line: number;
  readonly column?: number;
  readonly message?: string;
  readonly repair: string;
}

/**
 * What most likely happened where the parser gave up.
 *
 * @param at the line (0-based) and column (1-based) of the error
 */
export function slipOf(error: YAMLError, lines: readonly string[], at: number, column: number): Slip {
  const { code, message } = error;
  if (code === 'DUPLICATE_KEY') return twice(lines, at, column);
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(lines[at] ?? ''))
    return { line: at, repair: 'write spaces instead of the tab in front of the line' };
  if (message.startsWith('Missing closing')) return unclosedQuote(lines, at, message.includes("'") ? "'" : '"');
  if (message.includes('and end with a')) return unclosedBracket(lines, at);
  for (const look of [noSpace, quotes, noDash, noColon, otherColumn, tooDeep]) {
    const slip = look(lines, at, error, column);
    if (slip) return slip;
  }
  return { line: at, column, repair: unquoted(lines[at] ?? '') };
}

export const indentOf = (line: string): number => line.length - line.trimStart().length;
const isBlank = (line: string | undefined): boolean => line === undefined || /^\s*(?:#|$)/.test(line);
const isEntry = (line: string): boolean => /^\s*-(?:\s|$)/.test(line);
const KEY = /^(\s*(?:- +)*)([\w][\w -]*):(?:\s|$)/;
/** Column (0-based) at which the key of a line stands, after any "- "; undefined where it has none. */
const keyColumn = (line: string): number | undefined => KEY.exec(line)?.[1]?.length;
/** What stands after "- " and after the key. */
const textAfterKey = (line: string): string => line.replace(/^\s*(?:- +)*(?:[\w][\w-]*:(?:\s+|$))?/, '').trimEnd();
const before = (lines: readonly string[], at: number): number | undefined => {
  for (let i = at - 1; i >= 0; i--) if (!isBlank(lines[i])) return i;
  return undefined;
};
const after = (lines: readonly string[], at: number): number | undefined => {
  for (let i = at + 1; i < lines.length; i++) if (!isBlank(lines[i])) return i;
  return undefined;
};

/** The same key twice, where perhaps a new entry should begin. */
function twice(lines: readonly string[], at: number, column: number): Slip {
  const keyAt = (line: string) => /^[^\s-].*?(?=:(?:\s|$))/.exec(line.slice(column - 1))?.[0];
  const key = keyAt(lines[at] ?? '') ?? '';
  const first = lines.slice(0, at).findLastIndex((line) => keyAt(line) === key);
  return {
    line: at,
    column,
    message: `the key "${key}" stands here for the second time`,
    repair:
      key === 'id'
        ? 'write "- " in front of it, if a new entry begins here; else keep one of the two'
        : `keep one of the two${first < 0 ? '' : `; the first is in line ${first + 1}`}`,
  };
}

function unclosedQuote(lines: readonly string[], at: number, quote: string): Slip {
  let line = at;
  while (line > 0 && (lines[line] ?? '').replaceAll(`\\${quote}`, '').split(quote).length % 2 === 1) line--;
  const column = (lines[line] ?? '').lastIndexOf(quote) + 1;
  return {
    line,
    column,
    message: 'the quotation mark is not closed',
    repair: `write ${quote} at the end of the text that begins here`,
  };
}

/** A bracket is noticed to be open only where the next line begins. */
function unclosedBracket(lines: readonly string[], at: number): Slip {
  for (let line = at; line >= Math.max(0, at - 8); line--) {
    const bare = (lines[line] ?? '').replace(/"(?:\\.|[^"\\])*"/g, (quoted) => '"'.repeat(quoted.length));
    const comment = bare.search(/\s#/);
    const held = comment < 0 ? bare : bare.slice(0, comment);
    const bracket = BRACKETS.find(([open, close]) => held.split(open).length > held.split(close).length);
    if (!bracket) continue;
    const [open, close] = bracket;
    return {
      line,
      column: held.indexOf(open) + 1,
      message: `the bracket ${open} is not closed`,
      repair:
        comment < 0
          ? `write ${close} where what it holds ends; texts with , or brackets in them need double quotes`
          : 'put the text with the # between double quotes: what stands after " #" is lost',
    };
  }
  return { line: at, repair: 'close the brackets { } and [ ] in this line or the one above it' };
}

const BRACKETS = [
  ['{', '}'],
  ['[', ']'],
] as const;

/** `title:Membagikan`, `-"kapan"`. */
function noSpace(lines: readonly string[], at: number): Slip | undefined {
  const line = lines[at] ?? '';
  const colon = /^\s*(?:- +)*([a-z][\w-]*):(?=[^\s:/])/.exec(line);
  if (colon) {
    const fixed = line.replace(`${colon[1]}:`, `${colon[1]}: `).trim();
    return {
      line: at,
      message: 'there is no space after the colon',
      repair: `write a space after it: ${shortened(fixed)}`,
    };
  }
  if (!/^\s*-[^\s-]/.test(line)) return undefined;
  const fixed = line.trim().replace('-', '- ');
  return {
    line: at,
    message: 'there is no space after the "-"',
    repair: `write a space after it: ${shortened(fixed)}`,
  };
}

export const shortened = (text: string): string => (text.length > 50 ? `${text.slice(0, 50)}...` : text);

/** A text that begins with a quotation mark and goes on after the closing one. */
function quotes(lines: readonly string[], at: number, { message }: YAMLError, column: number): Slip | undefined {
  const value = textAfterKey(lines[at] ?? '');
  const quote = value[0];
  if (!message.startsWith('Unexpected scalar') || (quote !== '"' && quote !== "'")) return undefined;
  const marks = value.replaceAll(`\\${quote}`, '').split(quote).length - 1;
  const inner = quote === '"' ? '\\"' : "''";
  return marks > 2
    ? {
        line: at,
        column,
        message: 'there is a quotation mark inside the quoted text',
        repair: `write ${inner} for a quotation mark inside a text that stands between ${quote} and ${quote}`,
      }
    : {
        line: at,
        column,
        message: 'the text goes on after its closing quotation mark',
        repair: `move the closing ${quote} to the end of the text`,
      };
}

/** An entry of a list without its "- ": this line, or the one above it. */
function noDash(lines: readonly string[], at: number): Slip | undefined {
  for (const line of [at, before(lines, at)]) {
    if (line === undefined) continue;
    const text = lines[line] ?? '';
    if (isBlank(text) || isEntry(text) || keyColumn(text) !== undefined) continue;
    const neighbours = [before(lines, line), after(lines, line)].map((i) => (i === undefined ? '' : (lines[i] ?? '')));
    if (neighbours.some((other) => isEntry(other) && indentOf(other) === indentOf(text)))
      return {
        line,
        message: 'there is no "- " in front of the text',
        repair: `write "- " in front of it: - ${shortened(text.trim())}`,
      };
  }
  return undefined;
}

/** `rina` for `rina:`. */
function noColon(lines: readonly string[], at: number): Slip | undefined {
  const text = lines[at] ?? '';
  const next = after(lines, at);
  if (!/^\s*(?:- +)?[\w-]+\s*$/.test(text) || next === undefined || indentOf(lines[next] ?? '') <= indentOf(text))
    return undefined;
  return { line: at, message: 'there is no colon after the name', repair: `write a colon after it: ${text.trim()}:` };
}

/** A key that stands deeper than the one above it, which has a value already. */
function tooDeep(lines: readonly string[], at: number): Slip | undefined {
  const column = keyColumn(lines[at] ?? '');
  const next = after(lines, at);
  if (column === undefined || next === undefined || textAfterKey(lines[at] ?? '') === '') return undefined;
  const other = keyColumn(lines[next] ?? '');
  return other === undefined || other <= column || isEntry(lines[next] ?? '')
    ? undefined
    : columns(lines, next, at, other, column);
}

/** A line of a list, or a key, that does not stand in the column of the others of its kind: this line, or one above it. */
function otherColumn(lines: readonly string[], at: number, { code, message }: YAMLError): Slip | undefined {
  const where = code === 'BAD_INDENT' || message.startsWith('Sequence item') || message.startsWith('A block sequence');
  const entries = isEntry(lines[at] ?? '');
  const columnsOf = lines.map((line) => {
    if (isBlank(line)) return undefined;
    return entries ? (isEntry(line) ? indentOf(line) : undefined) : keyColumn(line);
  });
  const own = columnsOf[at];
  if (!where || own === undefined) return undefined;
  const count = (column: number) => columnsOf.filter((other) => other === column).length;
  const near = (column: number | undefined): column is number =>
    column !== undefined && column !== own && Math.abs(column - own) <= MOST_SPACES;
  // the slip is the line that stands in its column alone
  const best = columnsOf
    .slice(0, at)
    .filter(near)
    .sort((a, b) => Math.abs(a - own) - Math.abs(b - own))
    .find((column) => (count(own) === 1) !== (count(column) === 1));
  if (best === undefined) return undefined;
  const other = columnsOf.lastIndexOf(best, at);
  return count(own) === 1 ? columns(lines, at, other, own, best) : columns(lines, other, at, best, own);
}

/** More spaces too many or too few than this are no slip. */
const MOST_SPACES = 3;

function columns(lines: readonly string[], line: number, other: number, own: number, right: number): Slip {
  const count = Math.abs(own - right);
  const spaces = `${count} space${count === 1 ? '' : 's'}`;
  return {
    line,
    column: indentOf(lines[line] ?? '') + 1,
    message: `the line has ${spaces} too ${own > right ? 'many' : 'few'} in front, compared with line ${other + 1}`,
    repair: `${own > right ? `remove ${spaces} there` : `write ${spaces} more there`}; entries of one list, and keys of one entry, stand in one column`,
  };
}

/** The advice for a value that YAML takes for something else, or for a line where no slip was found. */
function unquoted(line: string): string {
  const value = textAfterKey(line);
  if (/^[@&*%!|>`?{}[\],#-]/.test(value)) return `put the text between double quotes: it begins with ${value[0]}`;
  if (/:\s/.test(value)) return 'put the text between double quotes: it contains ": "';
  return 'compare the line with its neighbours: spaces in front, "- ", ": ", quotation marks';
}
