/**
 * Which regions a typed text may mean. What names one in full, by its beginning or by a part comes first; where nothing does, names
 * that are misspelt; then names within a longer text; then names of another kind ("kabupaten surabaya").
 */
import Fuse from 'fuse.js';
import type { Region } from '../conversation/regions.ts';
import { asKind, KINDS, type Kind, wordsOf } from './words.ts';

interface Entry {
  readonly region: Region;
  readonly kind: Kind;
  /** Without the kind: "bandung barat". */
  readonly words: readonly string[];
  /** Without spaces: people write "bukit tinggi" and "palangkaraya". */
  readonly joined: string;
}

/** One way to read a text. */
interface Reading {
  readonly words: readonly string[];
  readonly kind?: Kind;
  /** Name of the province that it says the region is in. */
  readonly province?: string;
}

/** A region and how well it fits: smaller is better. */
type Found = readonly [Entry, number];
type Judge = (reading: Reading, entry: Entry) => number | undefined;

const SAME = 0;
const BEGINS = 1;
const PART = 2;

/** Fewer letters begin too many names. */
const SHORTEST_BEGINNING = 4;
/** Shorter words are a letter away from too many names, and these from one: they say at what kind of place it was. */
const SHORTEST_MISSPELT = 6;
const PLACES = new Set([
  'kampung',
  'lapangan',
  'asrama',
  'simpang',
  'pelabuhan',
  'bengkel',
  'ladang',
  'warung',
  'gedung',
]);
/** "Kepulauan Siau Tagulandang Biaro" without spaces, and two letters. */
const LONGEST_NAME = 31;
/** Letters wrong, missing or too many in a name of this length. */
const tolerance = (length: number): number => (length < 8 ? 1 : 2);
/** Share of the letters that this is at most. */
const MISSPELT = 0.25;
/** On their own these name nothing. */
const SIDES = new Set([
  'barat',
  'timur',
  'utara',
  'selatan',
  'tengah',
  'tenggara',
  'pusat',
  'daya',
  'besar',
  'raya',
  'jaya',
  'dan',
]);

/** Makes the search over these regions. */
export function finder(regions: readonly Region[]): (text: string, limit: number) => readonly Region[] {
  const entries = regions.map(entryOf);
  const provinces = entries.filter(({ kind }) => kind === 'provinsi');
  const misspelt = new Fuse(entries, { keys: ['joined'], threshold: MISSPELT, includeScore: true });

  const nearly = (reading: Reading): Found[] => {
    const typed = reading.words.join('');
    if (typed.length < SHORTEST_MISSPELT || typed.length > LONGEST_NAME || PLACES.has(typed)) return [];
    return misspelt
      .search(typed)
      .filter(
        ({ item }) => fits(reading, item) && Math.abs(item.joined.length - typed.length) <= tolerance(typed.length),
      )
      .map(({ item, score = 1 }) => [item, score]);
  };

  return (text, limit) => {
    const { whole, inProvince } = readingsOf(wordsOf(text), provinces);
    const readings = [...whole, ...inProvince];
    const each = (of: readonly Reading[], judge: Judge): Found[] =>
      of.flatMap((reading) =>
        entries.flatMap((entry): Found[] => {
          const score = fits(reading, entry) ? judge(reading, entry) : undefined;
          return score === undefined ? [] : [[entry, score]];
        }),
      );
    const exact = each(whole, named);
    if (exact.some(([, score]) => score === SAME)) return bestOf(exact).slice(0, limit);
    const ways = [
      () => [...exact, ...each(inProvince, named)],
      () => readings.flatMap(nearly),
      () => longest(each(inProvince, within)),
      () => longest(each(whole, within)),
      () => each(readings.map(ofAnyKind), named),
    ];
    for (const way of ways) {
      const found = bestOf(way());
      if (found.length > 0) return found.slice(0, limit);
    }
    return [];
  };
}

const ofAnyKind = ({ kind: _, ...reading }: Reading): Reading => reading;

function entryOf(region: Region): Entry {
  const all = wordsOf(region.name);
  const kind = region.province === undefined ? 'provinsi' : (asKind(all[0]) ?? 'kabupaten');
  const words = all[0] === kind ? all.slice(1) : all;
  return { region, kind, words, joined: words.join('') };
}

/** The text with and without a kind before or behind it; and these without a province before or behind them. */
function readingsOf(
  words: readonly string[],
  provinces: readonly Entry[],
): { whole: Reading[]; inProvince: Reading[] } {
  if (words.every((word) => asKind(word))) return { whole: [], inProvince: [] };
  const inProvince = provinces.flatMap(({ words: name, region }) => {
    const rest = without(words, name);
    const spoken = rest.at(-1) === 'provinsi' ? rest.slice(0, -1) : rest;
    if (spoken.length === 0) return [];
    return [{ words: spoken }, ...withKind(spoken)].map((reading) => ({ ...reading, province: region.name }));
  });
  return { whole: [{ words }, ...withKind(words)], inProvince };
}

/** What is left where the words begin or end with the name; nothing where they do not. */
function without(words: readonly string[], name: readonly string[]): readonly string[] {
  if (startsWith(words, name)) return words.slice(name.length);
  return startsWith(words.slice(-name.length), name) ? words.slice(0, -name.length) : [];
}

function withKind(words: readonly string[]): Reading[] {
  const [first, last] = [asKind(words[0]), asKind(words.at(-1))];
  return [
    ...(first ? [{ words: words.slice(1), kind: first }] : []),
    ...(last ? [{ words: words.slice(0, -1), kind: last }] : []),
  ].filter(({ words: rest }) => rest.length > 0);
}

const fits = (reading: Reading, { kind, region }: Entry): boolean =>
  (reading.kind ?? kind) === kind && (reading.province ?? region.province) === region.province;

/** How well the whole of what was typed names the region. */
function named(reading: Reading, entry: Entry): number | undefined {
  const typed = reading.words.join('');
  if (typed === entry.joined) return SAME;
  if (typed.length >= SHORTEST_BEGINNING && entry.joined.startsWith(typed)) return BEGINS;
  if (reading.province !== undefined || reading.words.every((word) => SIDES.has(word))) return undefined;
  return reading.words.every((word) => entry.words.includes(word)) ? PART : undefined;
}

/** Whether the name stands in a longer text, with no other kind before it; a longer name is better. */
function within({ words }: Reading, { words: name, kind }: Entry): number | undefined {
  const at = words.findIndex((_, from) => startsWith(words.slice(from), name));
  return at >= 0 && (asKind(words[at - 1]) ?? kind) === kind ? -name.length : undefined;
}

const startsWith = (words: readonly string[], begin: readonly string[]): boolean =>
  begin.every((word, at) => words[at] === word);

/** Without the names that are part of another one: where "bandung barat" stands, so does "bandung". */
function longest(found: readonly Found[]): readonly Found[] {
  const names = [...new Set(found.map(([{ words }]) => words.join(' ')))];
  return found.filter(([{ words }]) => {
    const name = words.join(' ');
    return !names.some((other) => other !== name && ` ${other} `.includes(` ${name} `));
  });
}

/** Each region once, best first; of equal ones the shorter name, then the province before the kota before the kabupaten. */
function bestOf(found: readonly Found[]): Region[] {
  const best = new Map<Entry, number>();
  for (const [entry, score] of found) if (score < (best.get(entry) ?? Number.POSITIVE_INFINITY)) best.set(entry, score);
  return [...best]
    .sort(([a, x], [b, y]) => x - y || a.words.length - b.words.length || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
    .map(([{ region }]) => region);
}
