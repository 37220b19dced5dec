/** What was left in the inbox: by a process that is no more, or because it could not be sent at the time. */
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { CloudInbox } from '../../store/cloud-inbox.ts';
import { type Job, jobOf } from './job.ts';
import type { Worker } from './worker.ts';

const BATCH = 20;
/** Messages begun at a time: fewer than one chat may have waiting, so that none of them is told to slow down. */
const MOST = 40;

export interface BacklogOptions {
  readonly inbox: CloudInbox;
  readonly worker: Worker;
  readonly stopping: AbortSignal;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export class Backlog {
  readonly #options: BacklogOptions;
  /** What comes while the leftovers of the last process are begun: it waits until they are, so that each chat keeps its order. */
  #held: Job[] | undefined = [];
  #sweeping: Promise<void> | undefined;

  constructor(options: BacklogOptions) {
    this.#options = options;
  }

  /** A new message, which is in the inbox. */
  add(job: Job): void {
    if (this.#held) this.#held.push(job);
    else this.#options.worker.take(job);
  }

  /** Takes up everything that is left, then what has come meanwhile. Never rejects. */
  async open(): Promise<void> {
    await this.sweep();
    const held = this.#held ?? [];
    this.#held = undefined;
    if (!this.#options.stopping.aborted) for (const job of held) this.#options.worker.take(job);
  }

  /** Resolves when nothing is being taken up. */
  async idle(): Promise<void> {
    await this.#sweeping;
  }

  /** Takes up everything that is left and not under way. One at a time; never rejects. */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) =>
        this.#options.log.error({ error: describeError(error) }, 'what is left of WhatsApp could not be read'),
      )
      .finally(() => {
        this.#sweeping = undefined;
      });
    return this.#sweeping;
  }

  async #sweep(): Promise<void> {
    const { inbox, worker, stopping, log, metrics } = this.#options;
    for (let place = 0; ; ) {
      const rows = await inbox.after(place, BATCH);
      for (const row of rows) {
        await worker.below(MOST);
        if (stopping.aborted) return;
        const job = jobOf(row);
        if (job) worker.take(job);
        else {
          metrics.count('whatsapp_cloud_unreadable_total');
          log.error(
            {},
            'a stored message cannot be read: it was sealed with another server.key or inbox.key; it is dropped',
          );
          await inbox.remove(row.id);
        }
      }
      if (rows.length < BATCH) return;
      place = rows.at(-1)?.place ?? place;
    }
  }
}
