import { isSecret, type Reply, reply } from '../../conversation/message.ts';
import type { CloudInbox } from '../../store/cloud-inbox.ts';
import { classify } from './failure.ts';
import { addressed } from './inbound.ts';
import type { Job } from './job.ts';
import type { Outbox, Sent } from './outbox.ts';
import { type Receipts, tokenOf } from './receipts.ts';
import { type Content, render } from './render.ts';
import type { Timing } from './timing.ts';

export interface DeliveryOptions {
  readonly outbox: Outbox;
  readonly inbox: CloudInbox;
  readonly receipts: Receipts;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
  /** What is said where WhatsApp refuses the answer. */
  readonly apology: () => string;
}

/**
 * Brings the answer to one message to its person. How far it has come is noted in the inbox: after a crash it goes on where it was, and asks WhatsApp's
 * reports whether the message that was on its way went out.
 *
 * A secret answer is another one each time (a second receipt for the same report), and its messages belong together: it is sent from the beginning.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #job: Job;
  /** Messages that are out. */
  #sent: number;
  /** The message after them was begun by a process that is no more. */
  #inDoubt: boolean;
  /** The messages of the secret answer that is being sent. */
  #secret: string | undefined;

  constructor(options: DeliveryOptions, job: Job) {
    this.#options = options;
    this.#job = job;
    this.#sent = Math.max(job.confirmed, job.begun - 1);
    this.#inDoubt = job.begun > this.#sent;
  }

  /** Sends what has not been sent. Rejects where sending failed for now; what it has sent by then is not sent twice. */
  async send(replies: readonly Reply[]): Promise<Sent> {
    const messages = render(replies);
    if (isSecret(replies)) this.#secretIs(JSON.stringify(messages));
    for (const [part, content] of messages.entries()) {
      if (part < this.#sent) continue;
      if (!(await this.#wasTaken(part))) {
        const sent = await this.#sendPart(part, content);
        if (sent === 'refused') await this.#apologise(part);
        if (sent !== 'sent') return sent;
      }
      this.#sent = part + 1;
    }
    return 'sent';
  }

  /** Starts over where it is another one than before. */
  #secretIs(messages: string): void {
    if (messages === this.#secret) return;
    this.#secret = messages;
    this.#sent = 0;
    this.#inDoubt = false;
  }

  async #wasTaken(part: number): Promise<boolean> {
    if (!this.#inDoubt) return false;
    this.#inDoubt = false;
    const { receipts, timing, stopping } = this.#options;
    return receipts.wait(tokenOf(this.#job.row, part), timing.doubtAfterRestart, stopping);
  }

  async #sendPart(part: number, content: Content): Promise<Sent> {
    const { inbox, outbox } = this.#options;
    const { row, inbound } = this.#job;
    try {
      return await outbox.send({
        token: tokenOf(row, part),
        payload: { ...addressed(inbound.person), ...content },
        begin: () => inbox.begin(row, part + 1),
      });
    } catch (error) {
      // where it was certainly not sent, the next try need not ask
      if (classify(error).kind !== 'in-doubt') await inbox.begin(row, part).catch(() => {});
      throw error;
    }
  }

  /** Says once that there is no answer, so that nobody waits for it; where that is refused too, nothing is left to try. */
  async #apologise(part: number): Promise<void> {
    const [content] = render([reply(this.#options.apology())]);
    if (content) await this.#sendPart(part, content).catch(() => {});
  }
}
