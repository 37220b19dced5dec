/** What is made of a receipt, against answers worked out elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { recipientOf } from '../../src/reports/native-keys.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { entropyOf } from '../../src/sealing/receipt-words.ts';
import { openBytes, sealBytes } from '../../src/sealing/seal.ts';

interface Vector {
  readonly entropy: string;
  readonly receipt: Receipt;
  readonly lookup: string;
  readonly lookupHash: string;
  readonly identity: string;
  readonly recipientSha256: string;
}

/** Made by vectors/receipt.py, which uses nothing of ours and no library but Python's own: even ML-KEM is written out there. */
const VECTORS = JSON.parse(readFileSync(new URL('vectors/receipt.json', import.meta.url), 'utf8')) as Vector[];

describe('known answers', () => {
  test.each(VECTORS)('$receipt', async (vector) => {
    expect(Buffer.from(entropyOf(vector.receipt)).toString('hex')).toBe(vector.entropy);
    const { lookup, lookupHash, identity, recipient } = await receiptKeys(vector.receipt);
    expect({ lookup, lookupHash, identity }).toEqual({
      lookup: vector.lookup,
      lookupHash: vector.lookupHash,
      identity: vector.identity,
    });
    expect(createHash('sha256').update(recipient).digest('hex')).toBe(vector.recipientSha256);
  });
});

test('the same receipt gives the same keys, another one others', async () => {
  const [one, other] = [makeReceipt(), makeReceipt()];
  const keys = await receiptKeys(one);
  expect(await receiptKeys(one)).toEqual(keys);
  const others = await receiptKeys(other);
  for (const name of ['lookup', 'lookupHash', 'identity', 'recipient'] as const)
    expect(others[name]).not.toBe(keys[name]);
});

test("the server's faster way to the public half gives the same keys", async () => {
  const receipt = makeReceipt();
  expect(await receiptKeys(receipt, recipientOf)).toEqual(await receiptKeys(receipt));
});

test('what is sealed to a receipt opens with it, and age reads its key', async () => {
  const { identity, recipient } = await receiptKeys(makeReceipt());
  expect(await identityToRecipient(identity)).toBe(recipient);
  const sealed = await sealBytes(new TextEncoder().encode('Terima kasih'), [recipient]);
  expect(new TextDecoder().decode(await openBytes(sealed, identity))).toBe('Terima kasih');
});

test('what is no receipt has no keys, and is not said back', async () => {
  const nine = makeReceipt().split(' ').slice(1).join(' ');
  for (const text of ['', nine, `${nine} bukan`, 'bambu '.repeat(10).trim()]) {
    const failure = await receiptKeys(text as Receipt).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(String(failure)).toBe('TypeError: this is no receipt');
  }
});
