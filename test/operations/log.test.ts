/** The log: enough to find a fault, nothing about a person. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/operations/log.ts';
import { run } from '../support/run-program.ts';

const SECRET = '4711:rahasia-boleh-like-paslon';

test('nothing that a person wrote or that is secret gets into the log, however it is handed over', async () => {
  const { code, stdout, stderr } = await run('test/support/log-something.ts', [SECRET]);
  expect(code).toBe(0);
  expect(stdout).toBe('');
  expect(stderr).not.toContain(SECRET);
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatchObject({ token: '[redacted]', text: '[redacted]', msg: 'named' });
  expect(lines[1]).toMatchObject({ update: { text: '[redacted]', chat: '[redacted]' } });
  for (const line of lines.slice(3, 7)) expect(line).toMatchObject({ level: 50, err: { type: 'Error', code: 400 } });
  expect(lines[7]).toMatchObject({ rules: 3, msg: 'rule base ready', level: 30 });
  for (const line of lines) expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

describe('an error in the log', () => {
  test('has its kind, its code and its place', () => {
    const error = Object.assign(new TypeError('x'), { code: 'ECONNRESET' });
    const described = describeError(error);
    expect(described).toMatchObject({ type: 'TypeError', code: 'ECONNRESET' });
    expect(described.at).toMatch(/^at .*log\.test\.ts:\d+:\d+\)?$/);
    expect(Object.keys(described).sort()).toEqual(['at', 'code', 'type']);
  });

  test('that is no error is only named by its type', () => {
    expect(describeError('boleh like?')).toEqual({ type: 'string' });
    expect(describeError(undefined)).toEqual({ type: 'undefined' });
    expect(describeError({ token: 'x' })).toEqual({ type: 'object' });
  });

  test('never has a word of its message, whatever the message looks like', () => {
    const secret = 'rahasia-4711';
    const message = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => `${text}${secret}`),
      // messages that imitate the lines of a stack
      fc.constantFrom(
        `\n    at ${secret} (file:///x.ts:1:1)`,
        `a\n    at ${secret}:1:1\nb`,
        `at ${secret}`,
        `\nat ${secret} (src/x.ts:1:1)\n    at ${secret}:2:2`,
        `request to https://api.telegram.org/bot${secret}/getMe failed`,
      ),
    );
    fc.assert(
      fc.property(message, (text) => {
        const payload = { response: { description: text }, on: { payload: { text } }, cause: new Error(text) };
        expect(JSON.stringify(describeError(Object.assign(new Error(text), payload)))).not.toContain(secret);
      }),
    );
  });

  test('with codes of any other kind has none', () => {
    expect(describeError(Object.assign(new Error('x'), { code: { secret: 1 } }))).not.toHaveProperty('code');
  });

  test('without a stack has no place', () => {
    const error = new Error('rahasia');
    delete error.stack;
    expect(describeError(error)).toEqual({ type: 'Error' });
  });
});
