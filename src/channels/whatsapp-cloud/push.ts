import { randomBytes } from 'node:crypto';
import type { Reply } from '../../conversation/message.ts';
import type { Told } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { ChatAddress } from '../../store/keys.ts';
import { whyUndelivered } from './failure.ts';
import { addressed } from './inbound.ts';
import type { Outbox, Sent } from './outbox.ts';
import { type Receipts, tokenOf } from './receipts.ts';
import { render } from './render.ts';
import type { Timing } from './timing.ts';

export interface PushOptions {
  readonly outbox: Outbox;
  readonly receipts: Receipts;
  readonly timing: Timing;
  readonly stopping: AbortSignal;
  readonly log: Logger;
}

const OUTCOMES: Readonly<Record<Sent, Told>> = {
  sent: 'sent',
  gone: 'unreachable',
  refused: 'unreachable',
  // more than a day after the person's last message, only the person can begin again
  closed: 'later',
};

/** Says something to a person who has not just asked. Never rejects. */
export async function push(address: ChatAddress, replies: readonly Reply[], options: PushOptions): Promise<Told> {
  const { outbox, receipts, timing, stopping, log } = options;
  if (!/^[\w.]+$/.test(address)) return 'unreachable';
  // no question in the inbox stands behind it
  const row = randomBytes(32).toString('base64url');
  try {
    for (const [part, content] of render(replies).entries()) {
      const token = tokenOf(row, part);
      const payload = { ...addressed(address), ...content };
      const sent = await outbox.send({ token, payload, begin: async () => {} });
      if (sent !== 'sent') return OUTCOMES[sent];
      // Meta takes a message first and says afterwards that it may not be delivered
      await receipts.wait(token, timing.reportPatience, stopping);
      const undelivered = whyUndelivered(receipts.failuresOf(token));
      if (undelivered !== undefined) return undelivered === 'gone' ? 'unreachable' : 'later';
    }
    return 'sent';
  } catch (error) {
    log.warn({ error: describeError(error) }, 'what was to be said on WhatsApp could not be sent');
    return 'later';
  }
}
