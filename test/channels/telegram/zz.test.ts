import { test } from 'vitest';
import { quickBrain, startBot, QUESTION } from '../../support/telegram-services.ts';
test('x', async () => {
  
  const bot = await startBot();
  bot.telegram.sendText(7, QUESTION);
  await new Promise(r=>setTimeout(r,4000));
  console.log(bot.logged.join(''), bot.telegram.sent(7).length, bot.telegram.count('getUpdates'), bot.metrics.render(), bot.telegram.calls('getUpdates'), bot.telegram.calls('sendMessage').length);
});
