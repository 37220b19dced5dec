import { setTimeout as sleep } from 'node:timers/promises';
import type { Metrics } from '../../operations/metrics.ts';
import type { GraphApi } from './graph-api.ts';
import type { Timing } from './timing.ts';

/** Such calls at a time; above it a message simply is not marked. */
const MOST = 10;

/** Shows the person that their message was seen: the blue ticks, and "typing" where the answer takes long. Never delays or fails anything. */
export class Attention {
  readonly #api: GraphApi;
  readonly #timing: Timing;
  readonly #metrics: Metrics;
  #calls = 0;

  constructor(api: GraphApi, timing: Timing, metrics: Metrics) {
    this.#api = api;
    this.#timing = timing;
    this.#metrics = metrics;
  }

  /** Begins for one message. */
  give(message: string): { readonly beforeAnswer: () => Promise<void>; readonly end: () => void } {
    void this.#mark({ status: 'read', message_id: message });
    let typing: Promise<void> | undefined;
    const timer = setTimeout(() => {
      typing = this.#mark({ status: 'read', message_id: message, typing_indicator: { type: 'text' } });
    }, this.#timing.typingAfter);
    const end = () => clearTimeout(timer);
    return {
      // "typing" that arrives after the answer would be shown for half a minute
      beforeAnswer: async () => {
        end();
        if (typing !== undefined)
          await Promise.race([typing, sleep(this.#timing.typingPatience, undefined, { ref: false })]);
      },
      end,
    };
  }

  async #mark(payload: object): Promise<void> {
    if (this.#calls >= MOST) return;
    this.#calls++;
    try {
      await this.#api.post(payload);
    } catch {
      this.#metrics.count('whatsapp_cloud_unmarked_total');
    } finally {
      this.#calls--;
    }
  }
}
