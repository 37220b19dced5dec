/** Brings one message to Meta: a few tries, with pauses, and an end where nothing more can be done. */
import { describeError, type Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import { classify, type Failure, failureLabel } from './failure.ts';
import type { Gate } from './gate.ts';
import type { GraphApi } from './graph-api.ts';
import { pauseAfter, rest } from './pause.ts';
import type { Receipts } from './receipts.ts';
import type { Timing } from './timing.ts';

/** One message to one person. */
export interface Outgoing {
  readonly token: string;
  readonly payload: object;
  /** Called before each try, when it is certain that it will be made now. */
  readonly begin: () => Promise<void>;
}

/** What became of a message. `gone`, `closed` and `refused` are not tried again. */
export type Sent = 'sent' | 'gone' | 'closed' | 'refused';

/** How often a message is tried; then it is kept for later. */
const TRIES = 4;

const REPAIR =
  'WHATSAPP_CLOUD_TOKEN is refused by Meta; make a new token that does not expire (Business settings > System users), set it and start again. Until then messages are kept and nobody is answered';

/** Nothing is sent: the token is refused, Meta asks for a long pause, or the program stops. */
export class Held extends Error {
  override name = 'Held';
}

export interface OutboxOptions {
  readonly api: GraphApi;
  readonly gate: Gate;
  readonly receipts: Receipts;
  readonly timing: Timing;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Aborted when the channel stops: nothing is begun from then on. */
  readonly stopping: AbortSignal;
}

export class Outbox {
  readonly #options: OutboxOptions;
  #halted = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** True once Meta has refused the token. Only a new one helps, and so a new start. */
  get halted(): boolean {
    return this.#halted;
  }

  /** Sends nothing any more, and says what is to be done, once. */
  halt(): void {
    if (!this.#halted) this.#options.log.error({}, REPAIR);
    this.#halted = true;
  }

  /** Sends a message. Rejects where it could not be sent now but may be later; the error says whether it is in doubt. */
  async send({ token, payload, begin }: Outgoing): Promise<Sent> {
    const { api, gate, timing, stopping } = this.#options;
    // an error that left it open whether the message was taken: what fails after it does not settle that
    let doubt: unknown;
    for (let failures = 1; ; failures++) {
      if (this.#halted || stopping.aborted || gate.closedFor > timing.longestRetryAfter) throw doubt ?? new Held();
      try {
        await gate.pass(async () => {
          // while it waited for its turn
          if (this.#halted || stopping.aborted) throw new Held();
          await begin();
          await api.post({ ...payload, recipient_type: 'individual', biz_opaque_callback_data: token });
        });
        return 'sent';
      } catch (error) {
        const failure = classify(error);
        if (failure.kind === 'in-doubt') doubt ??= error;
        const result = await this.#consider(error, failure, token, failures).catch((final: unknown) => {
          throw doubt ?? final;
        });
        if (result !== 'again') return result;
      }
    }
  }

  /** What follows from a failure: an end, or another try after a pause. Rejects with the error where it is to be tried later. */
  async #consider(error: unknown, failure: Failure, token: string, failures: number): Promise<Sent | 'again'> {
    const { gate, receipts, timing, log, metrics, stopping } = this.#options;
    const code = failureLabel(error);
    switch (failure.kind) {
      case 'gone':
      case 'closed':
      case 'refused':
        metrics.count('whatsapp_cloud_unsent_total', { code });
        log.warn({ code, failure: failure.kind }, 'WhatsApp refused a message; it is not sent again');
        return failure.kind;
      case 'unauthorised':
        this.halt();
        throw error;
      case 'blocked':
        log.error(
          { code },
          'Meta does not let this account send; see WhatsApp Manager > Account. The messages are kept',
        );
        throw error;
      case 'internal':
        throw error;
      case 'in-doubt':
        if (await receipts.wait(token, timing.doubt, stopping)) return 'sent';
        break;
      case 'transient':
        break;
      default:
        failure satisfies never;
    }
    const wait = pauseAfter(failure, failures, timing);
    if (failure.kind === 'transient' && failure.limit === 'number') gate.closeFor(wait);
    if (failures >= TRIES || wait > timing.longestRetryAfter || stopping.aborted) throw error;
    metrics.count('whatsapp_cloud_retries_total', { code });
    log.warn({ error: describeError(error), failures }, 'a message to WhatsApp failed, trying again');
    await rest(wait, stopping);
    if (stopping.aborted) throw error;
    return 'again';
  }
}
