/**
 * Telegram end to end over real HTTP against the tests' fake Bot API: updates a second of our channel (with database, rule base and
 * cards) and of a bare telegraf bot that echoes, in turn, in one run.
 */
import { Telegraf } from 'telegraf';
import { openTelegram } from '../src/channels/telegram/telegram.ts';
import { buildWebServer } from '../src/channels/web/server.ts';
import { createLog } from '../src/operations/log.ts';
import { Metrics } from '../src/operations/metrics.ts';
import { FakeBotApi } from '../test/support/bot-api.ts';
import { againstEcho, openCore, QUESTION } from './end-to-end.ts';

const CHATS = 400;

type Bot = (api: FakeBotApi) => Promise<{ stop(): Promise<void> }>;

/** Updates a second, from the first message sent to the last reply received. */
async function measure(bot: Bot): Promise<number> {
  const api = await FakeBotApi.start({ record: false });
  const running = await bot(api);
  const started = performance.now();
  for (let chat = 1; chat <= CHATS; chat++) api.sendText(chat, QUESTION);
  await api.until(() => (answered(api) >= CHATS ? true : undefined), 'all chats answered', 120_000);
  const rate = (1000 * CHATS) / (performance.now() - started);
  await running.stop();
  await api.stop();
  return rate;
}

const answered = (api: FakeBotApi): number => {
  let count = 0;
  for (let chat = 1; chat <= CHATS; chat++) if (api.sent(chat).length > 0) count++;
  return count;
};

const echo: Bot = async (api) => {
  const bot = new Telegraf(api.token, { telegram: { apiRoot: api.url } });
  bot.on('text', (context) => context.reply(context.message.text));
  const launched = bot.launch();
  return {
    stop: async () => {
      bot.stop();
      await launched;
    },
  };
};

const ours: Bot = async (api) => {
  const { brain, dialogue, close } = await openCore();
  const log = createLog('silent');
  const metrics = new Metrics();
  const web = await buildWebServer({ dialogue, ready: () => true, metrics, log });
  const config = { token: api.token, apiRoot: api.url, webhook: undefined };
  const telegram = await openTelegram({ config, dialogue, services: () => brain, web, log, metrics });
  await telegram.start();
  return {
    stop: async () => {
      await telegram.stop();
      await web.close();
      await close();
    },
  };
};

export async function benchTelegram(): Promise<void> {
  await againstEcho(`Telegram, ${CHATS} chats`, { echo: ['bare telegraf echo', echo], ours }, measure);
}
