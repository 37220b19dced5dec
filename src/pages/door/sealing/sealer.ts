/** The page's side of the worker. It is started with the first call, so that a visitor who only reads loads nothing of it. */
import { workerStarter } from '../../shared/start-worker.ts';
import type { Answer, Calls, Name, Question } from './calls.ts';
import url from './worker.ts?worker&url';

const startWorker = workerStarter(url);

/** The worker could not be loaded, or failed. */
export class SealerError extends Error {
  override name = 'SealerError';
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: SealerError) => void;
}

class Sealer {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  /** Loads the worker. */
  start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = startWorker();
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#answered(data));
    worker.addEventListener('error', () => this.close());
    this.#worker = worker;
    return worker;
  }

  call<N extends Name>(name: N, ...args: Parameters<Calls[N]>): Promise<Awaited<ReturnType<Calls[N]>>> {
    const worker = this.start();
    this.#asked += 1;
    const question: Question = { id: this.#asked, name, args };
    return new Promise<never>((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      worker.postMessage(question);
    });
  }

  /** Ends the worker with all that it holds; what is under way fails. The next call starts another. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new SealerError('the worker has ended'));
    this.#waiting.clear();
  }

  #answered(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.value as never);
    else waiting?.reject(new SealerError('the worker could not do it'));
  }
}

export const sealer = new Sealer();
