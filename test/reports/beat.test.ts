import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { onBeat } from '../../src/reports/beat.ts';

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work().catch(() => {});
  return performance.now() - started;
};

test('what is done at once waits for the beat, and what takes longer than one for the next', async () => {
  expect(await elapsed(() => onBeat(60, async () => 1))).toBeGreaterThanOrEqual(60);
  expect(await elapsed(() => onBeat(60, () => sleep(80)))).toBeGreaterThanOrEqual(120);
});

test('what fails comes on the beat too, and as it failed', async () => {
  const fail = () => Promise.reject(new Error('no room'));
  expect(await elapsed(() => onBeat(60, fail))).toBeGreaterThanOrEqual(60);
  await expect(onBeat(1, fail)).rejects.toThrow('no room');
});
