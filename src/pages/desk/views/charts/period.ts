/** The time that the charts show. */

export interface Period {
  readonly from: string;
  readonly until: string;
}

export const SPANS: ReadonlyArray<readonly [days: number, title: string]> = [
  [30, '30 hari terakhir'],
  [90, '3 bulan terakhir'],
  [180, '6 bulan terakhir'],
  [365, '12 bulan terakhir'],
];

const WIB = 7 * 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;
const dayOf = (time: number): string => new Date(time + WIB).toISOString().slice(0, 10);

/** So many days that end today, in Indonesian western time. */
export const lastDays = (days: number, now: number): Period => ({
  from: dayOf(now - (days - 1) * DAY),
  until: dayOf(now),
});

const DAY_NAME = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const MONTH_NAME = new Intl.DateTimeFormat('id-ID', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** `22 Nov`, `minggu 16 Nov`, `Nov 2026`. */
export function showStep(day: string, step: 'day' | 'week' | 'month'): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (step === 'month') return MONTH_NAME.format(date);
  return step === 'week' ? `minggu ${DAY_NAME.format(date)}` : DAY_NAME.format(date);
}
