/** Our own messages, for phones that could not read them and ask again: on disk, but for the secret ones, which are in memory only. */
import type { WhatsAppSent } from '../../store/whatsapp-sent.ts';

/** Secret messages remembered at a time. */
const MOST = 1_000;
/** For how long, in milliseconds: phones ask within minutes, or when they are switched on. */
const KEPT = 24 * 60 * 60 * 1000;

export class Copies {
  readonly #stored: WhatsAppSent;
  readonly #secret = new Map<string, { readonly encoded: Uint8Array; readonly until: number }>();

  constructor(stored: WhatsAppSent) {
    this.#stored = stored;
  }

  async save(id: string, encoded: Uint8Array, secret: boolean): Promise<void> {
    if (!secret) return this.#stored.save(id, encoded, Date.now());
    this.#secret.delete(id);
    this.#secret.set(id, { encoded, until: Date.now() + KEPT });
    for (const oldest of this.#secret.keys()) {
      if (this.#secret.size <= MOST) break;
      this.#secret.delete(oldest);
    }
  }

  /** The message as it was encoded. After a restart a secret one is gone: the person asks for it anew with the receipt. */
  async find(id: string): Promise<Uint8Array | undefined> {
    const secret = this.#secret.get(id);
    return secret && secret.until > Date.now() ? secret.encoded : this.#stored.find(id);
  }

  async expire(now: number): Promise<void> {
    for (const [id, { until }] of this.#secret) if (until <= now) this.#secret.delete(id);
    await this.#stored.expire(now);
  }
}
