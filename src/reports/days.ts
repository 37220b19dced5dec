/** Days in Indonesian western time (UTC+7, no summer time), `YYYY-MM-DD`: the finest time that reports are kept with. */

const WIB = 7 * 60 * 60 * 1000;
const DAY = 24 * 60 * 60 * 1000;

/** @param now milliseconds since 1970 */
export const dayOf = (now: number): string => new Date(now + WIB).toISOString().slice(0, 10);

/** So many days later, or earlier where `days` is negative. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Of officers' acts: to the second, UTC. */
export const secondOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19)}Z`;
