/** One thread of the training: trains every n-th class into shared memory and says so after each. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ClassTask, trainClasses } from '../matching/train.ts';

const { task, from, step } = workerData as { task: ClassTask; from: number; step: number };
trainClasses(task, from, step, () => parentPort?.postMessage('class'));
