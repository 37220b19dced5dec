import { formatProblem } from '../knowledge/problem.ts';
import type { LiveEvent } from '../learning/live.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Writes what happens to the rule base to the log: training by quarters, reloads, refused edits with every problem. */
export function logLive(log: Logger, metrics: Metrics): (event: LiveEvent) => void {
  let quarter = -1;
  return (event) => {
    switch (event.kind) {
      case 'training': {
        const now = Math.floor((4 * event.done) / event.of);
        if (now !== quarter) log.info({ percent: now * 25 }, 'learning the rule base');
        quarter = now;
        return;
      }
      case 'ready':
      case 'reloaded':
        quarter = -1;
        metrics.count('knowledge_total', { event: event.kind });
        log.info({ rules: event.rules }, event.kind === 'ready' ? 'rule base ready' : 'rule base reloaded');
        return;
      case 'refused':
        quarter = -1;
        metrics.count('knowledge_total', { event: 'refused' });
        log.error(
          { problems: event.problems.map(formatProblem) },
          'the edited rule base is refused; the old one stays in use',
        );
        return;
      default:
        return event satisfies never;
    }
  };
}
