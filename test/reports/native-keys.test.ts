/** age's hybrid keys on Node's own cryptography, held against the age library. */
import { bech32 } from '@scure/base';
import {
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
} from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { makeKeyPairFast, nativeRecipient, recipientOf } from '../../src/reports/native-keys.ts';
import { NativeOpener } from '../../src/reports/native-open.ts';
import {
  asRecipient,
  type Identity,
  makeKeyPair,
  openBytes,
  type RecipientText,
  SealError,
  sealBytes,
} from '../../src/sealing/seal.ts';

const TEXT = new TextEncoder().encode('Rapat di aula, hari Senin');

describe('what the one seals the other opens', () => {
  test('the library opens what is sealed here', async () => {
    for (let i = 0; i < 10; i++) {
      const { identity, recipient } = await makeKeyPair();
      const sealed = await sealBytes(TEXT, [nativeRecipient(recipient)]);
      const library = new Decrypter();
      library.addIdentity(identity);
      expect(await library.decrypt(sealed)).toEqual(TEXT);
    }
  });

  test('what the library seals opens here, with keys made here', async () => {
    for (let i = 0; i < 10; i++) {
      const { identity, recipient } = makeKeyPairFast();
      const library = new Encrypter();
      library.addRecipient(recipient);
      const sealed = await library.encrypt(TEXT);
      expect(await openBytes(sealed, identity)).toEqual(TEXT);
      expect(new Uint8Array(new NativeOpener(identity).open(sealed))).toEqual(TEXT);
    }
  });

  test('both kinds of recipient may stand in one file, which nobody else opens', async () => {
    const [one, two, third] = [makeKeyPairFast(), makeKeyPairFast(), makeKeyPairFast()];
    const sealed = await sealBytes(TEXT, [nativeRecipient(one.recipient), two.recipient]);
    for (const { identity } of [one, two]) expect(await openBytes(sealed, identity)).toEqual(TEXT);
    await expect(openBytes(sealed, third.identity)).rejects.toThrow(SealError);
  });

  test('the stored size is the same', async () => {
    const { recipient } = makeKeyPairFast();
    expect(await sealBytes(TEXT, [nativeRecipient(recipient)])).toHaveLength(
      (await sealBytes(TEXT, [recipient])).length,
    );
  });

  test('a recipient that is used again seals with new keys', async () => {
    const recipient = nativeRecipient(makeKeyPairFast().recipient);
    const shares = new Set<string>();
    for (let i = 0; i < 20; i++)
      for (const stanza of await recipient.wrapFileKey(new Uint8Array(16))) shares.add(stanza.args[1] ?? '');
    expect(shares.size).toBe(20);
  });
});

describe('keys', () => {
  test("have the library's public half, whatever the identity", async () => {
    for (let i = 0; i < 20; i++) {
      const identity = (await generateHybridIdentity()) as Identity;
      expect(recipientOf(identity)).toBe(await identityToRecipient(identity));
    }
  });

  test('made here are never the same, and of the right form', () => {
    const made = Array.from({ length: 20 }, makeKeyPairFast);
    expect(new Set(made.map(({ identity }) => identity)).size).toBe(20);
    for (const { identity, recipient } of made) {
      expect(identity).toMatch(/^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/);
      expect(asRecipient(recipient)).toBe(recipient);
    }
  });
});

describe('damaged texts', () => {
  const { identity, recipient } = makeKeyPairFast();
  const change = (text: string, at: number): string =>
    text.slice(0, at) + (text[at]?.toLowerCase() === 'q' ? 'p' : 'q') + text.slice(at + 1);

  test('an identity with any letter changed is refused, and not said back', () => {
    for (let at = 0; at < identity.length; at++) {
      const failure = failureOf(() => recipientOf(change(identity, at).toUpperCase() as Identity));
      expect(failure).toBeInstanceOf(SealError);
      expect(`${failure.stack} ${failure.cause}`).not.toMatch(/SECRET-KEY/i);
    }
  });

  test('a recipient with any letter changed is refused', () => {
    for (let at = 0; at < recipient.length; at += 13)
      expect(failureOf(() => nativeRecipient(change(recipient, at) as RecipientText))).toBeInstanceOf(SealError);
  });

  test.each([
    ['nothing', ''],
    ['cut off', recipient.slice(0, -1)],
    ['in capitals', recipient.toUpperCase()],
    ['an identity', identity],
    ['of another kind of key', bech32.encodeFromBytes('age', new Uint8Array(32).fill(9))],
    ['too short', encoded(keyBytes(recipient).subarray(1))],
    ['too long', encoded(Buffer.concat([keyBytes(recipient), Buffer.alloc(1)]))],
    [
      'an ML-KEM key that is none',
      encoded(Buffer.concat([Buffer.alloc(1_152, 0xff), keyBytes(recipient).subarray(1_152)])),
    ],
  ])('a recipient that is %s is refused', (_what, text) => {
    expect(failureOf(() => nativeRecipient(text as RecipientText))).toBeInstanceOf(SealError);
  });

  // the points of order 1, 2, 4 and 8, and two written beyond the prime: https://cr.yp.to/ecdh.html#validate
  test.each([
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
  ])('a recipient whose X25519 key agrees on zero with everybody is refused at once: %s', (point) => {
    const text = encoded(Buffer.concat([keyBytes(recipient).subarray(0, 1_184), Buffer.from(point, 'hex')]));
    expect(failureOf(() => nativeRecipient(text))).toBeInstanceOf(SealError);
  });

  test('an identity of another kind is refused', async () => {
    const classic = await generateX25519Identity();
    for (const text of [classic, identity.toLowerCase(), recipient, '', `${identity} `])
      expect(failureOf(() => recipientOf(text as Identity))).toBeInstanceOf(SealError);
  });
});

const keyBytes = (text: RecipientText): Buffer =>
  Buffer.from(bech32.fromWords(bech32.decode(text as `${string}1${string}`, false).words));

const encoded = (bytes: Buffer): RecipientText =>
  bech32.encode('age1pq', bech32.toWords(bytes), false) as string as RecipientText;

function failureOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  return new Error('it was taken');
}
