import { randomBytes } from 'node:crypto';
import { isSecret, type Reply } from '../../conversation/message.ts';
import type { Told } from '../../dialogue/dialogue.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { ChatAddress } from '../../store/keys.ts';
import { messageId } from './delivery.ts';
import { kindOf, normaliseJid } from './jid.ts';
import type { Outbox } from './outbox.ts';
import { render } from './render.ts';

/** Refusals that are about this very message or person; the others pass. */
const FINAL = ['400', '404', '405'];

export interface PushOptions {
  readonly outbox: Outbox;
  readonly log: Logger;
}

/** Says something to a chat that has not just asked. Never rejects, and does not wait for a connection. */
export async function push(
  address: ChatAddress,
  replies: readonly Reply[],
  { outbox, log }: PushOptions,
): Promise<Told> {
  const chat = normaliseJid(address);
  const kind = chat === undefined ? 'other' : kindOf(chat);
  if (chat === undefined || !['lid', 'phone', 'group'].includes(kind)) return 'unreachable';
  try {
    for (const text of render(replies)) {
      const content = { extendedTextMessage: { text } };
      const sent = await outbox.send({
        id: messageId(randomBytes(16)),
        chat,
        group: kind === 'group',
        content,
        secret: isSecret(replies),
        now: true,
      });
      if (sent.kind === 'refused') return FINAL.includes(sent.code) ? 'unreachable' : 'later';
    }
    return 'sent';
  } catch (error) {
    log.warn({ error: describeError(error) }, 'what was to be said on WhatsApp could not be sent');
    return 'later';
  }
}
