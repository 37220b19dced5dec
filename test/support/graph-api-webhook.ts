/** Meta's side of the webhook: notifications in Meta's shape, signed, delivered again until they are taken. */
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Payload } from './graph-api-checks.ts';

export const WEBHOOK_PATH = '/whatsapp/webhook';

export interface WebhookIdentity {
  readonly phoneId: string;
  readonly appSecret: string;
}

/** How a notification is posted; what is not said is done right. */
export interface PostOptions {
  /** The header as it is; null leaves it out. */
  readonly signature?: string | null;
  readonly contentType?: string;
  /** The bot's number among several of one app. */
  readonly phoneId?: string;
  /** False posts once and takes any answer. */
  readonly again?: boolean;
}

export class Webhook {
  readonly #identity: WebhookIdentity;
  #bot: string | undefined;
  #open = true;

  constructor(identity: WebhookIdentity) {
    this.#identity = identity;
  }

  /** Where the bot listens. */
  connect(bot: string): void {
    this.#bot = bot;
  }

  close(): void {
    this.#open = false;
  }

  sign(body: string | Uint8Array, secret: string = this.#identity.appSecret): string {
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  }

  /** A notification about messages or statuses. */
  notification(value: Payload, phoneId: string = this.#identity.phoneId): Payload {
    const metadata = { display_phone_number: '62800000000', phone_number_id: phoneId };
    const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
    return { object: 'whatsapp_business_account', entry: [{ id: '100000000000001', changes: [change] }] };
  }

  /** Posts what is said about messages or statuses, as Meta does. Resolves to the status of the last answer. */
  tell(value: Payload, options: PostOptions = {}): Promise<number> {
    return this.post(JSON.stringify(this.notification(value, options.phoneId)), options);
  }

  /** Posts any bytes. Without an answer, or with one of 500 and above, it is done again until the fake is closed. */
  async post(body: string | Uint8Array<ArrayBuffer>, options: PostOptions = {}): Promise<number> {
    const { signature = this.sign(body), contentType = 'application/json', again = true } = options;
    for (let tries = 1; ; tries++) {
      const status = await this.#postOnce(body, contentType, signature).catch(() => 0);
      if ((status > 0 && status < 500) || !again || !this.#open) return status;
      await sleep(Math.min(200, 20 * tries));
    }
  }

  async #postOnce(body: string | Uint8Array<ArrayBuffer>, type: string, signature: string | null): Promise<number> {
    if (this.#bot === undefined) throw new Error('connect() first');
    const response = await fetch(this.#bot + WEBHOOK_PATH, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...(signature === null ? {} : { 'x-hub-signature-256': signature }) },
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.status;
  }
}
