/** Deadlines, checked against a calendar by hand. */
import { describe, expect, test } from 'vitest';
import { reportLimits } from '../../src/cli/desk/limits.ts';
import { addWorkdays, daysBetween, sayDay } from '../../src/desk/days.ts';
import { deadlinesOf, nextDeadline } from '../../src/desk/deadlines.ts';

describe('working days', () => {
  test.each([
    // 21 November 2026 is a Saturday
    ['2026-11-20', 1, '2026-11-23'],
    ['2026-11-21', 1, '2026-11-23'],
    ['2026-11-21', 7, '2026-12-01'],
    ['2026-11-23', 7, '2026-12-02'],
    ['2026-11-23', 14, '2026-12-11'],
    ['2028-02-28', 2, '2028-03-01'],
  ])('%s and %i working days: %s', (day, days, until) => {
    expect(addWorkdays(day, days)).toBe(until);
  });
});

test('days are said in Indonesian', () => {
  expect(sayDay('2026-11-21')).toBe('Sab 21 Nov 2026');
  expect(sayDay('2028-02-29')).toBe('Sel 29 Feb 2028');
  expect(sayDay('kemarin')).toBe('kemarin');
});

test('a tip of a Monday: every limit with its article, soonest first', () => {
  const found = deadlinesOf('2026-11-23', reportLimits());
  expect(found.map(({ until, days, counted, kind }) => [until, days, counted, kind])).toEqual([
    ['2026-11-26', 3, 'calendar', 'handling'],
    ['2026-11-28', 5, 'calendar', 'handling'],
    ['2026-11-30', 7, 'calendar', 'report'],
    ['2026-12-02', 7, 'working', 'report'],
    ['2026-12-02', 7, 'working', 'handling'],
    ['2026-12-11', 14, 'working', 'handling'],
  ]);
  expect(found.find(({ kind, counted }) => kind === 'report' && counted === 'working')?.source).toContain(
    'Ps 454 ayat (6)',
  );
  expect(found.find(({ kind, counted }) => kind === 'report' && counted === 'calendar')?.source).toContain('Ps 134');
});

test('the next one is today at the earliest; after the last there is none', () => {
  const found = deadlinesOf('2026-11-23', reportLimits());
  expect(nextDeadline(found, '2026-11-26')?.until).toBe('2026-11-26');
  expect(nextDeadline(found, '2026-11-27')?.until).toBe('2026-11-28');
  expect(nextDeadline(found, '2026-12-12')).toBeUndefined();
  expect(daysBetween('2026-11-27', '2026-11-28')).toBe(1);
});
