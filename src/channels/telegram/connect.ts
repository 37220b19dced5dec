/** What has to be said to Telegram before the first update: who are we, how do updates come, what stands in the menu. */
import { TelegramError } from 'telegraf';
import { ConfigError, type TelegramConfig } from '../../config.ts';
import { describeError, type Logger } from '../../operations/log.ts';
import type { Bot } from './addressing.ts';
import type { BotApi } from './api.ts';
import { classify, MalformedAnswer } from './failure.ts';
import { COMMANDS } from './menu.ts';
import { ALLOWED_UPDATES } from './updates.ts';
import { webhookUrl } from './webhook.ts';

/** Requests that Telegram may have open at our webhook at a time. */
const MAX_CONNECTIONS = 40;

/** One try. Throws a {@link ConfigError} where only another setting helps; anything else may pass. */
export async function connect(
  api: BotApi,
  { webhook }: TelegramConfig,
  { log, stopping: signal }: { readonly log: Logger; readonly stopping: AbortSignal },
): Promise<Bot> {
  const bot = await whoAmI(api, signal);
  if (webhook === undefined) await api.call('deleteWebhook', { drop_pending_updates: false }, { signal });
  else await setWebhook(api, webhook, signal);
  // only a convenience: the bot works without a menu
  await api
    .call('setMyCommands', { commands: COMMANDS.map((entry) => ({ ...entry })) }, { signal })
    .catch((error) => log.warn({ error: describeError(error) }, 'the command menu could not be set'));
  return bot;
}

async function whoAmI(api: BotApi, signal: AbortSignal): Promise<Bot> {
  try {
    const { id, username } = await api.call('getMe', {}, { signal });
    if (typeof id !== 'number' || typeof username !== 'string') throw new MalformedAnswer();
    return { id, username };
  } catch (error) {
    // a token that never existed is 401, one that is no token at all 404
    const code = error instanceof TelegramError ? error.code : undefined;
    if (code !== 401 && code !== 404) throw error;
    throw new ConfigError([
      `TELEGRAM_BOT_TOKEN is refused by Telegram (${code}); copy it again from @BotFather (/mybots, API Token), and check TELEGRAM_API_ROOT if you set it`,
    ]);
  }
}

async function setWebhook(
  api: BotApi,
  { url, secret }: NonNullable<TelegramConfig['webhook']>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await api.call(
      'setWebhook',
      {
        url: webhookUrl(url),
        secret_token: secret,
        allowed_updates: ALLOWED_UPDATES,
        max_connections: MAX_CONNECTIONS,
        drop_pending_updates: false,
      },
      { signal },
    );
  } catch (error) {
    if (classify(error).kind !== 'refused') throw error;
    throw new ConfigError([
      'TELEGRAM_WEBHOOK_URL is refused by Telegram; it must be a public https address on port 443, 80, 88 or 8443',
    ]);
  }
}
