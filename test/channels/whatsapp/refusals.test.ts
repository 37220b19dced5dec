/** What WhatsApp refuses, and how fast we write. */
import { expect, test } from 'vitest';
import { QUESTION } from '../../support/telegram-services.ts';
import { startBot } from './bot.ts';

const LONG = { timeout: 5_000 };

test.each([463, 429, 479])('%i: not sent again, counted and logged by its code', async (code) => {
  const bot = await startBot();
  const { server } = bot;
  const ani = server.addPeer();
  server.refuseNextMessage(code);
  await ani.sendText(QUESTION);
  await expect.poll(() => bot.metrics.render(), LONG).toContain(`whatsapp_refused_total{code="${code}"} 1`);
  await expect.poll(() => bot.metrics.render(), LONG).toContain('whatsapp_messages_total{result="refused"} 1');
  expect(bot.logged.join('')).toContain(`"code":"${code}"`);
  const tried = () => server.stanzas.filter(({ from, node }) => from === 'bot' && node.tag === 'message').length;
  expect(tried()).toBe(1);
  // the next message is a new chance
  await ani.sendText('/topik');
  await ani.waitForMessage();
  expect(ani.received).toHaveLength(1);
  expect(tried()).toBe(2);
});

test('a message that nobody confirms is sent again under the same id', async () => {
  const { server } = await startBot();
  const ani = server.addPeer();
  server.swallowNextMessage();
  await ani.sendText(QUESTION);
  expect((await ani.waitForMessage()).text).toContain('TIDAK BOLEH');
  const ids = server.stanzas
    .filter(({ from, node }) => from === 'bot' && node.tag === 'message')
    .map(({ node }) => node.attrs.id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test('while the account is locked nothing is sent', async () => {
  const bot = await startBot();
  const { server } = bot;
  const ani = server.addPeer();
  const lock = (active: boolean, seconds: number) => ({
    tag: 'notification',
    attrs: { from: 's.whatsapp.net', type: 'mex', id: `mex${seconds}`, t: String(Math.floor(Date.now() / 1000)) },
    content: [
      {
        tag: 'update',
        attrs: { op_name: 'NotificationUserReachoutTimelockUpdate' },
        content: Buffer.from(
          JSON.stringify({
            data: {
              xwa2_notify_account_reachout_timelock: {
                is_active: active,
                time_enforcement_ends: String(Math.floor(Date.now() / 1000) + seconds),
                enforcement_type: 'WEB_COMPANION_ONLY',
              },
            },
          }),
        ),
      },
    ],
  });
  await server.sendNode(lock(true, 3600));
  await expect.poll(() => bot.metrics.render(), LONG).toContain('whatsapp_locks_total 1');
  await ani.sendText(QUESTION);
  await expect.poll(() => bot.metrics.render(), LONG).toContain('whatsapp_refused_total{code="locked"} 1');
  expect(ani.received).toHaveLength(0);
  await server.sendNode(lock(false, 0));
  await expect
    .poll(async () => {
      await ani.sendText('/topik');
      return ani.received.length;
    }, LONG)
    .toBeGreaterThan(0);
});

test('messages go out one after another, at the pace that is set', async () => {
  const { server } = await startBot({ config: { paceMs: 200 } });
  const people = [server.addPeer(), server.addPeer(), server.addPeer()];
  for (const person of people) await person.sendText('/topik');
  const times: number[] = [];
  for (const person of people) times.push((await person.waitForMessage()).at);
  times.sort((a, b) => a - b);
  for (const [i, time] of times.entries()) if (i > 0) expect(time - times[i - 1]!).toBeGreaterThanOrEqual(100);
});

test('nobody who has not written gets a message', async () => {
  const { server } = await startBot();
  const ani = server.addPeer();
  await ani.typing();
  await ani.call('offer');
  await ani.call('timeout');
  const budi = server.addPeer();
  await budi.sendText('/topik');
  await budi.waitForMessage();
  expect(ani.received).toHaveLength(0);
});
