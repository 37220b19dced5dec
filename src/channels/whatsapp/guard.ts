import type { Metrics } from '../../operations/metrics.ts';

/**
 * Baileys leaves promises unwatched: one that rejects because the socket closed would end the whole process, with all its other channels. This takes those,
 * and only those; everything else is thrown on as before. Returns what takes the guard away.
 */
export function guardRejections(metrics: Metrics): () => void {
  const guard = (reason: unknown) => {
    if (!isBaileys(reason)) throw reason;
    metrics.count('whatsapp_stray_errors_total');
  };
  process.on('unhandledRejection', guard);
  return () => process.off('unhandledRejection', guard);
}

const isBaileys = (reason: unknown): boolean =>
  reason instanceof Error &&
  (('isBoom' in reason && reason.isBoom === true) ||
    /node_modules\/(?:@whiskeysockets\/baileys|libsignal|ws|@hapi\/boom|p-queue)\//.test(reason.stack ?? ''));
