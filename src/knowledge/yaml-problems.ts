/** What is wrong with a file as YAML, with place and repair of the slip behind it. */
import { type Document, isScalar, type LineCounter, Scalar, visit, type YAMLError } from 'yaml';
import type { Problem } from './problem.ts';
import { indentOf, shortened, slipOf } from './yaml-slips.ts';

/** Errors of the parser, and texts that it cut off. Of errors only the first: what follows mostly comes from it. */
export function yamlProblems(file: string, text: string, document: Document.Parsed, counter: LineCounter): Problem[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const error = document.errors[0];
  if (!error)
    return [
      ...document.warnings.map((warning) => problemOf(file, warning, lines, counter)),
      ...cutOff(file, text, document, counter),
    ];
  return [problemOf(file, error, lines, counter)];
}

function problemOf(file: string, error: YAMLError, lines: readonly string[], counter: LineCounter): Problem {
  const { line, col } = counter.linePos(error.pos[0]);
  const slip = slipOf(error, lines, line - 1, col);
  const known = (error.message.split('\n')[0] ?? 'not YAML').replace(/ at line \d+, column \d+:?$/, '');
  return {
    file,
    line: slip.line + 1,
    column: slip.column ?? indentOf(lines[slip.line] ?? '') + 1,
    check: 'yaml',
    message: slip.message ?? known,
    repair: slip.repair,
  };
}

/** Texts that end at a ` #`: the rest is a comment to YAML, and is lost without a word. A note after a single word is one. */
function cutOff(file: string, text: string, document: Document.Parsed, counter: LineCounter): Problem[] {
  if (!/[ \t]#/.test(text)) return [];
  const out: Problem[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || !isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return;
      const rest = /^[ \t]+#([^\n]*)/.exec(text.slice(node.range[1], node.range[1] + 200));
      if (!rest || (!/\s/.test(String(node.source ?? '')) && /^(?:\s|$)/.test(rest[1] ?? ''))) return;
      const { line, col } = counter.linePos(node.range[1] + (rest[0]?.indexOf('#') ?? 0));
      out.push({
        file,
        line,
        column: col,
        check: 'cut-off',
        message: `the text ends here: "#${shortened((rest[1] ?? '').trimEnd())}" is lost`,
        repair: 'put the whole text between double quotes; or move the note to a line of its own',
      });
    },
  });
  return out;
}
