import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait after the `failures`-th failure in a row, in milliseconds: doubling, half of it by chance, so that many do not come back at once. */
export function backoff(failures: number, first: number, longest: number): number {
  const most = Math.min(longest, first * 2 ** Math.min(failures - 1, 20));
  return most / 2 + (Math.random() * most) / 2;
}

/** Waits; ends early, without an error, where `signal` is or gets aborted. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {});
}
