import type { Logger } from './log.ts';
import { describeError } from './log.ts';

/** A stop that takes longer than this, in milliseconds, is given up: what is not confirmed is delivered again at the next start. */
const PATIENCE = 10_000;

/** Runs `stop` once at SIGINT or SIGTERM, then ends the process. A second signal ends it at once. */
export function onStop(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), PATIENCE).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: describeError(error) }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}
