/**
 * Telegram end to end over real HTTP against the tests' fake Bot API: updates a second of our channel (with database, rule base and
 * cards) and of a bare telegraf bot that echoes, in turn, in one run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Telegraf } from 'telegraf';
import { openTelegram } from '../src/channels/telegram/telegram.ts';
import { buildWebServer } from '../src/channels/web/server.ts';
import { cacheFolder } from '../src/config.ts';
import { Dialogue } from '../src/dialogue/dialogue.ts';
import { KNOWLEDGE_FOLDER } from '../src/knowledge/load.ts';
import { loadBrain } from '../src/learning/brain.ts';
import { createLog } from '../src/operations/log.ts';
import { Metrics } from '../src/operations/metrics.ts';
import { StoredConversations } from '../src/store/conversations.ts';
import { openDatabase } from '../src/store/database.ts';
import { loadServerKey } from '../src/store/keys.ts';
import { FakeBotApi } from '../test/support/bot-api.ts';

const CHATS = 400;
const ROUNDS = 3;

type Bot = (api: FakeBotApi) => Promise<{ stop(): Promise<void> }>;

/** Updates a second, from the first message sent to the last reply received. */
async function measure(bot: Bot): Promise<number> {
  const api = await FakeBotApi.start({ record: false });
  const running = await bot(api);
  const started = performance.now();
  for (let chat = 1; chat <= CHATS; chat++) api.sendText(chat, 'boleh like postingan calon?');
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

export async function benchTelegram(): Promise<void> {
  const brain = await loadBrain(KNOWLEDGE_FOLDER, { cache: cacheFolder() });
  const ours: Bot = async (api) => {
    const folder = mkdtempSync(join(tmpdir(), 'tanya-netral-bench-'));
    const database = await openDatabase({ folder });
    const key = loadServerKey(folder);
    const log = createLog('silent');
    const metrics = new Metrics();
    const dialogue = new Dialogue({
      conversations: new StoredConversations(database, key),
      key,
      services: () => ({ ...brain, now: Date.now }),
    });
    const web = await buildWebServer({ dialogue, ready: () => true, metrics, log });
    const config = { token: api.token, apiRoot: api.url, webhook: undefined };
    const telegram = await openTelegram({ config, dialogue, services: () => brain, web, log, metrics });
    await telegram.start();
    return {
      stop: async () => {
        await telegram.stop();
        await web.close();
        await database.destroy();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
  const rates: { echo: number[]; ours: number[] } = { echo: [], ours: [] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.echo.push(await measure(echo));
    rates.ours.push(await measure(ours));
  }
  const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
  const [plain, full] = [median(rates.echo), median(rates.ours)];
  console.log(`\nTelegram, ${CHATS} chats, ${ROUNDS} rounds, medians\n`);
  console.log(
    `| | updates a second | against the echo |\n|---|---|---|\n| bare telegraf echo | ${plain.toFixed(0)} | 1.00 |\n| Tanya Netral | ${full.toFixed(0)} | ${(full / plain).toFixed(2)} |`,
  );
}
