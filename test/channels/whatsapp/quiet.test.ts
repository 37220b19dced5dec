/** libsignal prints private keys; none of it may reach standard output. */
import { execFileSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { quieten } from '../../../src/channels/whatsapp/quiet.ts';
import { newDisk, startServer } from './bot.ts';
import { linkFolder, startProcess } from './process.ts';

/** A question whose answer does not hang on what the matcher has learnt. */
const QUESTION = '/aturan medsos-like';

const SESSION = `
const { createRequire } = await import('node:module');
const Record = createRequire(process.cwd() + '/src/x.js')('libsignal/src/session_record.js');
const entry = Record.createEntry();
entry.currentRatchet = { ephemeralKeyPair: { privKey: Buffer.from('THE-PRIVATE-KEY') } };
entry.indexInfo = { closed: -1, baseKey: Buffer.from('x') };
new Record().closeSession(entry);
new Record().closeSession(entry);
console.log('spoken:', 'ours');
`;
const run = (script: string) =>
  execFileSync(process.execPath, ['--input-type=module', '-e', `${script}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

test('libsignal by itself prints the key; behind the filter it does not, and our own lines stay', () => {
  const bare = run(SESSION);
  expect(bare).toContain('Closing session:');
  expect(bare).toMatch(/privKey/);
  const filtered = run(`import { quieten } from './src/channels/whatsapp/quiet.ts'; quieten();${SESSION}`);
  expect(filtered).toBe('spoken: ours\n');
});

test('every method of the console is filtered, once', () => {
  const speak = vi.fn();
  const target = {
    log: speak,
    info: speak,
    warn: speak,
    error: speak,
    debug: speak,
    trace: speak,
  } as unknown as Console;
  quieten(target);
  quieten(target);
  for (const method of ['log', 'info', 'warn', 'error'] as const) target[method]('Session error:', {});
  expect(speak).not.toHaveBeenCalled();
  target.warn('something else', 1);
  expect(speak).toHaveBeenCalledExactlyOnceWith('something else', 1);
});

test('a whole process says nothing of sessions, also when a phone gets new keys and messages cannot be read', {
  timeout: 120_000,
}, async () => {
  const server = await startServer();
  const { folder } = newDisk();
  await linkFolder(server, folder);
  const bot = startProcess(server, folder);
  await server.waitForLogin(60_000);
  const ani = server.addPeer({ name: 'Ani Rahasia' });
  await ani.sendText(QUESTION);
  await ani.waitForMessage();
  await ani.reinstall();
  await ani.sendText('/topik');
  await ani.waitForMessage();
  await ani.sendText('/bantuan', { corrupt: true });
  await ani.waitForMessage();
  expect(await bot.stop()).toBe(0);
  const lines = bot.output().trim().split('\n');
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
  expect(bot.output()).not.toMatch(/session|privKey|<Buffer|Rahasia/i);
  for (const jid of [ani.lid, ani.phone!]) expect(bot.output()).not.toContain(jid.replace(/@.*/, ''));
});
