import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { base64url, fromBase64url, ID, randomId } from '../../src/sealing/id.ts';

test.each([0, 1, 2, 3, 24_575, 24_576, 24_577, 3_000_000])('%i bytes as base64url and back', (length) => {
  const bytes = randomBytes(length);
  expect(base64url(bytes) === bytes.toString('base64url')).toBe(true);
  expect(bytes.equals(fromBase64url(base64url(bytes)))).toBe(true);
});

test('an id has its shape, and no two are the same', () => {
  const ids = Array.from({ length: 1000 }, randomId);
  expect(ids.every((id) => ID.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(1000);
});
