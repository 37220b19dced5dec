/**
 * What leaves the desk for Bawaslu or BKN: the fields that they ask for. Bawaslu's informasi awal: who, what, when, where, evidence; SBT BKN
 * asks for the official's NIP or NIK too, which the intake does not ask a reporter for. Made in the terminal and in the page alike:
 * nothing of Node here.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CaseSummary, Officer } from '../reports/office.ts';
import type { Entry } from '../sealing/entry.ts';
import { nickname } from '../sealing/receipt.ts';
import { type Deadline, deadlinesOf, type ReportLimit } from './deadlines.ts';
import { safeName } from './safe-name.ts';
import { wordsOf } from './words-of.ts';

/** An opened case, as far as it goes into a package. */
export interface PackagedCase {
  readonly record: Pick<CaseSummary, 'id' | 'kind' | 'status' | 'day'>;
  /** In the order of writing. */
  readonly entries: ReadonlyArray<Omit<Entry, 'case'>>;
  /** What did not open. */
  readonly damaged: readonly unknown[];
}

export interface PackagedFile {
  /** Under which it is saved. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly day: string;
}

export interface CasePackage {
  readonly format: 'tanya-netral/informasi-awal';
  readonly version: 1;
  readonly made: {
    readonly day: string;
    readonly by: string;
    readonly unit: string;
    readonly to: string;
    readonly reason: string;
  };
  readonly case: {
    readonly name: string;
    readonly id: string;
    readonly kind: string;
    readonly status: string;
    readonly day: string;
  };
  /** Structural: the intake has no field for it. */
  readonly reporter: 'anonim';
  readonly reported: string;
  /** NIP or NIK: not asked. */
  readonly reportedNumber: '';
  readonly what: string;
  readonly when: string;
  readonly where: string;
  /** What was said later, by the reporter and by officers. */
  readonly talk: ReadonlyArray<{ readonly day: string; readonly from: 'pelapor' | 'petugas'; readonly text: string }>;
  readonly files: readonly PackagedFile[];
  /** Notes between officers; only where they were asked for. */
  readonly notes: ReadonlyArray<{ readonly day: string; readonly by: string; readonly text: string }>;
  readonly deadlines: readonly Deadline[];
  /** Entries that did not open. */
  readonly damaged: number;
}

export interface PackageOptions {
  readonly today: string;
  readonly officer: Pick<Officer, 'name' | 'unit'>;
  /** The office that it goes to. */
  readonly to: string;
  readonly reason: string;
  readonly limits: readonly ReportLimit[];
  readonly withNotes: boolean;
}

export function packageOf({ record, entries, damaged }: PackagedCase, options: PackageOptions): CasePackage {
  const { today, officer, to, reason, limits, withNotes } = options;
  const said = entries.filter((entry) => entry.part === 'text' && entry.author !== 'note' && entry.text !== '');
  return {
    format: 'tanya-netral/informasi-awal',
    version: 1,
    made: { day: today, by: officer.name, unit: officer.unit, to, reason },
    case: {
      name: nickname(record.id),
      id: record.id,
      kind: record.kind === 'tip' ? 'informasi awal' : 'pertanyaan',
      status: record.status,
      day: record.day,
    },
    reporter: 'anonim',
    reported: wordsOf(entries, 'who'),
    reportedNumber: '',
    what: wordsOf(entries, 'what'),
    when: wordsOf(entries, 'when'),
    where: wordsOf(entries, 'where'),
    talk: said.map(({ author, day, text }) => ({ day, from: author === 'reporter' ? 'pelapor' : 'petugas', text })),
    files: filesOf(entries).map(({ name, entry, bytes, type }) => ({
      name,
      type,
      bytes: bytes.length,
      sha256: bytesToHex(sha256(bytes)),
      day: entry.day,
    })),
    notes: withNotes
      ? entries.filter(({ author }) => author === 'note').map(({ day, by = '', text }) => ({ day, by, text }))
      : [],
    deadlines: record.kind === 'tip' ? deadlinesOf(record.day, limits) : [],
    damaged: damaged.length,
  };
}

/** The files of a case with the names under which they are saved. */
export function filesOf<E extends Omit<Entry, 'case'>>(
  entries: readonly E[],
): ReadonlyArray<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array; readonly entry: E }> {
  return entries
    .flatMap((entry) => (entry.file ? [{ entry, ...entry.file }] : []))
    .map((file, index) => ({
      ...file,
      name: safeName(file.name, file.type, index + 1),
    }));
}
