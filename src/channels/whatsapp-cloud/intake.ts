/** From the webhook into the inbox: every message that is to be answered is on disk before Meta is told that it arrived. */
import type { Metrics } from '../../operations/metrics.ts';
import type { CloudInbox } from '../../store/cloud-inbox.ts';
import { codeLabel } from './failure.ts';
import type { Inbound } from './inbound.ts';
import type { Job } from './job.ts';
import { readNotification } from './notification.ts';
import { parseToken, type Receipts } from './receipts.ts';
import { PERSON_LIMIT, type Waiting } from './waiting.ts';

export interface IntakeOptions {
  readonly phoneId: string;
  readonly inbox: CloudInbox;
  readonly receipts: Receipts;
  readonly waiting: Waiting;
  /** Called, in order, for each message that is new. */
  readonly onStored: (job: Job) => void;
  readonly metrics: Metrics;
}

export class Intake {
  readonly #options: IntakeOptions;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /** Takes a notification. Resolves when what it says is on disk; rejects where storage failed, and then it is to be delivered again. */
  async take(notification: object): Promise<void> {
    const { phoneId, metrics } = this.#options;
    const messages: Inbound[] = [];
    for (const event of readNotification(notification, phoneId, Date.now()))
      switch (event.kind) {
        case 'message':
          messages.push(event.inbound);
          break;
        case 'status':
          await this.#report(event.token, event.codes);
          break;
        case 'ignored':
          metrics.count('whatsapp_cloud_ignored_total', { why: event.why });
          break;
        default:
          event satisfies never;
      }
    await this.#store(messages.filter((inbound) => this.#hasRoom(inbound)));
  }

  async #report(token: string | undefined, codes: readonly number[]): Promise<void> {
    const { inbox, receipts, metrics } = this.#options;
    for (const code of codes) metrics.count('whatsapp_cloud_undelivered_total', { code: codeLabel(code) });
    const ours = token === undefined ? undefined : parseToken(token);
    if (token === undefined || ours === undefined) return;
    await inbox.confirm(ours.row, ours.part + 1);
    receipts.note(token, codes);
  }

  #hasRoom({ person }: Inbound): boolean {
    if (this.#options.waiting.of(person) < PERSON_LIMIT) return true;
    this.#options.metrics.count('whatsapp_cloud_ignored_total', { why: 'flood' });
    return false;
  }

  async #store(messages: readonly Inbound[]): Promise<void> {
    const { phoneId, inbox, waiting, onStored, metrics } = this.#options;
    if (messages.length === 0) return;
    const rows = await inbox.store(
      messages.map((inbound) => ({ name: `${phoneId} ${inbound.id}`, content: JSON.stringify(inbound) })),
    );
    for (const [i, inbound] of messages.entries()) {
      const row = rows[i];
      metrics.count('whatsapp_cloud_received_total', { result: row === undefined ? 'duplicate' : 'stored' });
      if (row === undefined) continue;
      waiting.add(row, inbound.person);
      onStored({ row, inbound, begun: 0, confirmed: 0 });
    }
  }
}
