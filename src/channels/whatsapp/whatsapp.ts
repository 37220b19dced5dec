/**
 * The WhatsApp channel, on Baileys. Reading order: connection (one socket, again and again) -> before-receipt -> intake (accept -> inbox) -> handler
 * (inbox -> dialogue -> delivery) -> outbox (one lane an account).
 *
 * WhatsApp forgets a message once Baileys has confirmed it, so each one is stored, sealed, before that, and goes when it is answered: killed at any point,
 * the next start answers what is left.
 */
import { setInterval as every } from 'node:timers';
import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { describeError } from '../../operations/log.ts';
import { WhatsAppAuthRows } from '../../store/whatsapp-auth.ts';
import { WhatsAppInbox } from '../../store/whatsapp-inbox.ts';
import { WhatsAppPeople } from '../../store/whatsapp-people.ts';
import { WhatsAppSent } from '../../store/whatsapp-sent.ts';
import type { Channel as OpenChannel, StoringParts } from '../parts.ts';
import { AuthState } from './auth-state.ts';
import { type Baileys, loadBaileys, silent } from './baileys.ts';
import { BeforeReceipt } from './before-receipt.ts';
import type { WhatsAppConfig } from './config.ts';
import { Connection } from './connection.ts';
import { Copies } from './copies.ts';
import { Groups } from './groups.ts';
import { guardRejections } from './guard.ts';
import { Handler } from './handler.ts';
import { Intake, meOf } from './intake.ts';
import { followLimits } from './limits.ts';
import { Outbox } from './outbox.ts';
import { Pairing } from './pairing.ts';
import { addPairingPage, originOf } from './pairing-page.ts';
import { push } from './push.ts';
import type { Status } from './status.ts';
import { TIMING, type Timing } from './timing.ts';
import { Waiting } from './waiting.ts';

export interface WhatsAppDependencies extends StoringParts {
  readonly config: WhatsAppConfig;
  readonly timing?: Partial<Timing>;
  /** Where QR and pairing codes are shown; default: standard output. */
  readonly output?: { write(text: string): unknown };
}

export interface WhatsAppChannel extends OpenChannel {
  /** Begins to connect, or to pair, and returns; what goes wrong is told in the log and by {@link status}. */
  start(): Promise<void>;
  /** Stops receiving, waits a little for the message that is being sent; what is not answered is, at the next start. */
  stop(): Promise<void>;
  status(): Status;
}

/** The one account that a process serves. */
const ACCOUNT = 'default';
const EXPIRE_EVERY = 60 * 60 * 1000;

/** Loads Baileys and adds the pairing page to `web`. Nothing is connected yet. */
export async function openWhatsApp(dependencies: WhatsAppDependencies): Promise<WhatsAppChannel> {
  return new Channel(dependencies, await loadBaileys());
}

class Channel implements WhatsAppChannel {
  readonly #dependencies: WhatsAppDependencies;
  readonly #timing: Timing;
  /** Nothing new is begun. */
  readonly #stop = new AbortController();
  /** The socket is closed. */
  readonly #close = new AbortController();
  readonly #auth: AuthState;
  readonly #copies: Copies;
  readonly #people: WhatsAppPeople;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  readonly #handler: Handler;
  #running: Promise<unknown> = Promise.resolve();
  #cleaning: NodeJS.Timeout | undefined;
  #unguard: () => void = () => {};

  constructor(dependencies: WhatsAppDependencies, baileys: Baileys) {
    const { config, database, key, inboxKeys, web, log, metrics } = dependencies;
    this.#dependencies = dependencies;
    this.#timing = { ...TIMING, ...dependencies.timing };
    const shared = { ...dependencies, baileys, timing: this.#timing, stopping: this.#stop.signal };
    const inbox = new WhatsAppInbox(database, key, inboxKeys);
    const waiting = new Waiting();
    const groups = new Groups();
    this.#copies = new Copies(new WhatsAppSent(database, key));
    this.#people = new WhatsAppPeople(database, key);
    const intake = new Intake({ inbox, waiting, log, metrics, onStored: () => this.#handler.ring() });
    const beforeReceipt = new BeforeReceipt(baileys, (message, socket) => intake.take(message, meOf(socket)));
    const pairing = new Pairing({
      number: config.pairingNumber,
      output: dependencies.output ?? process.stdout,
      log,
      origin: () => originOf(web),
    });
    addPairingPage(web, pairing);
    this.#auth = new AuthState({
      baileys,
      rows: new WhatsAppAuthRows(database, key, ACCOUNT),
      onFailure: (error) => {
        log.error({ error: describeError(error) }, 'WhatsApp keys could not be stored');
        this.#connection.restart('storage');
      },
    });
    this.#connection = new Connection({
      ...shared,
      stopping: this.#close.signal,
      auth: this.#auth,
      pairing,
      socket: this.#socketConfig(baileys, groups, beforeReceipt),
      onSocket: (socket) => {
        beforeReceipt.follow(socket);
        intake.listen(socket);
        groups.follow(socket);
        followLimits(socket, this.#outbox, { log, metrics });
      },
    });
    this.#outbox = new Outbox({
      ...shared,
      connection: this.#connection,
      groups,
      copies: this.#copies,
      paceMs: config.paceMs,
    });
    const { mediaHosts } = config;
    this.#handler = new Handler({ ...shared, outbox: this.#outbox, inbox, people: this.#people, waiting, mediaHosts });
  }

  async start(): Promise<void> {
    this.#dependencies.dialogue.register('whatsapp', (address, replies) =>
      push(address, replies, { ...this.#dependencies, outbox: this.#outbox }),
    );
    this.#unguard = guardRejections(this.#dependencies.metrics);
    this.#cleaning = every(() => void this.#expire(), EXPIRE_EVERY).unref();
    void this.#expire();
    this.#running = Promise.all([this.#connection.run(), this.#handler.run()]);
  }

  async stop(): Promise<void> {
    clearInterval(this.#cleaning);
    this.#stop.abort();
    this.#connection.dismiss();
    // the message that is on its way is confirmed first, or it would go out twice
    await this.#patiently(this.#outbox.idle());
    this.#close.abort();
    await this.#patiently(this.#running.then(() => this.#handler.idle()));
    await this.#auth.close();
    this.#unguard();
  }

  status(): Status {
    return this.#connection.status;
  }

  async #patiently(done: Promise<unknown>): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#timing.stopPatience);
    await Promise.race([done, late]);
    clearTimeout(timer);
  }

  #socketConfig(
    baileys: Baileys,
    groups: Groups,
    { makeSignalRepository }: BeforeReceipt,
  ): Omit<UserFacingSocketConfig, 'auth'> {
    const { config } = this.#dependencies;
    const { connectTimeout, queryTimeout, keepAlive } = this.#timing;
    return {
      logger: silent,
      ...(config.webSocketUrl === undefined ? {} : { waWebSocketUrl: config.webSocketUrl }),
      ...(config.version === undefined ? {} : { version: [...config.version] }),
      connectTimeoutMs: connectTimeout,
      defaultQueryTimeoutMs: queryTimeout,
      keepAliveIntervalMs: keepAlive,
      // the owner's phone keeps its notifications
      markOnlineOnConnect: false,
      syncFullHistory: false,
      emitOwnEvents: false,
      generateHighQualityLinkPreview: false,
      transactionOpts: { maxCommitRetries: 3, delayBetweenTriesMs: 200 },
      // stories and channels are not even decrypted
      shouldIgnoreJid: (jid) => baileys.isJidBroadcast(jid) || baileys.isJidNewsletter(jid),
      makeSignalRepository,
      cachedGroupMetadata: async (group) => groups.cached(group),
      getMessage: async ({ id }) => {
        const encoded = id ? await this.#copies.find(id) : undefined;
        return encoded && baileys.proto.Message.decode(encoded);
      },
    };
  }

  async #expire(): Promise<void> {
    const now = Date.now();
    await Promise.all([this.#copies.expire(now), this.#people.expire(now)]).catch((error) =>
      this.#dependencies.log.error({ error: describeError(error) }, 'expiry of WhatsApp rows failed'),
    );
  }
}
