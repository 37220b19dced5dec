import { problemLine } from '../knowledge/problem.ts';
import type { LiveEvent } from '../learning/live.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Problems of a refused edit that are told; `npm run check` tells all. */
const TOLD = 20;

/** Writes what happens to the rule base to the log: training by quarters, reloads, refused edits with a line for each problem. */
export function logLive(log: Logger, metrics: Metrics): (event: LiveEvent) => void {
  let quarter = -1;
  return (event) => {
    switch (event.kind) {
      case 'learning':
        quarter = 0;
        log.info({ percent: 0 }, 'learning the rule base');
        return;
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
        log.error({ problems: event.problems.length }, 'the edited rule base is refused; the old one stays in use');
        for (const problem of event.problems.slice(0, TOLD)) log.error(problemLine(problem));
        if (event.problems.length > TOLD) log.error('there are more; npm run check tells all');
        return;
      default:
        return event satisfies never;
    }
  };
}
