/** The server's own age against the library's: the same files, and the same refusals. */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hkdf, hmac } from '../../src/reports/hmac.ts';
import { makeKeyPairFast, nativeRecipient } from '../../src/reports/native-keys.ts';
import { NativeOpener } from '../../src/reports/native-open.ts';
import { sealEntryFast, sealFast, wrapCaseKeyFast } from '../../src/reports/native-seal.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import {
  type Identity,
  makeKeyPair,
  openBytes,
  openEntry,
  SealError,
  sealBytes,
  sealEntry,
  unwrapCaseKey,
} from '../../src/sealing/seal.ts';

/** Around the borders of chunks of 64 KiB. */
const LENGTHS = [0, 1, 4096, 65_535, 65_536, 65_537, 131_072, 200_000];
const mine = makeKeyPairFast();
const other = makeKeyPairFast();

test('HMAC and HKDF are those of Node', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ maxLength: 300 }), (key, data) => {
      expect(hmac(key, data)).toEqual(createHmac('sha256', key).update(data).digest());
      expect(hkdf(data, key, Buffer.from('info'))).toEqual(Buffer.from(hkdfSync('sha256', data, key, 'info', 32)));
    }),
  );
  expect(() => hmac(new Uint8Array(65), new Uint8Array())).toThrow(RangeError);
});

describe('what one seals, the other opens', () => {
  test.each(LENGTHS)('%i bytes', async (length) => {
    const bytes = randomBytes(length);
    const both = [nativeRecipient(other.recipient), nativeRecipient(mine.recipient)];
    const fast = await sealFast(bytes, both);
    const slow = await sealBytes(bytes, [other.recipient, mine.recipient]);
    expect(fast.length).toBe(slow.length);
    const opener = new NativeOpener(mine.identity);
    for (const sealed of [fast, slow]) {
      expect(Buffer.from(await openBytes(sealed, mine.identity)).equals(bytes)).toBe(true);
      expect(bytes.equals(opener.open(sealed))).toBe(true);
    }
  });

  test('entries and case keys, with keys of either', async () => {
    const library = await makeKeyPair();
    const entry: Entry = {
      case: randomId(),
      id: randomId(),
      author: 'reporter',
      part: 'file',
      day: '2026-11-21',
      place: 3,
      text: '😀 é',
      file: { name: 'foto.jpg', type: 'image/jpeg', bytes: randomBytes(70_000) },
    };
    for (const { identity, recipient } of [library, mine]) {
      const to = nativeRecipient(recipient);
      const opener = new NativeOpener(identity);
      for (const sealed of [await sealEntryFast(entry, [to]), await sealEntry(entry, [recipient])]) {
        expect(opener.openEntry(sealed, entry)).toEqual(await openEntry(sealed, identity, entry));
        expect(opener.openEntry(sealed, entry).text).toBe('😀 é');
      }
      const wrapped = await wrapCaseKeyFast(entry.case, other.identity, to);
      expect(await unwrapCaseKey(entry.case, wrapped, identity)).toBe(other.identity);
      await expect(unwrapCaseKey(randomId(), wrapped, identity)).rejects.toThrow(SealError);
    }
  });

  test('never the same bytes twice', async () => {
    const to = [nativeRecipient(mine.recipient)];
    const [one, two] = [await sealFast(randomBytes(4096), to), await sealFast(randomBytes(4096), to)];
    for (let at = 60; at + 16 <= one.length; at += 16)
      expect(Buffer.from(two).includes(Buffer.from(one.subarray(at, at + 16)))).toBe(false);
  });
});

describe('nothing else opens', () => {
  test('for another key, or with no key at all', async () => {
    const sealed = await sealFast(randomBytes(100), [nativeRecipient(other.recipient)]);
    expect(() => new NativeOpener(mine.identity).open(sealed)).toThrow(SealError);
    for (const odd of ['', 'AGE-SECRET-KEY-1QQQQ', mine.recipient, mine.identity.slice(0, -1)])
      expect(() => new NativeOpener(odd as Identity)).toThrow(SealError);
  });

  test('changed in any byte, cut at any place, or made longer', async () => {
    const opener = new NativeOpener(mine.identity);
    const sealed = await sealFast(randomBytes(200), [nativeRecipient(mine.recipient)]);
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect(() => opener.open(changed)).toThrow(SealError);
    }
    for (let length = 0; length < sealed.length; length += 7)
      expect(() => opener.open(sealed.subarray(0, length))).toThrow(SealError);
    expect(() => opener.open(Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow(SealError);
    expect(() => opener.open(Buffer.concat([sealed, sealed]))).toThrow(SealError);
  });

  test('with chunks changed about, left out, or cut at their border', async () => {
    const opener = new NativeOpener(mine.identity);
    const sealed = Buffer.from(await sealFast(randomBytes(3 * 65_536), [nativeRecipient(mine.recipient)]));
    const chunk = 65_536 + 16;
    const head = sealed.length - 3 * chunk;
    const part = (i: number) => sealed.subarray(head + i * chunk, head + (i + 1) * chunk);
    const start = sealed.subarray(0, head);
    for (const order of [
      [1, 0, 2],
      [0, 2],
      [0, 1],
      [0, 1, 2, 2],
      [0, 1, 1, 2],
    ])
      expect(() => opener.open(Buffer.concat([start, ...order.map(part)]))).toThrow(SealError);
    expect(opener.open(Buffer.concat([start, part(0), part(1), part(2)])).length).toBe(3 * 65_536);
  });

  test('whatever the bytes are', () => {
    const opener = new NativeOpener(mine.identity);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, withHead) => {
        const head = withHead ? Buffer.from('age-encryption.org/v1\n-> mlkem768x25519 ') : Buffer.alloc(0);
        expect(() => opener.open(Buffer.concat([head, bytes]))).toThrow(SealError);
      }),
    );
  });
});

test('nothing is sealed to nobody', async () => {
  await expect(sealFast(new Uint8Array(1), [])).rejects.toThrow('nobody could open this');
});
