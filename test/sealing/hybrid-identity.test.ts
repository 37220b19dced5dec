/** Keys made ready to open much, and files read in one piece: the same as with the age library, and the same refusals. */
import { readFileSync } from 'node:fs';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeKeyPairFast, nativeRecipient } from '../../src/reports/native-keys.ts';
import { sealFast } from '../../src/reports/native-seal.ts';
import { openFile } from '../../src/sealing/age-file.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { HybridIdentity } from '../../src/sealing/hybrid-identity.ts';
import { randomId } from '../../src/sealing/id.ts';
import {
  type Identity,
  makeKeyPair,
  openBytes,
  openEntry,
  SealError,
  sealBytes,
  unwrapCaseKey,
  wrapCaseKey,
} from '../../src/sealing/seal.ts';

const TEXT = Buffer.from('Rapat di aula');
/** Around the borders of chunks of 64 KiB. */
const LENGTHS = [0, 1, 4096, 65_535, 65_536, 65_537, 131_072, 200_000];

/** What a browser's own cryptography knows. */
const BROWSERS = [
  { name: 'ML-KEM and X25519 of the browser', unknown: [] },
  { name: 'X25519 of the browser', unknown: ['ML-KEM-768'] },
  { name: 'ML-KEM of the browser', unknown: ['X25519'] },
  { name: 'neither', unknown: ['ML-KEM-768', 'X25519'] },
] as const;

function without(unknown: readonly string[]): void {
  const { importKey } = crypto.subtle;
  vi.spyOn(crypto.subtle, 'importKey').mockImplementation(((...args: Parameters<typeof importKey>) =>
    unknown.includes(String(args[2]))
      ? Promise.reject(new DOMException('unknown', 'NotSupportedError'))
      : importKey.apply(crypto.subtle, args)) as typeof importKey);
}
afterEach(() => void vi.restoreAllMocks());

const byLibrary = (sealed: Uint8Array, identity: Identity): Promise<Uint8Array> => openBytes(sealed, identity);

/** Undefined where it is refused. Anything but a `SealError` would be a mistake of ours. */
async function opened(open: Promise<Uint8Array>): Promise<string | undefined> {
  try {
    return Buffer.from(await open).toString('hex');
  } catch (error) {
    expect(error).toBeInstanceOf(SealError);
    expect(`${(error as Error).stack}`).not.toMatch(/SECRET-KEY/i);
    return undefined;
  }
}

let ours: Awaited<ReturnType<typeof makeKeyPair>>;
let others: Awaited<ReturnType<typeof makeKeyPair>>;
beforeAll(async () => {
  [ours, others] = [await makeKeyPair(), await makeKeyPair()];
});

describe.each(BROWSERS)('with $name', ({ unknown }) => {
  test('known answers: files made once by age itself', async () => {
    without(unknown);
    const known = JSON.parse(readFileSync(new URL('vectors/sealed.json', import.meta.url), 'utf8')) as {
      readonly identity: Identity;
      readonly entry: Entry;
      readonly fileBytes: string;
      readonly sealed: string;
      readonly caseIdentity: Identity;
      readonly wrapped: string;
    };
    const key = await HybridIdentity.of(known.identity);
    const entry = await openEntry(Buffer.from(known.sealed, 'base64'), key, known.entry);
    expect(Buffer.from(entry.file?.bytes ?? []).toString('base64')).toBe(known.fileBytes);
    expect(entry.text).toBe(known.entry.text);
    expect(await unwrapCaseKey(known.entry.case, Buffer.from(known.wrapped, 'base64'), key)).toBe(known.caseIdentity);
  });

  test('what the library or the server seals opens, for each of those it is for', async () => {
    without(unknown);
    const [mine, theirs] = [await HybridIdentity.of(ours.identity), await HybridIdentity.of(others.identity)];
    const stranger = await HybridIdentity.of((await makeKeyPair()).identity);
    const to = [others.recipient, ours.recipient];
    for (const sealed of [await sealBytes(TEXT, to), await sealFast(TEXT, to.map(nativeRecipient))]) {
      for (const key of [mine, theirs]) expect(Buffer.from(await openBytes(sealed, key)).equals(TEXT)).toBe(true);
      expect(await opened(openBytes(sealed, stranger))).toBeUndefined();
    }
  });

  test('every point of low order is refused, as by the library', async () => {
    without(unknown);
    const key = await HybridIdentity.of(ours.identity);
    for (const point of LOW_ORDER) {
      const sealed = withEphemeral(await sealBytes(TEXT, [ours.recipient]), Buffer.from(point, 'hex'));
      expect(await opened(byLibrary(sealed, ours.identity))).toBeUndefined();
      expect(await opened(openBytes(sealed, key))).toBeUndefined();
      const stanza = stanzaOf(sealed);
      await expect(key.unwrapFileKey([stanza])).rejects.toThrow();
    }
    // any other point gives a secret, if a wrong one: so it was the point that was refused
    const other = withEphemeral(await sealBytes(TEXT, [ours.recipient]), Buffer.alloc(32, 9));
    expect(await key.unwrapFileKey([stanzaOf(other)])).toBeNull();
  });
});

test('zero is refused also in a browser that does not look for it', async () => {
  const key = await HybridIdentity.of(ours.identity);
  const stanza = stanzaOf(await sealBytes(TEXT, [ours.recipient]));
  expect(await key.unwrapFileKey([stanza])).toHaveLength(16);
  vi.spyOn(crypto.subtle, 'deriveBits').mockResolvedValue(new ArrayBuffer(32));
  await expect(key.unwrapFileKey([stanza])).rejects.toThrow();
});

describe('a file read in one piece', () => {
  test.each(LENGTHS)('%i bytes', async (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length <= 65_536 ? length : 65_536));
    const whole = Buffer.concat(Array.from({ length: 4 }, () => bytes)).subarray(0, length);
    const sealed = await sealBytes(length <= 65_536 ? bytes : whole, [ours.recipient]);
    const key = await HybridIdentity.of(ours.identity);
    expect(await opened(openBytes(sealed, key))).toBe(await opened(byLibrary(sealed, ours.identity)));
    expect(await opened(openBytes(sealed, key))).toBe(Buffer.from(length <= 65_536 ? bytes : whole).toString('hex'));
    // also where it lies within other bytes
    const around = new Uint8Array(sealed.length + 20);
    around.set(sealed, 7);
    expect(await opened(openBytes(around.subarray(7, 7 + sealed.length), key))).toHaveLength(2 * length);
  });

  test('with any bit changed, cut anywhere, or with more behind it: what the library refuses is refused', async () => {
    const sealed = await sealBytes(TEXT, [others.recipient, ours.recipient]);
    const key = await HybridIdentity.of(ours.identity);
    const header = Buffer.from(sealed).indexOf('\n--- ');
    const places = [
      ...Array.from({ length: 60 }, (_, i) => i),
      ...Array.from({ length: 150 }, (_, i) => Math.floor((header * i) / 150)),
      ...Array.from({ length: sealed.length - header }, (_, i) => header + i),
    ];
    for (const at of places) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect([at, await opened(openBytes(changed, key))]).toEqual([at, undefined]);
    }
    for (let length = 0; length < sealed.length; length += length < header ? 37 : 1)
      expect([length, await opened(openBytes(sealed.subarray(0, length), key))]).toEqual([length, undefined]);
    for (const more of [[0], [10], Array.from(sealed)])
      expect(await opened(openBytes(new Uint8Array([...sealed, ...more]), key))).toBeUndefined();
  });

  test('pieces that were left out, doubled or swapped', async () => {
    const piece = 64 * 1024 + 16;
    const sealed = await sealBytes(new Uint8Array(3 * 64 * 1024), [ours.recipient]);
    const key = await HybridIdentity.of(ours.identity);
    const start = sealed.length - 3 * piece;
    const pieces = [0, 1, 2].map((i) => sealed.subarray(start + i * piece, start + (i + 1) * piece));
    const built = (...order: number[]) =>
      new Uint8Array(Buffer.concat([sealed.subarray(0, start), ...order.map((i) => pieces[i] as Uint8Array)]));
    expect(await opened(openBytes(built(0, 1, 2), key))).toHaveLength(2 * 3 * 64 * 1024);
    for (const order of [[], [0], [0, 1], [0, 2], [1, 2], [2], [0, 1, 1, 2], [1, 0, 2], [0, 1, 2, 2]])
      expect([order, await opened(openBytes(built(...order), key))]).toEqual([order, undefined]);
  });

  test('headers of every kind: it opens what the library opens, and nothing else', async () => {
    const lines = fc.constantFrom('-> a', '-> a b', '->', '-> ', '-> a  b', 'AAAA', '', '---', '--- ', 'A', 'ä', '\r');
    const key = await HybridIdentity.of(ours.identity);
    const plain = Buffer.from(await sealBytes(TEXT, [ours.recipient])).toString('latin1');
    await fc.assert(
      fc.asyncProperty(fc.array(lines, { maxLength: 4 }), fc.nat(3), async (extra, at) => {
        const parts = plain.split('\n');
        parts.splice(at, 0, ...extra);
        const changed = Uint8Array.from(Buffer.from(parts.join('\n'), 'latin1'));
        expect(await opened(openBytes(changed, key))).toBe(await opened(byLibrary(changed, ours.identity)));
      }),
      { numRuns: 60 },
    );
  });

  test('stanzas for other kinds of keys are passed over', async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    encrypter.addRecipient({ wrapFileKey: () => [{ args: ['grease', 'x', 'y'], body: new Uint8Array(48) }] });
    encrypter.addRecipient({ wrapFileKey: () => [{ args: ['empty'], body: new Uint8Array() }] });
    encrypter.addRecipient(ours.recipient);
    const sealed = await encrypter.encrypt(TEXT);
    const key = await HybridIdentity.of(ours.identity);
    expect(Buffer.from(await openBytes(sealed, key)).equals(TEXT)).toBe(true);
    expect(Buffer.from(await byLibrary(sealed, ours.identity)).equals(TEXT)).toBe(true);
  });

  test('a stanza of the wrong shape stops it, as it stops the library', async () => {
    const [good] = [stanzaOf(await sealBytes(TEXT, [others.recipient]))];
    const [kind = '', share = ''] = good.args;
    const key = await HybridIdentity.of(ours.identity);
    for (const stanza of [
      { args: [kind], body: good.body },
      { args: [kind, share, share], body: good.body },
      { args: [kind, share.slice(4)], body: good.body },
      { args: [kind, `${share}=`], body: good.body },
      { args: [kind, share], body: good.body.subarray(1) },
    ]) {
      const encrypter = new Encrypter();
      encrypter.addRecipient({ wrapFileKey: () => [stanza] });
      encrypter.addRecipient(ours.recipient);
      const sealed = await encrypter.encrypt(TEXT);
      expect(await opened(byLibrary(sealed, ours.identity))).toBeUndefined();
      expect(await opened(openBytes(sealed, key))).toBeUndefined();
    }
  });
});

describe('a key', () => {
  test('that is mistyped, or of another kind, is refused and not in the error', async () => {
    const classic = (await generateX25519Identity()) as Identity;
    const mistyped = ours.identity.replace(/.{4}$/, 'QQQQ') as Identity;
    const lower = ours.identity.toLowerCase() as Identity;
    for (const text of [mistyped, classic, lower, ours.recipient, '', 'AGE-SECRET-KEY-PQ-1', `${ours.identity} `]) {
      const failure = await HybridIdentity.of(text as Identity).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(SealError);
      expect(String((failure as Error).stack)).not.toMatch(/SECRET-KEY/i);
    }
  });

  test('of a case opens for its case only', async () => {
    const caseId = randomId();
    const { identity } = makeKeyPairFast();
    const wrapped = await wrapCaseKey(caseId, identity, ours.recipient);
    const key = await HybridIdentity.of(ours.identity);
    expect(await unwrapCaseKey(caseId, wrapped, key)).toBe(identity);
    await expect(unwrapCaseKey(randomId(), wrapped, key)).rejects.toThrow(SealError);
    await expect(unwrapCaseKey(caseId, wrapped, await HybridIdentity.of(others.identity))).rejects.toThrow(SealError);
  });

  test('opens many at once', async () => {
    const key = await HybridIdentity.of(ours.identity);
    const sealed = await Promise.all(
      Array.from({ length: 30 }, (_, i) => sealFast(Buffer.from(`nomor ${i}`), [nativeRecipient(ours.recipient)])),
    );
    const texts = await Promise.all(sealed.map(async (one) => Buffer.from(await openFile(one, key)).toString()));
    expect(texts).toEqual(Array.from({ length: 30 }, (_, i) => `nomor ${i}`));
  });
});

/** RFC 7748 section 6.1 and https://cr.yp.to/ecdh.html#validate: all that agree on zero with every key. */
const LOW_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

const SHARE = /-> (mlkem768x25519) ([A-Za-z0-9+/]{1494})\n([A-Za-z0-9+/]{43})\n/;

function partsOf(sealed: Uint8Array): { readonly share: Buffer; readonly body: Buffer; readonly text: string } {
  const text = Buffer.from(sealed).toString('latin1');
  const found = SHARE.exec(text);
  return { text, share: Buffer.from(found?.[2] ?? '', 'base64'), body: Buffer.from(found?.[3] ?? '', 'base64') };
}

function stanzaOf(sealed: Uint8Array): { readonly args: string[]; readonly body: Uint8Array } {
  const { share, body } = partsOf(sealed);
  return { args: ['mlkem768x25519', base64(share)], body: Uint8Array.from(body) };
}

/** The same file with another X25519 point in its first stanza. */
function withEphemeral(sealed: Uint8Array, point: Uint8Array): Uint8Array {
  const { text, share } = partsOf(sealed);
  const changed = base64(Buffer.concat([share.subarray(0, 1088), point]));
  return Uint8Array.from(Buffer.from(text.replace(base64(share), changed), 'latin1'));
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
