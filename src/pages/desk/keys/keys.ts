/** The page's side of the worker that holds the private key. */
import { workerStarter } from '../../shared/start-worker.ts';
import { WorkerClient } from '../../shared/worker-call.ts';
import type { Calls } from './calls.ts';
import url from './worker.ts?worker&url';

export const keys = new WorkerClient<Calls>(workerStarter(url));
