/** Answers that come on a beat, so that how long the work took cannot be told from when they come. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does the work and waits for the next whole beat since its beginning, whether the work went well or not. Two kinds of work that both
 * take less than a beat end at the same time.
 *
 * @param beat in milliseconds
 */
export async function onBeat<Result>(beat: number, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    // rounded up: timers count whole milliseconds, and would come before the beat
    await sleep(Math.ceil(beat - ((performance.now() - started) % beat)));
  }
}
