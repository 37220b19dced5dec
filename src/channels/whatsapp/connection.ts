/** One socket at a time: connects, watches, connects again, and stops where trying again would do harm. */
import type { ConnectionState, UserFacingSocketConfig, WASocket } from '@whiskeysockets/baileys';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { AuthState } from './auth-state.ts';
import { backoff, rest } from './backoff.ts';
import type { Baileys } from './baileys.ts';
import { type Ended, WHAT_NEXT, whyEnded } from './close-reason.ts';
import type { Pairing } from './pairing.ts';
import type { Status } from './status.ts';
import type { Timing } from './timing.ts';
import { Watchdog } from './watchdog.ts';

export interface ConnectionOptions {
  readonly baileys: Baileys;
  readonly auth: AuthState;
  readonly pairing: Pairing;
  /** What every socket gets besides credentials. */
  readonly socket: Omit<UserFacingSocketConfig, 'auth'>;
  /** Called with every new socket, before anything can come through it. */
  readonly onSocket: (socket: WASocket) => void;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
}

/** How long a socket may take to close, in milliseconds. */
const GOODBYE = 1_000;

/** Thrown where a socket is asked for and there will be none. */
export class NoConnection extends Error {
  override name = 'NoConnection';
}

interface Waiter {
  readonly resolve: (socket: WASocket) => void;
  readonly reject: (error: Error) => void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #waiters = new Set<Waiter>();
  #status: Status = { kind: 'connecting' };
  #socket: WASocket | undefined;
  #open: WASocket | undefined;
  #watchdog: Watchdog | undefined;
  #openedAt: number | undefined;
  #dismissed = false;
  #abandon: () => void = () => {};
  #begun: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    options.stopping.addEventListener('abort', () => this.#end('stopping'), { once: true });
  }

  get status(): Status {
    return this.#status;
  }

  /** True while {@link ready} would not have to wait. */
  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** Stays connected until the channel stops, or WhatsApp says that it is over. Never rejects. */
  async run(): Promise<void> {
    const { stopping, metrics, timing, log } = this.#options;
    let failures = 0;
    let restarts = 0;
    while (!stopping.aborted) {
      const ended = await this.#session();
      if (stopping.aborted) break;
      metrics.count('whatsapp_disconnects_total', { kind: ended.kind });
      if (ended.kind === 'stop') return await this.#stopped(ended);
      const lasted = this.#openedAt === undefined ? 0 : Date.now() - this.#openedAt;
      if (lasted > timing.stable) failures = 0;
      if (this.#openedAt !== undefined) restarts = 0;
      // a server that asks for a new connection again and again gets it ever more slowly
      if (ended.kind === 'restart' && restarts++ === 0) continue;
      failures++;
      const wait = backoff(failures, timing.firstPause, timing.longestPause);
      this.#status = { kind: 'waiting', failures };
      log.warn({ code: ended.code, failures, wait: Math.round(wait) }, 'WhatsApp connection lost, connecting again');
      await rest(wait, stopping);
    }
    this.dismiss();
  }

  /** The open socket; waits for it. Rejects with {@link NoConnection} where the channel stops or has been stopped by WhatsApp. */
  ready(): Promise<WASocket> {
    if (this.#open) return Promise.resolve(this.#open);
    if (this.#dismissed) return Promise.reject(new NoConnection(this.#status.kind));
    const { promise, resolve, reject } = Promise.withResolvers<WASocket>();
    this.#waiters.add({ resolve, reject });
    return promise;
  }

  /** Nobody is to wait for a socket any more; one that is open stays so. */
  dismiss(): void {
    this.#dismissed = true;
    for (const { reject } of this.#waiters) reject(new NoConnection(this.#status.kind));
    this.#waiters.clear();
  }

  /** To be told when a message goes out: from then on something has to come. */
  sent(): void {
    this.#watchdog?.sent();
  }

  /** Ends the present socket; the next one is made after a pause. */
  restart(why: 'storage' | 'no-ack' | 'silence' | 'idle'): void {
    this.#options.metrics.count('whatsapp_restarts_total', { why });
    this.#options.log.warn({ why }, 'WhatsApp connection restarted by the bot');
    this.#end(why);
  }

  async #session(): Promise<Ended> {
    const { baileys, auth, socket: config, onSocket, timing } = this.#options;
    this.#status = { kind: 'connecting' };
    this.#openedAt = undefined;
    const { promise: ended, resolve: end } = Promise.withResolvers<Ended>();
    try {
      const state = await auth.load();
      const socket = baileys.makeWASocket({ ...config, auth: state });
      this.#socket = socket;
      this.#abandon = () => end({ kind: 'lost', code: 'ended-by-us' });
      // these two Baileys does not notice: an HTTP answer instead of a WebSocket, and a server that never says anything
      socket.ws.on('unexpected-response', () => this.#end('unexpected-response'));
      this.#begun = setTimeout(() => this.#end('nothing came'), timing.connectTimeout * 2);
      socket.ev.on('creds.update', () => void auth.save(socket.authState.creds));
      socket.ev.on('connection.update', (update) => {
        this.#follow(socket, update);
        if (update.connection === 'close') end(whyEnded(update.lastDisconnect?.error));
      });
      onSocket(socket);
      if (this.#options.stopping.aborted) this.#end('stopping');
      return await ended;
    } catch (error) {
      this.#options.log.error({ error: describeError(error) }, 'the WhatsApp connection could not be begun');
      return { kind: 'lost', code: 'begin' };
    } finally {
      clearTimeout(this.#begun);
      this.#watchdog?.stop();
      this.#open = this.#socket = this.#watchdog = undefined;
    }
  }

  #follow(socket: WASocket, { qr, connection }: Partial<ConnectionState>): void {
    if (socket !== this.#socket) return;
    const { log, metrics, pairing, timing } = this.#options;
    if (qr !== undefined || connection === 'open') clearTimeout(this.#begun);
    if (qr !== undefined) {
      this.#status = { kind: 'pairing' };
      void pairing.offer(socket, qr);
    }
    if (connection !== 'open') return;
    pairing.done();
    this.#status = { kind: 'open' };
    this.#openedAt = Date.now();
    this.#watchdog = new Watchdog(socket, timing, (why) => this.restart(why));
    metrics.count('whatsapp_connects_total');
    log.info('WhatsApp connected');
    this.#open = socket;
    for (const { resolve } of this.#waiters) resolve(socket);
    this.#waiters.clear();
  }

  async #stopped({ reason, code }: Extract<Ended, { kind: 'stop' }>): Promise<void> {
    const { auth, log, pairing } = this.#options;
    this.#status = { kind: 'stopped', reason, next: WHAT_NEXT[reason] };
    pairing.done();
    this.dismiss();
    if (reason === 'logged-out')
      await auth.wipe().catch((error) => log.error({ error: describeError(error) }, 'the keys could not be deleted'));
    log.error({ code, reason }, `WhatsApp has stopped. ${WHAT_NEXT[reason]}`);
  }

  #end(why: string): void {
    this.#open = undefined;
    void this.#socket?.end(new Error(why)).catch(() => {});
    // a dead server never says goodbye
    setTimeout(this.#abandon, GOODBYE).unref();
  }
}
