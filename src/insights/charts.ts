/** Counts for the charts: in steps of days, weeks or months, with small ones hidden. */
import { addDays } from '../reports/days.ts';
import type { Database } from '../store/database.ts';
import { type DailyCount, dailyCounts, tipCounts } from '../store/insights/insights.ts';
import type { CountKind } from '../store/insights/tables.ts';

/** 1 to 4 are `few`, so that nobody can be picked out. */
export type Count = number | 'few';
const FEW_BELOW = 5;
export const hidden = (count: number): Count => (count > 0 && count < FEW_BELOW ? 'few' : count);

export const OUTCOMES = ['answered', 'offered', 'unknown', 'out-of-scope'] as const;
export const AGES = ['0-7', '8-30', '31-90', '91+'] as const;
const STATUSES = ['new', 'reading', 'asking', 'handed-on', 'closed'] as const;

/** What one step of a series covers. */
export type Step = 'day' | 'week' | 'month';

export interface Charts {
  readonly step: Step;
  /** First day of every step. */
  readonly days: readonly string[];
  readonly topics: ReadonlyArray<{ readonly id: string; readonly counts: readonly Count[] }>;
  readonly outcomes: ReadonlyArray<{ readonly outcome: (typeof OUTCOMES)[number]; readonly counts: readonly Count[] }>;
  readonly verdicts: ReadonlyArray<{ readonly verdict: string; readonly count: Count }>;
  readonly tips: ReadonlyArray<{
    readonly status: (typeof STATUSES)[number];
    readonly age: (typeof AGES)[number];
    readonly count: Count;
  }>;
}

/** Longest spans, in days, that are shown by day and by week. */
const BY_DAY = 31;
const BY_WEEK = 190;

const daysBetween = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / 86_400_000;

/** First day of the step that a day lies in; weeks begin on Monday. */
export function stepOf(day: string, step: Step): string {
  if (step === 'day') return day;
  if (step === 'month') return `${day.slice(0, 7)}-01`;
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** Every step from one day to another. */
export function stepsBetween(from: string, until: string): { readonly step: Step; readonly days: string[] } {
  const span = daysBetween(from, until);
  const step: Step = span < BY_DAY ? 'day' : span < BY_WEEK ? 'week' : 'month';
  const days: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    const first = stepOf(day, step);
    if (days.at(-1) !== first) days.push(first);
  }
  return { step, days };
}

export async function charts(db: Database, from: string, until: string, today: string): Promise<Charts> {
  const { step, days } = stepsBetween(from, until);
  const rows = await dailyCounts(db, from, until);
  const series = (kind: CountKind, key: string): Count[] => {
    const sums = new Map<string, number>();
    for (const row of rows) {
      if (row.kind !== kind || row.key !== key) continue;
      const at = stepOf(row.day, step);
      sums.set(at, (sums.get(at) ?? 0) + row.count);
    }
    return days.map((day) => hidden(sums.get(day) ?? 0));
  };
  const topics = keysOf(rows, 'topic');
  return {
    step,
    days,
    topics: topics.map((id) => ({ id, counts: series('topic', id) })),
    outcomes: OUTCOMES.map((outcome) => ({ outcome, counts: series('outcome', outcome) })),
    verdicts: keysOf(rows, 'verdict').map((verdict) => ({
      verdict,
      count: hidden(sumOf(rows.filter(({ kind, key }) => kind === 'verdict' && key === verdict))),
    })),
    tips: await tips(db, today),
  };
}

const keysOf = (rows: readonly DailyCount[], kind: CountKind): string[] =>
  [...new Set(rows.flatMap((row) => (row.kind === kind ? [row.key] : [])))].sort();
const sumOf = (rows: ReadonlyArray<{ readonly count: number }>): number =>
  rows.reduce((sum, { count }) => sum + count, 0);

async function tips(db: Database, today: string): Promise<Charts['tips']> {
  const rows = await tipCounts(db);
  return STATUSES.flatMap((status) =>
    AGES.map((age) => ({
      status,
      age,
      count: hidden(sumOf(rows.filter((row) => row.status === status && ageOf(row.day, today) === age))),
    })),
  );
}

function ageOf(day: string, today: string): (typeof AGES)[number] {
  const age = daysBetween(day, today);
  if (age <= 7) return '0-7';
  if (age <= 30) return '8-30';
  return age <= 90 ? '31-90' : '91+';
}
