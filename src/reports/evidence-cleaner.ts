/**
 * Pictures are decoded in a process of their own. Decoders are written in C and read what strangers send: one that breaks, or takes
 * all memory, takes no question, no key and no other chat with it. The process gets the picture and nothing of the environment, and ends
 * when it is idle, with all memory that it took.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CleanedPicture } from './evidence-picture.ts';
import type { PictureAnswer, PictureTask } from './evidence-process.ts';
import type { PictureFormat } from './evidence-type.ts';

export interface CleanerOptions {
  /** Tests put others in its place. */
  readonly program?: URL;
  /** Milliseconds after which a picture is given up. */
  readonly patience?: number;
  /** Milliseconds without a picture after which the process ends. */
  readonly idle?: number;
}

/** What is set for the process: nothing secret, and that it keeps no memory that it has freed. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: '1' };

export class PictureCleaner {
  readonly #program: URL;
  readonly #patience: number;
  readonly #idle: number;
  #child: ChildProcess | undefined;
  #ending: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ program, patience = 60_000, idle = 10_000 }: CleanerOptions = {}) {
    this.#program = program ?? new URL('evidence-process.ts', import.meta.url);
    this.#patience = patience;
    this.#idle = idle;
  }

  /** The picture anew, after those that were sent before. Never throws; `unreadable` also where the process broke on it. */
  clean(bytes: Uint8Array, format: PictureFormat): Promise<CleanedPicture> {
    const cleaned = this.#last.then(() => this.#ask({ bytes, format }));
    this.#last = cleaned;
    return cleaned;
  }

  async #ask(task: PictureTask): Promise<PictureAnswer> {
    clearTimeout(this.#ending);
    const child = this.#running();
    const giveUp = setTimeout(() => child.kill('SIGKILL'), this.#patience);
    const over = new AbortController();
    const { signal } = over;
    try {
      const answered = once(child, 'message', { signal });
      const ended = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('it ended')));
      child.send(task, (error) => error && over.abort());
      const [answer] = await Promise.race([answered, ended]);
      return answer as PictureAnswer;
    } catch {
      this.#child = undefined;
      return 'unreadable';
    } finally {
      clearTimeout(giveUp);
      over.abort();
      this.#rest(child);
    }
  }

  #running(): ChildProcess {
    const isAlive = this.#child?.connected && this.#child.exitCode === null && this.#child.signalCode === null;
    if (!this.#child || !isAlive) {
      this.#child = fork(this.#program, {
        serialization: 'advanced',
        execArgv: [],
        env: ENVIRONMENT,
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      this.#child.on('error', () => {}); // told to whoever waits for a picture
    }
    this.#child.ref();
    this.#child.channel?.ref();
    return this.#child;
  }

  /** Keeps nobody from ending meanwhile. */
  #rest(child: ChildProcess): void {
    child.unref();
    child.channel?.unref();
    this.#ending = setTimeout(() => child.connected && child.disconnect(), this.#idle).unref();
  }
}
