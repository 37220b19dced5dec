/** One message from beginning to end: answer it, send the answer, and forget it. */
import type { Message } from '../../conversation/message.ts';
import type { Dialogue, Outcome } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { CloudInbox } from '../../store/cloud-inbox.ts';
import { chatAddress } from '../../store/keys.ts';
import { fileAt } from './attachment.ts';
import type { Attention } from './attention.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { classify } from './failure.ts';
import type { GraphApi } from './graph-api.ts';
import { type Inbound, WINDOW } from './inbound.ts';
import type { Job } from './job.ts';
import { Held, type Sent } from './outbox.ts';
import { rest } from './pause.ts';
import type { Waiting } from './waiting.ts';

/** What became of a message. All but `kept` are done with; that one stays in the inbox for later. */
type Result = Exclude<Outcome, 'answered'> | 'answered' | Exclude<Sent, 'sent'> | 'late' | 'kept';

/** How often a message is tried where the fault is our own, such as storage that is locked. */
const TRIES = 3;

export interface WorkerOptions extends DeliveryOptions {
  readonly api: GraphApi;
  readonly dialogue: Dialogue;
  readonly inbox: CloudInbox;
  readonly attention: Attention;
  readonly waiting: Waiting;
  readonly phoneId: string;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export class Worker {
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: WorkerOptions) {
    this.#options = options;
  }

  /** Messages that are being answered. */
  get busy(): number {
    return this.#running.size;
  }

  /** Begins a message, unless it is begun already. Never throws; messages of one person are answered in the order of the calls. */
  take(job: Job): void {
    if (this.#running.has(job.row)) return;
    this.#options.waiting.add(job.row, job.inbound.person);
    this.#running.set(
      job.row,
      this.#handle(job).finally(() => this.#running.delete(job.row)),
    );
  }

  /** Resolves when fewer than `count` messages are being answered. */
  async below(count: number): Promise<void> {
    while (this.#running.size >= count) await Promise.race(this.#running.values());
  }

  // no `await` before the dialogue is reached: messages of one chat must enter its lane in their order
  async #handle(job: Job): Promise<void> {
    const { inbox, log, metrics, waiting } = this.#options;
    const result = await this.#answer(job);
    metrics.count('whatsapp_cloud_messages_total', { result });
    if (result === 'kept') return;
    try {
      await inbox.remove(job.row);
      waiting.done(job.row);
    } catch (error) {
      // the dialogue remembers that it is answered, and the next sweep removes it
      log.error({ error: describeError(error) }, 'an answered message could not be removed');
    }
  }

  async #answer(job: Job): Promise<Result> {
    const { log, stopping, timing } = this.#options;
    const delivery = new Delivery(this.#options, job);
    for (let tries = 1; ; tries++) {
      if (Date.now() - job.inbound.at > WINDOW) return 'late';
      if (this.#options.outbox.halted) return 'kept';
      try {
        return await this.#converse(job, delivery);
      } catch (error) {
        const held = error instanceof Held;
        if (!held) log.warn({ error: describeError(error), tries }, 'a message was not answered');
        if (held || classify(error).kind !== 'internal' || tries >= TRIES || stopping.aborted) return 'kept';
        await rest(timing.firstPause * tries, stopping);
      }
    }
  }

  async #converse({ inbound }: Job, delivery: Delivery): Promise<Result> {
    const { dialogue, attention, phoneId } = this.#options;
    const shown = attention.give(inbound.id);
    let sent: Sent = 'sent';
    try {
      const outcome = await dialogue.receive(
        {
          channel: 'whatsapp-cloud',
          chat: chatAddress(inbound.person),
          update: `${phoneId}:${inbound.id}`,
          private: true,
          message: this.#whole(inbound),
        },
        async (replies) => {
          await shown.beforeAnswer();
          sent = await delivery.send(replies);
        },
      );
      return sent === 'sent' ? outcome : sent;
    } finally {
      shown.end();
    }
  }

  /** The message with its file, which is not fetched yet. */
  #whole({ message, file }: Inbound): Message {
    if (message.kind !== 'unsupported' || file === undefined) return message;
    return { ...message, file: fileAt(this.#options.api, file) };
  }
}
