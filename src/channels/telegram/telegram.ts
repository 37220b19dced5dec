/**
 * The Telegram channel, on telegraf's client. Reading order: connect -> polling | webhook -> handler (translate -> dialogue -> render -> send).
 *
 * An update is confirmed to Telegram only once it is answered and marked as done: nothing that a person wrote is stored while it waits, and a crash
 * leads to a second delivery instead of a lost question.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError, type TelegramConfig } from '../../config.ts';
import { describeError } from '../../operations/log.ts';
import type { ChannelParts, Channel as OpenChannel } from '../parts.ts';
import { BotApi } from './api.ts';
import { connect } from './connect.ts';
import { classify } from './failure.ts';
import { UpdateHandler } from './handler.ts';
import { pause, pauseAfter } from './pause.ts';
import { Poller } from './polling.ts';
import { push } from './push.ts';
import { TIMING, type Timing } from './timing.ts';
import { addWebhook } from './webhook.ts';

export interface TelegramDependencies extends ChannelParts {
  readonly config: TelegramConfig;
  readonly timing?: Partial<Timing>;
}

export interface TelegramChannel extends OpenChannel {
  /**
   * Connects and begins to receive. Rejects with a ConfigError where Telegram refuses the token or the webhook; where it merely cannot be reached, it
   * goes on trying in the background.
   */
  start(): Promise<void>;
  /** Stops receiving at once, waits for what is being handled, and confirms it. */
  stop(): Promise<void>;
}

/** Prepares the channel; with a webhook its route is added to `web`. */
export async function openTelegram(dependencies: TelegramDependencies): Promise<TelegramChannel> {
  return new Channel(dependencies);
}

class Channel implements TelegramChannel {
  readonly #dependencies: TelegramDependencies;
  readonly #timing: Timing;
  readonly #stop = new AbortController();
  readonly #api: BotApi;
  #handler: UpdateHandler | undefined;
  #poller: Poller | undefined;
  #receiving: Promise<void> | undefined;

  constructor(dependencies: TelegramDependencies) {
    const { config, web, metrics } = dependencies;
    this.#dependencies = dependencies;
    this.#timing = { ...TIMING, ...dependencies.timing };
    this.#api = new BotApi({ ...config, timing: this.#timing, metrics, stopping: this.#stop.signal });
    if (config.webhook)
      addWebhook(web, {
        secret: config.webhook.secret,
        patience: this.#timing.webhookPatience,
        handle: (update) => (this.#stop.signal.aborted ? undefined : this.#handler?.handle(update)),
      });
  }

  async start(): Promise<void> {
    const { log } = this.#dependencies;
    try {
      await this.#connect();
    } catch (error) {
      if (error instanceof ConfigError) throw error;
      log.warn({ error: describeError(error) }, 'Telegram cannot be reached, trying again in the background');
      this.#receiving = this.#connectLater();
      return;
    }
    this.#receiving = this.#poller?.run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#receiving;
    // what is not done by then is not confirmed, and so delivered again at the next start
    await Promise.race([this.#handler?.idle(), sleep(this.#timing.stopPatience, undefined, { ref: false })]);
    await this.#poller?.confirm();
  }

  async #connect(): Promise<void> {
    const { config, log } = this.#dependencies;
    const bot = await connect(this.#api, config, { log, stopping: this.#stop.signal });
    const shared = { ...this.#dependencies, api: this.#api, timing: this.#timing, stopping: this.#stop.signal };
    const handler = new UpdateHandler({ ...shared, bot });
    this.#handler = handler;
    this.#dependencies.dialogue.register('telegram', async (address, replies) =>
      this.#stop.signal.aborted ? 'later' : push(this.#api, address, replies, { log }),
    );
    if (!config.webhook) this.#poller = new Poller({ ...shared, handle: (update) => handler.handle(update) });
    log.info({ by: config.webhook ? 'webhook' : 'polling' }, 'Telegram connected');
  }

  async #connectLater(): Promise<void> {
    const { log } = this.#dependencies;
    const stopping = this.#stop.signal;
    let last: unknown;
    for (let failures = 1; !stopping.aborted; failures++) {
      const wait = pauseAfter(last === undefined ? { kind: 'internal' } : classify(last), failures, this.#timing);
      await pause(wait, stopping).catch(() => {});
      if (stopping.aborted) return;
      try {
        await this.#connect();
        return await this.#poller?.run();
      } catch (error) {
        if (error instanceof ConfigError) return log.error({}, error.message);
        last = error;
        log.warn({ error: describeError(error), failures }, 'Telegram cannot be reached, trying again');
      }
    }
  }
}
