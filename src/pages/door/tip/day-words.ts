const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];

/** `2026-11-02` -> `2 November 2026`. */
export function asWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** Indonesian western time is seven hours before UTC. */
const WIB = 7 * 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** Today in Indonesian western time, `YYYY-MM-DD`: never finer. */
export const today = (now = Date.now()): string => new Date(now + WIB).toISOString().slice(0, 10);

/** Days from `day` until today. */
export const daysSince = (day: string): number => Math.round((Date.parse(today()) - Date.parse(day)) / DAY);
