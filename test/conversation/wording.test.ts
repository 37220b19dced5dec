/** Every sentence that the program says stands in wording.yaml, and no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WORDING_KEYS } from '../../src/conversation/wording-keys.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { PROJECT } from '../support/run-program.ts';

/** Kept for a channel that has to answer before the quick ranker is there. */
const UNUSED = ['training'];

/** An argument of a call (0 is the first), as it is written: up to the comma or bracket that ends it. */
function argumentOf(source: string, wanted: number): string {
  let depth = 0;
  let argument = 0;
  let from = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source[i] as string;
    if (/['"`]/.test(char)) i = source.indexOf(char, i + 1);
    else if (/[([{]/.test(char)) depth++;
    else if (/[)\]}]/.test(char)) depth--;
    if (depth < 0 || (depth === 0 && char === ',')) {
      if (argument === wanted) return source.slice(from, i).trim();
      if (depth < 0) return '';
      argument++;
      from = i + 1;
    }
  }
  return '';
}

/** The keys that an argument can be: a text, one of two (`a ? 'x' : 'y'`), or a template with such a choice in it. */
function keysOf(argument: string): string[] {
  const branches = (text: string) => [...text.matchAll(/[?:]\s*'([^']+)'/g)].map((match) => match[1] as string);
  const literal = /^'([^']+)'$/.exec(argument);
  if (literal) return [literal[1] as string];
  const template = /^`([^`$]*)\$\{(.*)\}([^`$]*)`$/.exec(argument);
  if (template) return branches(template[2] as string).map((branch) => `${template[1]}${branch}${template[3]}`);
  return branches(argument);
}

/** The keys that `sayOne` chooses from: all that its object holds. */
const keysAmong = (argument: string): string[] =>
  [...argument.matchAll(/:\s*'([^']+)'/g)].map((match) => match[1] as string);

const sources = ['conversation', 'dialogue', 'channels'].flatMap((folder) =>
  readdirSync(join(PROJECT, 'src', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(PROJECT, 'src', folder, name), 'utf8')),
);
const callsOf = (name: 'say' | 'sayOne', argument: number): string[] =>
  sources
    .filter((source) => new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[^']*services\\.ts'`).test(source))
    .flatMap((source) =>
      [...source.matchAll(new RegExp(`\\b${name}\\(`, 'g'))].map((match) =>
        argumentOf(source.slice(match.index + name.length + 1), argument),
      ),
    );
const calls = callsOf('say', 1);
const choices = callsOf('sayOne', 2);
const direct = [
  ...readFileSync(join(PROJECT, 'src/conversation/card.ts'), 'utf8').matchAll(/wording\['([^']+)'\]/g),
].map((match) => match[1] as string);
const used = [...new Set([...calls.flatMap(keysOf), ...choices.flatMap(keysAmong), ...direct])].sort();

test('every call of say() could be read', () => {
  expect(calls.length).toBeGreaterThan(30);
  expect(calls.filter((argument) => keysOf(argument).length === 0)).toEqual([]);
  expect(choices.length).toBeGreaterThan(5);
  expect(choices.filter((argument) => keysAmong(argument).length < 2)).toEqual([]);
});

test('the check knows every key that the program says', () => {
  expect([...WORDING_KEYS].sort()).toEqual(used);
});

test('wording.yaml has every key that is said, and no other', () => {
  expect(Object.keys(loadKnowledge().wording).sort()).toEqual([...used, ...UNUSED].sort());
});

test('what is filled in is named in the sentence', () => {
  const { wording } = loadKnowledge();
  const filled: Readonly<Record<string, readonly string[]>> = {
    topic: ['title', 'about'],
    'topic.paged': ['title', 'about', 'page', 'pages'],
    'actors.ask': ['title'],
    'actors.verdict': ['verdict'],
    'sanctions.none': ['title'],
    'settings.ask': ['current'],
    'settings.saved': ['title'],
    'calendar.today': ['today'],
    'too-long': ['max'],
    'tip.intro': ['platform'],
    'tip.what': ['photos'],
    'tip.door': ['door'],
    'tip.web': ['door'],
    'tip.has': ['count'],
    'tip.has-files': ['count'],
    'tip.count': ['count'],
    'tip.count-files': ['count'],
    'tip.summary': ['what', 'who', 'where', 'when', 'files'],
    'tip.receipt': ['words', 'first', 'second'],
    'tip.type-back': ['first', 'second'],
    'tip.wrong': ['first', 'second'],
    'tip.wrong-again': ['first', 'second'],
    'told.too-long': ['max'],
    'file.not-here-door': ['door'],
    'receipt.repair': ['place', 'from', 'to'],
    'receipt.repaired': ['repairs'],
    'receipt.unknown-word': ['place', 'word'],
    'receipt.near-word': ['place', 'word', 'near'],
    'receipt.count': ['found'],
    'receipt.opened': ['day'],
    'receipt.handed-on': ['day'],
    'receipt.over': ['day'],
    'receipt.answer': ['day', 'text'],
    'question.answer': ['text'],
  };
  for (const [key, text] of Object.entries(wording))
    expect([key, [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()]).toEqual([
      key,
      [...(filled[key] ?? [])].sort(),
    ]);
});

test('what somebody reads while telling fits a phone screen', () => {
  const long = Object.entries(loadKnowledge().wording).filter(
    ([key, text]) => /^(?:tip|told|file|receipt|question)\./.test(key) && text.length > 600,
  );
  expect(long).toEqual([]);
});
