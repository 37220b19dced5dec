import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Problem } from '../../src/knowledge/problem.ts';
import { logLive } from '../../src/operations/live-log.ts';
import type { Logger } from '../../src/operations/log.ts';
import { Metrics } from '../../src/operations/metrics.ts';

test('counters are shown in the text format of Prometheus, in a fixed order', () => {
  const metrics = new Metrics();
  metrics.count('messages_total', { outcome: 'dropped', channel: 'web' });
  metrics.count('messages_total', { outcome: 'answered', channel: 'telegram' });
  metrics.count('messages_total', { outcome: 'answered', channel: 'telegram' });
  metrics.count('starts_total');
  const lines = metrics.render().split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'tanya_netral_messages_total{outcome="answered",channel="telegram"} 2',
    'tanya_netral_messages_total{outcome="dropped",channel="web"} 1',
    'tanya_netral_starts_total 1',
  ]);
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[a-z_]+(?:\{(?:[a-z_]+="[^"]*",?)+\})? \d+$/);
  expect(lines.at(-1)).toBe('');
});

test('the log tells the training by quarters, reloads, and every problem of a refused edit', () => {
  const lines: Array<Record<string, unknown>> = [];
  const log: Logger = pino(
    {},
    { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const metrics = new Metrics();
  const tell = logLive(log, metrics);
  tell({ kind: 'learning' });
  for (let done = 0; done <= 100; done++) tell({ kind: 'training', done, of: 100 });
  tell({ kind: 'ready', rules: 3 });
  const problem: Problem = {
    file: 'rules/a.yaml',
    line: 7,
    column: 1,
    check: 'yaml',
    message: 'bad',
    repair: 'quote it',
  };
  tell({ kind: 'refused', problems: [problem, problem] });
  tell({ kind: 'reloaded', rules: 4 });
  expect(lines.slice(0, 5).map(({ percent }) => percent)).toEqual([0, 25, 50, 75, 100]);
  expect(lines.slice(5).map(({ msg }) => msg)).toEqual([
    'rule base ready',
    'the edited rule base is refused; the old one stays in use',
    'rules/a.yaml:7:1  yaml: bad (repair: quote it)',
    'rules/a.yaml:7:1  yaml: bad (repair: quote it)',
    'rule base reloaded',
  ]);
  expect(lines[6]).toMatchObject({ level: 50, problems: 2 });
  expect(metrics.render()).toContain('knowledge_total{event="refused"} 1');
});
