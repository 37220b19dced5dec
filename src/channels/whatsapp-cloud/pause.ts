import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './failure.ts';
import type { Timing } from './timing.ts';

/** Waits; ends early, without an error, where `signal` is or gets aborted. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/**
 * How long to wait after the `failures`-th failure in a row, in milliseconds. What Meta asked for is kept to, with a little more so that many waiters do
 * not come back at once; else exponential with "equal jitter" (half fixed, half random).
 */
export function pauseAfter(failure: Failure, failures: number, timing: Timing): number {
  const jitter = Math.random();
  if (failure.kind === 'transient' && failure.retryAfter !== undefined)
    return failure.retryAfter + (jitter * timing.firstPause) / 2;
  const first =
    failure.kind === 'transient' && failure.limit === 'person' ? timing.firstPersonPause : timing.firstPause;
  const most = Math.min(timing.longestPause, first * 2 ** Math.min(failures - 1, 16));
  return most / 2 + (jitter * most) / 2;
}
