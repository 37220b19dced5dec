/** The page's side of the worker that holds the private key. */
import { WorkerClient } from '../../shared/worker-call.ts';
import type { Calls } from './calls.ts';

export const keys = new WorkerClient<Calls>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
);
