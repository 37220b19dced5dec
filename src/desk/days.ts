/** Counting days, which are `YYYY-MM-DD`. */
import { addDays } from '../reports/days.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Monday to Friday; public holidays are not known here. */
export const isWorkday = (day: string): boolean => ![0, 6].includes(new Date(Date.parse(day)).getUTCDay());

/** The n-th working day after `day`. */
export function addWorkdays(day: string, days: number): string {
  let at = day;
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkday(at)) left--;
  }
  return at;
}

/** Days from one to another; negative where it is past. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

const MONTHS = 'Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des'.split(' ');
const WEEKDAYS = 'Min Sen Sel Rab Kam Jum Sab'.split(' ');

/** `Sen 30 Nov 2026`; the text itself where it is no day. */
export function sayDay(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  if (year === undefined) return day;
  return `${WEEKDAYS[new Date(Date.parse(day)).getUTCDay()]} ${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/** `30 Nov`. */
export const sayShortDay = (day: string): string => sayDay(day).split(' ').slice(1, 3).join(' ');
