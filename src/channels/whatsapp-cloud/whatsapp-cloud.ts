/**
 * The WhatsApp channel on Meta's official Cloud API. Reading order: webhook -> notification -> intake (inbox) -> worker -> dialogue -> delivery (render) ->
 * outbox -> graph-api.
 *
 * Meta wants 200 at once, so a message is stored (sealed) before it is answered, and its row goes when it is. A crash leaves the row, and the next start
 * answers it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../../conversation/services.ts';
import { describeError } from '../../operations/log.ts';
import { CloudInbox } from '../../store/cloud-inbox.ts';
import type { Channel as OpenChannel, StoringParts } from '../parts.ts';
import { Attention } from './attention.ts';
import { Backlog } from './backlog.ts';
import type { WhatsAppCloudConfig } from './config.ts';
import { classify, failureLabel } from './failure.ts';
import { Gate } from './gate.ts';
import { GraphApi } from './graph-api.ts';
import { Intake } from './intake.ts';
import { Outbox } from './outbox.ts';
import { type PushOptions, push } from './push.ts';
import { Receipts } from './receipts.ts';
import { TIMING, type Timing } from './timing.ts';
import { Waiting } from './waiting.ts';
import { addWebhook } from './webhook.ts';
import { Worker } from './worker.ts';

export interface WhatsAppCloudDependencies extends StoringParts {
  readonly config: WhatsAppCloudConfig;
  readonly timing?: Partial<Timing>;
}

export interface WhatsAppCloudChannel extends OpenChannel {
  /**
   * Begins to answer: first what the last process left. Does not reject for anything that Meta says: where the token is refused that is logged with the
   * repair, and messages are kept.
   */
  start(): Promise<void>;
  /** Takes nothing more, and waits for what is being sent. The database is still needed until it resolves. */
  stop(): Promise<void>;
}

/** Prepares the channel and adds its routes to `web`. What Meta posts is kept from then on, and answered after {@link WhatsAppCloudChannel.start}. */
export async function openWhatsAppCloud(dependencies: WhatsAppCloudDependencies): Promise<WhatsAppCloudChannel> {
  const channel = new Channel(dependencies);
  await channel.listen();
  return channel;
}

class Channel implements WhatsAppCloudChannel {
  readonly #dependencies: WhatsAppCloudDependencies;
  readonly #timing: Timing;
  readonly #stop = new AbortController();
  readonly #api: GraphApi;
  readonly #inbox: CloudInbox;
  readonly #outbox: Outbox;
  readonly #worker: Worker;
  readonly #backlog: Backlog;
  readonly #intake: Intake;
  readonly #pushing: PushOptions;
  #timers: NodeJS.Timeout[] = [];

  constructor(dependencies: WhatsAppCloudDependencies) {
    const { config, database, key, inboxKeys, services, metrics } = dependencies;
    const timing = { ...TIMING, ...dependencies.timing };
    const stopping = this.#stop.signal;
    const { phoneId } = config;
    this.#dependencies = dependencies;
    this.#timing = timing;
    const api = new GraphApi({ config, timing, metrics });
    const inbox = new CloudInbox(database, key, inboxKeys);
    const receipts = new Receipts();
    const waiting = new Waiting();
    const shared = { ...dependencies, api, inbox, receipts, waiting, phoneId, timing, stopping };
    this.#api = api;
    this.#inbox = inbox;
    this.#outbox = new Outbox({ ...shared, gate: new Gate(stopping) });
    this.#pushing = { ...shared, outbox: this.#outbox };
    this.#worker = new Worker({
      ...shared,
      outbox: this.#outbox,
      attention: new Attention(api, timing, metrics),
      apology: () => say(services(), 'failed'),
    });
    this.#backlog = new Backlog({ ...shared, worker: this.#worker });
    this.#intake = new Intake({ ...shared, onStored: (job) => this.#backlog.add(job) });
  }

  async listen(): Promise<void> {
    const { config, web, log, metrics } = this.#dependencies;
    const { appSecret, verifyToken } = config;
    const keep = (notification: object) => this.#intake.take(notification);
    await addWebhook(web, { appSecret, verifyToken, keep, stopping: this.#stop.signal, log, metrics });
  }

  async start(): Promise<void> {
    this.#dependencies.dialogue.register('whatsapp-cloud', (address, replies) => push(address, replies, this.#pushing));
    await this.#inbox.tidy();
    await this.#check();
    void this.#backlog.open();
    this.#every(this.#timing.sweep, () => this.#backlog.sweep());
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    for (const timer of this.#timers) clearInterval(timer);
    // what is not sent by then stays in the inbox
    const done = this.#backlog.idle().then(() => this.#worker.below(1));
    await Promise.race([done, sleep(this.#timing.stopPatience, undefined, { ref: false })]);
    await this.#inbox.tidy();
  }

  /** Says at once, and not with the first question, what is wrong with the settings. */
  async #check(): Promise<void> {
    const { log } = this.#dependencies;
    try {
      await this.#api.check();
      log.info('WhatsApp Cloud API connected');
    } catch (error) {
      const { kind } = classify(error);
      if (kind === 'unauthorised') return this.#outbox.halt();
      if (kind === 'refused' || kind === 'blocked')
        return log.error(
          { code: failureLabel(error) },
          'WHATSAPP_CLOUD_PHONE_ID is not known to Meta, or not with this token; copy "Phone number ID" from WhatsApp > API Setup, and give the system user this account',
        );
      log.warn({ error: describeError(error) }, 'the Graph API cannot be reached; messages are kept until it can');
    }
  }

  #every(ms: number, work: () => Promise<unknown>): void {
    const { log } = this.#dependencies;
    const run = () =>
      void work().catch((error: unknown) => log.error({ error: describeError(error) }, 'housekeeping failed'));
    this.#timers.push(setInterval(run, ms).unref());
  }
}
