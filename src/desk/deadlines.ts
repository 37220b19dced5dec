/**
 * The days by which something is due, computed when they are read, never stored. A tip is no report: these are the days that would
 * count if it were one, so that an officer sees what is urgent.
 */
import { addDays } from '../reports/days.ts';
import { addWorkdays } from './days.ts';

/** A limit of the rule base (`authorities.yaml`), counted from the day somebody came to know. */
export interface ReportLimit {
  readonly id: string;
  readonly title: string;
  readonly days: number;
  readonly counted: 'calendar' | 'working';
  /** Such as `UU 7/2017 Ps 454 ayat (6)`. */
  readonly source: string;
}

export interface Deadline {
  readonly title: string;
  readonly until: string;
  readonly days: number;
  readonly counted: 'calendar' | 'working';
  readonly source: string;
  /** `report`: to file a report. `handling`: to act on one. */
  readonly kind: 'report' | 'handling';
}

/**
 * How long an office may take. Pemilu: UU 7/2017 Pasal 454 (7) and (8); paragraph 7 says "hari" only, and offices count working days.
 * Pilkada: Pasal 134 (5) and (6) of UU 1/2015 as changed by UU 8/2015, 3 days and 2 more.
 */
const HANDLING: ReadonlyArray<Omit<Deadline, 'until' | 'kind'>> = [
  { title: 'Pilkada, tindak lanjut', days: 3, counted: 'calendar', source: 'UU 8/2015 Ps 134 ayat (5)' },
  {
    title: 'Pilkada, dengan keterangan tambahan pelapor',
    days: 5,
    counted: 'calendar',
    source: 'UU 8/2015 Ps 134 ayat (5) dan (6)',
  },
  { title: 'Pemilu, tindak lanjut', days: 7, counted: 'working', source: 'UU 7/2017 Ps 454 ayat (7), bunyinya "hari"' },
  {
    title: 'Pemilu, dengan keterangan tambahan',
    days: 14,
    counted: 'working',
    source: 'UU 7/2017 Ps 454 ayat (8)',
  },
];

/** Said under every list of deadlines. */
export const DEADLINE_NOTES = [
  'Dihitung dari hari kiriman masuk; hari itu sendiri tidak dihitung. Hari kejadian ada di dalam isi: bila pelapor tahu lebih awal, batas melapor juga lebih awal.',
  'Ini informasi awal, bukan laporan: tenggat penanganan baru berjalan sesudah diregistrasi sebagai laporan atau temuan.',
  'Hari kerja dihitung Senin-Jumat; belum menghitung libur nasional.',
] as const;

/** All deadlines of what came in on `day`, soonest first. */
export function deadlinesOf(day: string, limits: readonly ReportLimit[]): Deadline[] {
  return [
    ...limits.map((limit) => ({ ...limit, kind: 'report' as const })),
    ...HANDLING.map((limit) => ({ ...limit, kind: 'handling' as const })),
  ]
    .map(({ title, days, counted, source, kind }) => ({
      title,
      days,
      counted,
      source,
      kind,
      until: counted === 'calendar' ? addDays(day, days) : addWorkdays(day, days),
    }))
    .sort((a, b) => (a.until < b.until ? -1 : a.until > b.until ? 1 : 0));
}

/** The next one from `today` on; undefined where all are past. */
export const nextDeadline = (deadlines: readonly Deadline[], today: string): Deadline | undefined =>
  deadlines.find(({ until }) => until >= today);
