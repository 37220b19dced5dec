import { expect, test } from 'vitest';
import { run } from './run-program.ts';

test('whoever had a PostgreSQL ends with their own code: tests that failed must not look as if they had passed', async () => {
  expect((await run('test/support/postgres-user.ts', [])).code).toBe(3);
}, 120_000);
