import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `ready` gives something other than undefined or false. The test's own time limit ends it where that never comes. */
export async function until<T>(ready: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const value = await ready();
    if (value !== undefined && value !== false) return value as T;
    await sleep(20);
  }
}
