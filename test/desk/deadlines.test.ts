/** Deadlines, checked against a calendar by hand. */
import { describe, expect, test } from 'vitest';
import { reportLimits } from '../../src/cli/desk/limits.ts';
import { addWorkdays, daysBetween, sayDay } from '../../src/desk/days.ts';
import { deadlinesOf, groundsOf, LATER_DEADLINES, laterGroundsOf, nextDeadline } from '../../src/desk/deadlines.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';

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
    ['2026-11-30', 7, 'calendar', 'finding'],
    ['2026-11-30', 7, 'calendar', 'finding'],
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

test('every article stands in the rule base; what nobody has read there, or the text leaves open, is marked', () => {
  const { regulations } = loadKnowledge();
  const certainty = new Map<string, string>(
    [...regulations.values()].flatMap(({ short, articles }) =>
      Object.entries(articles).map(([at, article]) => [`${short} ${at}`, article.certainty] as const),
    ),
  );
  const articles = ({ source }: { source: string }) =>
    source.split('; ').filter((cited) => cited !== 'alur SBT BKN, 2024');
  const all = [...deadlinesOf('2026-11-23', reportLimits()), ...LATER_DEADLINES];
  expect(all.flatMap(articles).filter((cited) => !certainty.has(cited))).toEqual([]);
  for (const { title, source, doubt } of all)
    if (articles({ source }).length === 0 || articles({ source }).some((cited) => certainty.get(cited) !== 'confirmed'))
      expect(doubt, title).toBeDefined();
  expect(all.filter(({ doubt }) => doubt === undefined).map(({ title }) => title)).toEqual([
    'Pilkada, tindak lanjut',
    'Pilkada, dengan keterangan tambahan pelapor',
    'Laporan pelanggaran Pilkada',
    'Laporan pelanggaran Pemilu',
    'Pemilu, dengan keterangan tambahan',
  ]);
});

test('what is not certain is said where the deadline is said', () => {
  const found = deadlinesOf('2026-11-23', reportLimits());
  const [reported] = found.filter(({ source }) => source.endsWith('Ps 454 ayat (6)'));
  expect(reported && groundsOf(reported)).toBe('7 hari kerja; UU 7/2017 (Pemilu) Ps 454 ayat (6)');
  const [finding] = found.filter(({ source }) => source.endsWith('Ps 454 ayat (5)'));
  expect(finding && groundsOf(finding)).toBe(
    '7 hari kalender; UU 7/2017 (Pemilu) Ps 454 ayat (5); tidak pasti: bunyinya "hari"; bila hari kerja, lebih lama',
  );
  const [unread] = deadlinesOf(
    '2026-11-23',
    reportLimits()
      .slice(0, 1)
      .map((limit) => ({ ...limit, certain: false })),
  )
    .filter(({ kind }) => kind === 'report')
    .map(groundsOf);
  expect(unread).toContain('tidak pasti: ');
  for (const later of LATER_DEADLINES) expect(laterGroundsOf(later)).toContain(` sejak ${later.since}; `);
});
