import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { onBeat } from '../../src/reports/beat.ts';

/** Timers count from the beginning of the turn of the event loop, and may so come a little early. In milliseconds. */
const EARLY = 8;

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work().catch(() => {});
  return performance.now() - started;
};

test('what is done at once waits for the beat, and what takes longer than one for the next', async () => {
  expect(await elapsed(() => onBeat(60, async () => 1))).toBeGreaterThan(60 - EARLY);
  expect(await elapsed(() => onBeat(60, () => sleep(80)))).toBeGreaterThan(120 - EARLY);
});

test('what fails comes on the beat too, and as it failed', async () => {
  const fail = () => Promise.reject(new Error('no room'));
  expect(await elapsed(() => onBeat(60, fail))).toBeGreaterThan(60 - EARLY);
  await expect(onBeat(1, fail)).rejects.toThrow('no room');
});
