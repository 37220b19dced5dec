/** Names that hold for a day: the same within it, found the day after, and then nobody can make them again. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DayKeys } from '../../src/reports/day-keys.ts';
import { addDays, dayOf, secondOf } from '../../src/reports/days.ts';
import { Retention } from '../../src/reports/retention.ts';
import { ServerKey } from '../../src/store/keys.ts';
import { DATABASES } from '../support/databases.ts';
import { DAY, HOUR, MORNING } from './world.ts';

const key = new ServerKey(randomBytes(32));

test('days begin at midnight in western Indonesia', () => {
  expect(dayOf(Date.UTC(2026, 10, 21, 16, 59, 59, 999))).toBe('2026-11-21');
  expect(dayOf(Date.UTC(2026, 10, 21, 17))).toBe('2026-11-22');
  expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1), addDays('2026-11-21', -90)]).toEqual([
    '2027-01-01',
    '2028-02-29',
    '2026-08-23',
  ]);
  expect(secondOf(Date.UTC(2026, 10, 21, 3, 4, 5, 678))).toBe('2026-11-21T03:04:05Z');
});

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('the name of a chat is the same all day and after a restart, and another one on the next day', async () => {
    const { open } = await fresh();
    const database = await open();
    let now = MORNING;
    const keys = new DayKeys(database, key, () => now);
    const today = (await keys.today()).name('chat', 'a');
    expect(today).toMatch(/^[\w-]{43}$/);
    const names = new Set([
      today,
      (await keys.today()).name('chat', 'b'),
      (await keys.today()).name('part', 'a'),
      (await keys.today()).name('chat', 'a\u0000'),
    ]);
    expect(names.size).toBe(4);
    const restarted = new DayKeys(await open(), key, () => now);
    expect((await restarted.today()).name('chat', 'a')).toBe(today);
    expect(await restarted.recent()).toHaveLength(1);
    now += 14 * HOUR;
    expect((await keys.today()).name('chat', 'a')).not.toBe(today);
    expect((await keys.recent()).map((one) => one.name('chat', 'a'))).toEqual([
      (await keys.today()).name('chat', 'a'),
      today,
    ]);
    now += DAY;
    expect((await keys.recent()).map((one) => one.name('chat', 'a'))).not.toContain(today);
  });

  test('of two processes that begin a day at once, both have the same key', async () => {
    const { open } = await fresh();
    const databases = [await open(), await open(), await open()];
    const names = await Promise.all(
      databases.map(async (database) => (await new DayKeys(database, key, () => MORNING).today()).name('chat', 'a')),
    );
    expect(new Set(names).size).toBe(1);
  });

  test('is destroyed after the next day, and nothing of it is left', async () => {
    const { open, stored } = await fresh();
    const database = await open();
    let now = MORNING;
    const keys = new DayKeys(database, key, () => now);
    const retention = new Retention({ database, now: () => now, keeping: { retentionDays: 90, openDays: 730 } });
    await keys.today();
    const [row] = await database.selectFrom('day_keys').select('wrapped').execute();
    const wrapped = Buffer.from(row?.wrapped ?? new Uint8Array());
    expect(wrapped.length).toBeGreaterThan(40);
    now += DAY;
    await retention.run();
    expect((await stored()).includes(wrapped)).toBe(true);
    expect(await keys.recent()).toHaveLength(2);
    now += DAY;
    await retention.run();
    expect((await stored()).includes(wrapped)).toBe(false);
    expect((await stored()).includes(wrapped.subarray(12, 30))).toBe(false);
  });

  test('that was sealed with a lost server key is made anew', async () => {
    const { open } = await fresh();
    const database = await open();
    await new DayKeys(database, new ServerKey(randomBytes(32)), () => MORNING).today();
    const keys = new DayKeys(database, key, () => MORNING);
    const name = (await keys.today()).name('chat', 'a');
    expect((await new DayKeys(database, key, () => MORNING).today()).name('chat', 'a')).toBe(name);
  });
});
