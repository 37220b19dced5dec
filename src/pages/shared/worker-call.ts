/** Calls across a worker's border, typed: `serve` in the worker, `WorkerClient` in the page. */

// biome-ignore lint/suspicious/noExplicitAny: arguments of any call; each is typed where it is made and where it is served
export type CallTable<T> = { readonly [N in keyof T]: (...args: any[]) => Promise<unknown> };

interface Question {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}
type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false };

/** In the worker: answers calls one after another. */
export function serve<T extends CallTable<T>>(calls: T): void {
  let last: Promise<void> = Promise.resolve();
  addEventListener('message', ({ data }: MessageEvent<Question>) => {
    last = last.then(async () => {
      let said: Answer;
      try {
        const call = calls[data.name as keyof T] as (...args: readonly unknown[]) => Promise<unknown>;
        said = { id: data.id, ok: true, value: await call(...data.args) };
      } catch {
        said = { id: data.id, ok: false };
      }
      postMessage(said);
    });
  });
}

/** The worker ended, or could not do it. */
export class WorkerError extends Error {
  override name = 'WorkerError';
  /** True where it was ended on purpose: asking again would start another one. */
  readonly ended: boolean;
  constructor(message: string, ended = false) {
    super(message);
    this.ended = ended;
  }
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: WorkerError) => void;
}

/** In the page. The worker starts with the first call. */
export class WorkerClient<T extends CallTable<T>> {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  call<N extends keyof T & string>(name: N, ...args: Parameters<T[N]>): Promise<Awaited<ReturnType<T[N]>>> {
    this.#worker ??= this.#started();
    this.#asked += 1;
    const question: Question = { id: this.#asked, name, args };
    return new Promise<never>((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      this.#worker?.postMessage(question);
    });
  }

  /** False where it has not begun, or was ended: what it held is gone. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  /** Ends the worker with all that it holds; what is under way fails. The next call starts another. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(new WorkerError('the worker has ended', true));
    this.#waiting.clear();
  }

  #started(): Worker {
    const worker = this.#start();
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.ok) waiting?.resolve(data.value as never);
      else waiting?.reject(new WorkerError('the worker could not do it'));
    });
    worker.addEventListener('error', () => this.close());
    return worker;
  }
}
