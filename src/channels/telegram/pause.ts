import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './failure.ts';
import type { Timing } from './timing.ts';

/** Waits; rejects at once where `signal` is or gets aborted. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal });

/**
 * How long to wait after the `failures`-th failure in a row, in milliseconds. What Telegram asked for is kept to, with a little more so that many
 * waiters do not come back at once; else exponential with "equal jitter" (half fixed, half random).
 */
export function pauseAfter(failure: Failure, failures: number, timing: Timing): number {
  if (failure.kind === 'transient' && failure.retryAfter !== undefined)
    return failure.retryAfter + Math.random() * timing.firstPause * 0.5;
  const most = Math.min(timing.longestPause, timing.firstPause * 2 ** Math.min(failures - 1, 16));
  return most / 2 + (Math.random() * most) / 2;
}
