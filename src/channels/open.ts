/** Opens the channels that are switched on. Those that are off are not even loaded: their libraries are a third of the time to start. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { Dialogue } from '../dialogue/dialogue.ts';
import type { Brain } from '../learning/brain.ts';
import type { Logger } from '../operations/log.ts';
import type { Metrics } from '../operations/metrics.ts';
import type { Database } from '../store/database.ts';
import type { ServerKey } from '../store/keys.ts';

/** A channel that was opened: it takes nothing in before `start`, and nothing more after `stop`. */
export interface Channel {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What every channel is made of. */
export interface ChannelParts {
  readonly dialogue: Dialogue;
  readonly services: () => Brain;
  readonly database: Database;
  readonly key: ServerKey;
  /** The web server, not listening yet: webhooks and the pairing page add their routes. */
  readonly web: FastifyInstance;
  readonly log: Logger;
  readonly metrics: Metrics;
}

export async function openChannels(config: Config, parts: ChannelParts): Promise<Channel[]> {
  const channels: Channel[] = [];
  if (config.telegram) {
    const { openTelegram } = await import('./telegram/telegram.ts');
    channels.push(await openTelegram({ config: config.telegram, ...parts }));
  }
  if (config.whatsapp) {
    const { openWhatsApp } = await import('./whatsapp/whatsapp.ts');
    channels.push(await openWhatsApp({ config: config.whatsapp, ...parts }));
  }
  if (config.whatsappCloud) {
    const { openWhatsAppCloud } = await import('./whatsapp-cloud/whatsapp-cloud.ts');
    channels.push(await openWhatsAppCloud({ config: config.whatsappCloud, ...parts }));
  }
  return channels;
}
