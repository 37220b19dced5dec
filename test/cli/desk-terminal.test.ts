/** The terminal itself: what is typed as a secret is not shown, not kept, and not brought back by the arrow keys. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { type Streams, Terminal } from '../../src/cli/desk/terminal.ts';
import { until } from '../support/until.ts';

const UP = '\x1b[A';
const WIPE = '\x15';
const YANK = '\x19';

function fakeTerminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const errors = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString('utf8');
  });
  const terminal = new Terminal({ input, output, errors } as unknown as Streams);
  return { terminal, type: (text: string) => input.write(text), shown: () => shown };
}

test('a passphrase is not shown; a command is', async () => {
  const { terminal, type, shown } = fakeTerminal();
  const secret = terminal.askSecret('Frasa sandi: ');
  type('sepeda hujan\r');
  expect(await secret).toBe('sepeda hujan');
  const command = terminal.askCommand('meja> ');
  type('inbox\r');
  expect(await command).toBe('inbox');
  await until(() => shown().includes('inbox'));
  expect(shown()).toContain('Frasa sandi: ');
  expect(shown()).not.toMatch(/sepeda|hujan/);
  terminal.close();
});

test('the arrow keys bring back commands only: no passphrase, and nothing that was written to a reporter', async () => {
  const { terminal, type } = fakeTerminal();
  const asked = async (answer: Promise<string>, typed: string) => {
    type(typed);
    return answer;
  };
  await asked(terminal.askCommand('meja> '), 'inbox\r');
  await asked(terminal.askSecret('Frasa sandi: '), 'rahasia sekali\r');
  await asked(terminal.ask('│ '), 'Siapa saja yang hadir?\r');
  expect(await asked(terminal.askCommand('meja> '), `${UP}\r`)).toBe('inbox');
  // before it there is nothing
  expect(await asked(terminal.askCommand('meja> '), `${UP}${UP}\r`)).toBe('');
  terminal.close();
});

test('a passphrase that was wiped while typing does not come back either', async () => {
  const { terminal, type, shown } = fakeTerminal();
  const secret = terminal.askSecret('Frasa sandi: ');
  type(`sepeda${WIPE}hujan lemari\r`);
  expect(await secret).toBe('hujan lemari');
  const command = terminal.askCommand('meja> ');
  type(`${YANK}\r`);
  expect(await command).toBe('');
  expect(shown()).not.toContain('sepeda');
  terminal.close();
});

test('Ctrl+C ends a question and forgets what was typed; the next one can be asked', async () => {
  const { terminal, type, shown } = fakeTerminal();
  const ended = terminal.askSecret('Frasa sandi: ').catch((error: Error) => error.name);
  type('setengah\x03');
  expect(await ended).toBe('Interrupted');
  const next = terminal.askCommand('meja> ');
  type('keluar\r');
  expect(await next).toBe('keluar');
  expect(shown()).not.toContain('setengah');
  terminal.close();
});
