/** A bot that is killed while it answers. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { FakeGraphApi } from '../../support/graph-api.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const BOT = fileURLToPath(new URL('../../support/graph-api-bot.ts', import.meta.url));
const MESSAGES = 200;

/** A port that is free now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function startProcess(folder: string, port: number, graph: FakeGraphApi): Promise<ChildProcess> {
  const child = spawn(process.execPath, [BOT, folder, String(port), JSON.stringify(graph.config)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

test('killed with -9 over and over while 200 messages are handled, each is answered once', async () => {
  const graph = await FakeGraphApi.start();
  const [folder, port] = [tempFolder(), await freePort()];
  graph.connect(`http://127.0.0.1:${port}`);
  let bot = await startProcess(folder, port, graph);
  const person = (n: number) => String(6_281_300_000_000 + n);
  // every fifth message is of the same person as the one before
  const people = Array.from({ length: MESSAGES }, (_, n) => person(n % 5 === 4 ? n - 1 : n));
  const posted = people.map((one) => graph.sendText(one, '/saya'));
  const answers = () => graph.people.reduce((sum, one) => sum + graph.sent(one).length, 0);
  for (const enough of [30, 110]) {
    await graph.until(() => (answers() >= enough ? true : undefined), `${enough} answers`, 40_000);
    const exit = once(bot, 'exit');
    bot.kill('SIGKILL');
    await exit;
    bot = await startProcess(folder, port, graph);
  }
  expect(new Set(await Promise.all(posted))).toEqual(new Set([200]));
  await graph.until(() => (answers() >= MESSAGES ? true : undefined), 'every answer', 40_000);
  // what was answered twice would come now
  await new Promise((resolve) => setTimeout(resolve, 500));
  for (const one of new Set(people))
    expect(graph.sent(one), one).toHaveLength(people.filter((other) => other === one).length);
  const exit = once(bot, 'exit');
  bot.kill('SIGKILL');
  await exit;
  await graph.stop();
}, 120_000);
