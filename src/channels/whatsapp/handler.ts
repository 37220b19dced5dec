/** From the inbox to the answer: oldest first, one message of a chat at a time, chats beside each other. */
import { type Message, reply } from '../../conversation/message.ts';
import { say } from '../../conversation/services.ts';
import type { Dialogue } from '../../dialogue/dialogue.ts';
import { Lanes } from '../../dialogue/lanes.ts';
import type { Brain } from '../../learning/brain.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { chatAddress } from '../../store/keys.ts';
import type { InboxRow } from '../../store/whatsapp-inbox.ts';
import type { WhatsAppPeople } from '../../store/whatsapp-people.ts';
import { fileAt } from './attachment.ts';
import { backoff, rest } from './backoff.ts';
import { NoConnection } from './connection.ts';
import { Delivery, type DeliveryOptions } from './delivery.ts';
import { type Inbound, parseInbound } from './inbound.ts';
import type { Timing } from './timing.ts';
import type { Waiting } from './waiting.ts';

/** What became of a message. `left` stays in the inbox for the next start. */
export type Handled = 'answered' | 'duplicate' | 'dropped' | 'refused' | 'unreadable' | 'gave-up' | 'left';

/** Rows in memory at a time; more of them wait on disk. */
const MOST_RUNNING = 500;
/** How often an answer is tried where storage fails or WhatsApp does not confirm. */
const MOST_FAILURES = 4;

export interface HandlerOptions extends DeliveryOptions {
  readonly dialogue: Dialogue;
  readonly services: () => Brain;
  readonly people: WhatsAppPeople;
  readonly waiting: Waiting;
  /** Where files may be fetched from. */
  readonly mediaHosts: readonly string[];
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
}

export class Handler {
  readonly #options: HandlerOptions;
  readonly #lanes = new Lanes();
  #running = 0;
  #place = -1;
  #wake: () => void = () => {};
  #woken = false;

  constructor(options: HandlerOptions) {
    this.#options = options;
  }

  /** There is something new in the inbox. */
  ring(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Answers until the channel stops; first what was left by an earlier run. Never rejects. */
  async run(): Promise<void> {
    const { inbox, stopping, timing, log } = this.#options;
    stopping.addEventListener('abort', () => this.#wake(), { once: true });
    await this.#tidy();
    for (let failures = 0; !stopping.aborted; ) {
      try {
        this.#woken = false;
        const room = MOST_RUNNING - this.#running;
        const rows = room > 0 ? await inbox.after(this.#place, room) : [];
        for (const row of rows) this.#begin(row);
        failures = 0;
        if (rows.length === 0) await this.#sleep();
      } catch (error) {
        failures++;
        log.error({ error: describeError(error), failures }, 'the WhatsApp inbox cannot be read, trying again');
        await rest(backoff(failures, timing.storagePause, timing.longestPause), stopping);
      }
    }
  }

  /** Resolves when nothing is being handled, and what was is worthless to a thief. */
  async idle(): Promise<void> {
    await this.#lanes.idle();
    await this.#tidy();
  }

  async #sleep(): Promise<void> {
    if (this.#woken || this.#options.stopping.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    await promise;
  }

  #begin(row: InboxRow): void {
    this.#place = row.place;
    this.#running++;
    const inbound = row.content === undefined ? undefined : parseInbound(row.content);
    const lane = inbound ? `${inbound.chat} ${inbound.author}` : '';
    void this.#lanes
      .run(lane, () => (inbound ? this.#persevere(row, inbound) : this.#finish(row, undefined, 'unreadable')))
      .then(
        (handled) => this.#options.metrics.count('whatsapp_messages_total', { result: handled }),
        (error: unknown) => this.#options.log.error({ error: describeError(error) }, 'a message could not be finished'),
      )
      .then(() => {
        this.#running--;
        if (this.#running === MOST_RUNNING - 1) this.ring();
      });
  }

  async #persevere(row: InboxRow, inbound: Inbound): Promise<Handled> {
    const { stopping, log, timing } = this.#options;
    const delivery = new Delivery(this.#options, inbound, row.id, row.sent);
    for (let failures = 1; ; failures++) {
      if (stopping.aborted) return 'left';
      try {
        return await this.#finish(row, inbound, await this.#answer(inbound, delivery));
      } catch (error) {
        if (stopping.aborted || error instanceof NoConnection) return 'left';
        log.error({ error: describeError(error), failures }, 'a message was not answered');
        if (failures >= MOST_FAILURES) {
          await this.#apologise(delivery);
          return await this.#finish(row, inbound, 'gave-up');
        }
        await rest(backoff(failures, timing.storagePause, timing.longestPause), stopping);
      }
    }
  }

  async #answer(inbound: Inbound, delivery: Delivery): Promise<Handled> {
    const { dialogue, people } = this.#options;
    const person = await people.find(inbound, Date.now());
    // everybody in a group has a conversation of their own, so that one's settings never show in another's answers
    const address = inbound.group ? `${inbound.chat}:${person}` : person;
    const update = `${address}:${inbound.id}`;
    let refused = false;
    const outcome = await dialogue.receive(
      {
        channel: 'whatsapp',
        chat: chatAddress(address),
        address: chatAddress(inbound.chat),
        update,
        private: !inbound.group,
        message: this.#whole(inbound),
      },
      async (replies) => {
        refused = (await delivery.send(replies)) === 'refused';
      },
    );
    return refused ? 'refused' : outcome;
  }

  /** The message with its file, which is not fetched yet. */
  #whole({ message, file }: Inbound): Message {
    if (message.kind !== 'unsupported' || file === undefined) return message;
    const { mediaHosts: hosts, timing } = this.#options;
    return { ...message, file: fileAt(file, { hosts, timeout: timing.fileTimeout }) };
  }

  async #finish(row: InboxRow, inbound: Inbound | undefined, handled: Handled): Promise<Handled> {
    await this.#options.inbox.remove(row.id);
    if (inbound) this.#options.waiting.remove(inbound.chat);
    return handled;
  }

  /** Says once that there is no answer, so that nobody waits for it; where that fails too, nothing is left to try. */
  async #apologise(delivery: Delivery): Promise<void> {
    const { services, log } = this.#options;
    await delivery
      .send([reply(say(services(), 'failed'))])
      .catch((error: unknown) => log.warn({ error: describeError(error) }, 'nor could that be said'));
  }

  async #tidy(): Promise<void> {
    await this.#options.inbox
      .tidy()
      .catch((error: unknown) => this.#options.log.warn({ error: describeError(error) }, 'tidying failed'));
  }
}
