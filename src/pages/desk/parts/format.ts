/** Numbers and dates as Indonesians write them. */

const DAY = new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Jakarta' });
const NUMBER = new Intl.NumberFormat('id-ID');

/** @param day `YYYY-MM-DD` */
export const showDay = (day: string): string => DAY.format(new Date(`${day}T00:00:00Z`));

/** @param time milliseconds since 1970 */
export const showMoment = (time: number): string => `${MOMENT.format(new Date(time))} WIB`;

export const showNumber = (count: number): string => NUMBER.format(count);

/** A day, or a moment in UTC to the second, as the audit chain has them. */
export const showAuditTime = (at: string): string => (at.includes('T') ? showMoment(Date.parse(at)) : showDay(at));
