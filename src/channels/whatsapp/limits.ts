import type { WASocket } from '@whiskeysockets/baileys';
import type { Logger } from '../../operations/log.ts';
import type { Metrics } from '../../operations/metrics.ts';
import type { Outbox } from './outbox.ts';

/** Where WhatsApp names no end of a lock, in milliseconds; its own client takes the same. */
const DEFAULT_LOCK = 60_000;

/** Heeds what WhatsApp says about the account's standing: while it is locked nothing is sent. */
export function followLimits(
  socket: WASocket,
  outbox: Outbox,
  { log, metrics }: { readonly log: Logger; readonly metrics: Metrics },
): void {
  socket.ev.on('connection.update', ({ reachoutTimeLock: lock }) => {
    if (!lock) return;
    if (!lock.isActive) return outbox.lock(0);
    const until = lock.timeEnforcementEnds?.getTime() ?? Date.now() + DEFAULT_LOCK;
    outbox.lock(until);
    metrics.count('whatsapp_locks_total');
    log.error(
      { kind: String(lock.enforcementType), until: new Date(until).toISOString() },
      "WhatsApp has locked the account for a while; nothing is sent until then. See WhatsApp on the bot's phone.",
    );
  });
  socket.ev.on('message-capping.update', ({ capping_status: status }) => {
    metrics.count('whatsapp_capping_total');
    log.warn({ status: String(status) }, 'WhatsApp limits new chats of this account; answers are not concerned');
  });
}
