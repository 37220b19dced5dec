/** Opens the channels that are switched on. Those that are off are not even loaded: their libraries are a third of the time to start. */
import type { Config } from '../config.ts';
import { describeError } from '../operations/log.ts';
import type { Database } from '../store/database.ts';
import { InboxKeys } from '../store/inbox-keys.ts';
import type { ServerKey } from '../store/keys.ts';
import type { Channel, ChannelParts } from './parts.ts';

export type { Channel } from './parts.ts';

export interface OpenOptions extends ChannelParts {
  readonly database: Database;
  readonly key: ServerKey;
}

export async function openChannels(config: Config, parts: OpenOptions): Promise<Channel[]> {
  const channels: Channel[] = [];
  if (config.telegram) {
    const { openTelegram } = await import('./telegram/telegram.ts');
    channels.push(await openTelegram({ config: config.telegram, ...parts }));
  }
  if (!config.whatsapp && !config.whatsappCloud) return channels;
  const { database, key, log } = parts;
  const inboxKeys = await InboxKeys.open({
    folder: config.dataDir,
    database,
    key,
    onFailure: (error) => log.error({ error: describeError(error) }, 'the key of the inbox could not be replaced'),
  });
  const storing = { ...parts, inboxKeys };
  if (config.whatsapp) {
    const { openWhatsApp } = await import('./whatsapp/whatsapp.ts');
    channels.push(await openWhatsApp({ config: config.whatsapp, ...storing }));
  }
  if (config.whatsappCloud) {
    const { openWhatsAppCloud } = await import('./whatsapp-cloud/whatsapp-cloud.ts');
    channels.push(await openWhatsAppCloud({ config: config.whatsappCloud, ...storing }));
  }
  return channels;
}
