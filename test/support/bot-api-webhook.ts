/** Telegram's side of a webhook: posts updates, and posts again what was not answered with 2xx. */
import type { QueuedUpdate } from './bot-api-queue.ts';

/** One try to deliver. `status` is 0 where the connection failed. */
export interface WebhookTry {
  readonly update: number;
  readonly status: number;
}

export class WebhookSender {
  readonly tries: WebhookTry[] = [];
  /** Posts go to this origin instead of the URL's own, for a public URL that leads to a server on this machine. */
  origin: string | undefined;
  readonly #changed: () => void;
  #target: { readonly url: string; readonly secret: string | undefined } | undefined;
  #retryAfter: number;

  constructor(changed: () => void, retryAfter: number) {
    this.#changed = changed;
    this.#retryAfter = retryAfter;
  }

  get target(): { readonly url: string; readonly secret: string | undefined } | undefined {
    return this.#target;
  }

  set(url: string, secret: string | undefined): void {
    this.#target = url === '' ? undefined : { url, secret };
  }

  /** Delivers until it is taken, the webhook is removed, or `open` says no. */
  async deliver(update: QueuedUpdate, open: () => boolean): Promise<boolean> {
    for (let wait = this.#retryAfter; this.#target && open(); wait = Math.min(wait * 2, 1_000)) {
      const status = await this.#post(update, this.#target);
      this.tries.push({ update: update.update_id, status });
      this.#changed();
      if (status >= 200 && status < 300) return true;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return false;
  }

  async #post(update: QueuedUpdate, target: { url: string; secret: string | undefined }): Promise<number> {
    const url = new URL(target.url);
    const to = this.origin === undefined ? url : new URL(url.pathname, this.origin);
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (target.secret !== undefined) headers['x-telegram-bot-api-secret-token'] = target.secret;
    try {
      const answer = await fetch(to, { method: 'POST', headers, body: JSON.stringify(update) });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}
