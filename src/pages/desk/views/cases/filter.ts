/** Which cases are shown. */
import type { CaseKind, Status } from '../../../../reports/office.ts';
import { plain, type Row } from './row.ts';

export const AGES = ['0-7', '8-30', '31+'] as const;
export type Age = (typeof AGES)[number];

export interface Filter {
  readonly text: string;
  /** `open`: all but those that are closed. */
  readonly status: Status | 'open' | 'all';
  readonly unit: string;
  readonly kind: CaseKind | '';
  readonly age: Age | '';
  /** A part of where it happened. */
  readonly where: string;
  readonly unread: boolean;
}

export const NO_FILTER: Filter = { text: '', status: 'open', unit: '', kind: '', age: '', where: '', unread: false };

/** @param ageOf days since a case came in */
export function filtered(rows: readonly Row[], filter: Filter, ageOf: (day: string) => number): readonly Row[] {
  const words = plain(filter.text).split(' ').filter(Boolean);
  const where = plain(filter.where);
  return rows.filter(
    ({ item, name, texts }) =>
      (filter.status === 'all' ||
        (filter.status === 'open' ? item.status !== 'closed' : item.status === filter.status)) &&
      (filter.unit === '' || item.unit === filter.unit) &&
      (filter.kind === '' || item.kind === filter.kind) &&
      (filter.age === '' || ageGroup(ageOf(item.day)) === filter.age) &&
      (!filter.unread || item.unread > 0) &&
      (where === '' || (texts?.where ?? '').includes(where)) &&
      words.every((word) => (texts?.all ?? plain(name)).includes(word)),
  );
}

const ageGroup = (days: number): Age => (days <= 7 ? '0-7' : days <= 30 ? '8-30' : '31+');

/** The first lines of where things happened, each once: `Kabupaten Contoh, Jawa Barat`. */
export const regionsOf = (rows: readonly Row[]): readonly string[] =>
  named(rows.map(({ texts }) => texts?.region ?? '')).slice(0, 200);

/** The offices that have cases, each once. */
export const unitsOf = (rows: readonly Row[]): readonly string[] => named(rows.map(({ item }) => item.unit));

const BY_NAME = new Intl.Collator('id');
const named = (names: readonly string[]): readonly string[] =>
  [...new Set(names)].filter((name) => name !== '').sort(BY_NAME.compare);

/** Newest change first; what nobody has read before what was. */
export const sorted = (rows: Iterable<Row>): readonly Row[] =>
  [...rows].sort(
    (a, b) =>
      Number(b.item.unread > 0) - Number(a.item.unread > 0) ||
      compare(b.item.changed, a.item.changed) ||
      compare(b.item.day, a.item.day) ||
      compare(a.item.id, b.item.id),
  );

/** Of days and ids, which have no letters of a language: many times faster than by locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
