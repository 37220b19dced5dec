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
  readonly counted: Counted;
  /** Such as `UU 7/2017 Ps 454 ayat (6)`. */
  readonly source: string;
  /** Every place in `source` was read in the text itself. */
  readonly certain: boolean;
}

export interface Deadline {
  readonly title: string;
  readonly until: string;
  readonly days: number;
  readonly counted: Counted;
  readonly source: string;
  /** What is not certain of it; undefined where the law's text was read and says it. */
  readonly doubt: string | undefined;
  /** `report`: to file a report. `finding`: for Bawaslu, to look into what it was told. `handling`: to act on a report or finding. */
  readonly kind: 'report' | 'finding' | 'handling';
}

type Counted = 'calendar' | 'working';
export const DAYS: Readonly<Record<Counted, string>> = { calendar: 'hari kalender', working: 'hari kerja' };

const UNREAD = 'dari berita, naskahnya belum kami baca';
const PEMILU = 'UU 7/2017 (Pemilu)';

/**
 * How long an office may take. Pemilu: UU 7/2017 Pasal 454 (5), (7) and (8); paragraphs 5 and 7 say "hari" only. Offices count working days
 * for 7; a finding is counted the shorter way. Pilkada: Pasal 134 (5) and (6) of UU 1/2015 as changed by UU 8/2015, 3 days and 2 more.
 */
const OFFICES: ReadonlyArray<Omit<Deadline, 'until'>> = [
  {
    title: 'Pilkada, tindak lanjut',
    days: 3,
    counted: 'calendar',
    source: 'UU Pilkada Ps 134 ayat (5)',
    doubt: undefined,
    kind: 'handling',
  },
  {
    title: 'Pilkada, dengan keterangan tambahan pelapor',
    days: 5,
    counted: 'calendar',
    source: 'UU Pilkada Ps 134 ayat (5); UU Pilkada Ps 134 ayat (6)',
    doubt: undefined,
    kind: 'handling',
  },
  {
    title: 'Pemilu, penetapan sebagai temuan',
    days: 7,
    counted: 'calendar',
    source: `${PEMILU} Ps 454 ayat (5)`,
    doubt: 'bunyinya "hari"; bila hari kerja, lebih lama',
    kind: 'finding',
  },
  {
    title: 'Pemilu, penelusuran informasi awal',
    days: 7,
    counted: 'calendar',
    source: 'Perbawaslu 7/2022 informasi awal',
    doubt: 'pasal dan jumlah harinya dari ingatan, naskahnya belum kami baca',
    kind: 'finding',
  },
  {
    title: 'Pemilu, tindak lanjut',
    days: 7,
    counted: 'working',
    source: `${PEMILU} Ps 454 ayat (7)`,
    doubt: 'bunyinya "hari"; biasanya dihitung hari kerja',
    kind: 'handling',
  },
  {
    title: 'Pemilu, dengan keterangan tambahan',
    days: 14,
    counted: 'working',
    source: `${PEMILU} Ps 454 ayat (8)`,
    doubt: undefined,
    kind: 'handling',
  },
];

/** What begins with something that this desk does not see: no day can be counted for it. */
export interface LaterDeadline {
  readonly title: string;
  /** `2 hari`, `1x24 jam`. */
  readonly within: string;
  readonly since: string;
  readonly source: string;
  readonly doubt: string | undefined;
}

export const LATER_DEADLINES: readonly LaterDeadline[] = [
  {
    title: 'Pemilu, kajian awal',
    within: '2 hari',
    since: 'laporan resmi disampaikan',
    source: 'Perbawaslu 7/2022 Ps 15',
    doubt: UNREAD,
  },
  {
    title: 'Dugaan pidana Pemilu, diteruskan ke Polri',
    within: '1x24 jam',
    since: 'dinyatakan dugaan tindak pidana',
    source: `${PEMILU} Ps 476`,
    doubt: UNREAD,
  },
  {
    title: 'BKN (SBT), verifikasi satgas',
    within: '7 hari',
    since: 'dilaporkan lewat SBT',
    source: 'alur SBT BKN, 2024',
    doubt: UNREAD,
  },
  {
    title: 'BKN (SBT), kajian Bawaslu',
    within: '3 hari kerja',
    since: 'verifikasi satgas',
    source: 'alur SBT BKN, 2024',
    doubt: UNREAD,
  },
];

/** Said under every list of deadlines. */
export const DEADLINE_NOTES = [
  'Dihitung dari hari kiriman masuk; hari itu sendiri tidak dihitung. Hari kejadian ada di dalam isi: bila pelapor tahu lebih awal, batas melapor juga lebih awal.',
  'Ini informasi awal, bukan laporan: tenggat penanganan baru berjalan sesudah diregistrasi sebagai laporan atau temuan. Batas untuk registrasinya sendiri tidak pasti: ada di Perbawaslu yang naskahnya belum kami baca.',
  'Hari kerja dihitung Senin-Jumat; belum menghitung libur nasional. Dengan libur, tanggalnya lebih lambat.',
] as const;

/** Why a deadline is what it is: `7 hari kerja; UU 7/2017 (Pemilu) Ps 454 ayat (6)`, and what is not certain. */
export const groundsOf = ({
  days,
  counted,
  source,
  doubt,
}: Pick<Deadline, 'days' | 'counted' | 'source' | 'doubt'>): string =>
  withDoubt(`${days} ${DAYS[counted]}; ${source}`, doubt);

/** The same for one without a day: `2 hari sejak laporan resmi disampaikan; ...`. */
export const laterGroundsOf = ({ within, since, source, doubt }: LaterDeadline): string =>
  withDoubt(`${within} sejak ${since}; ${source}`, doubt);

const withDoubt = (grounds: string, doubt: string | undefined): string =>
  doubt === undefined ? grounds : `${grounds}; tidak pasti: ${doubt}`;

/** All deadlines of what came in on `day`, soonest first; of one day, the certain ones first. */
export function deadlinesOf(day: string, limits: readonly ReportLimit[]): Deadline[] {
  const reports = limits.map(({ title, days, counted, source, certain }) => ({
    title,
    days,
    counted,
    source,
    doubt: certain ? undefined : UNREAD,
    kind: 'report' as const,
  }));
  return [...reports, ...OFFICES]
    .map((limit) => ({ ...limit, until: (limit.counted === 'calendar' ? addDays : addWorkdays)(day, limit.days) }))
    .sort((a, b) =>
      a.until === b.until ? Number(a.doubt !== undefined) - Number(b.doubt !== undefined) : a.until < b.until ? -1 : 1,
    );
}

/** The next one from `today` on; undefined where all are past. */
export const nextDeadline = (deadlines: readonly Deadline[], today: string): Deadline | undefined =>
  deadlines.find(({ until }) => until >= today);
