/** Sealed entries and case keys: they open for who they are for, and for nothing else in the world. */
import { readFileSync } from 'node:fs';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Entry, EntryError } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { TooLarge } from '../../src/sealing/padding.ts';
import {
  asRecipient,
  type Identity,
  makeKeyPair,
  openBytes,
  openEntry,
  type RecipientText,
  SealError,
  type Sealed,
  sealBytes,
  sealEntry,
  unwrapCaseKey,
  wrapCaseKey,
} from '../../src/sealing/seal.ts';

const PLACE = { case: randomId(), id: randomId() };
const ENTRY: Entry = { ...PLACE, author: 'reporter', part: 'what', day: '2026-11-22', place: 1, text: 'Rapat di aula' };
const utf8 = new TextEncoder();

let ours: Awaited<ReturnType<typeof makeKeyPair>>;
let others: Awaited<ReturnType<typeof makeKeyPair>>;
let sealed: Sealed;
beforeAll(async () => {
  [ours, others] = [await makeKeyPair(), await makeKeyPair()];
  sealed = await sealEntry(ENTRY, [ours.recipient]);
});

describe('known answers: files made once by age itself, without our code', () => {
  const known = JSON.parse(readFileSync(new URL('vectors/sealed.json', import.meta.url), 'utf8')) as {
    readonly identity: Identity;
    readonly recipient: RecipientText;
    readonly entry: Entry & { readonly file: object };
    readonly fileBytes: string;
    readonly sealed: string;
    readonly caseIdentity: Identity;
    readonly wrapped: string;
  };

  test('an entry opens', async () => {
    const { version: _, ...entry } = known.entry as typeof known.entry & { version: number };
    const opened = await openEntry(Buffer.from(known.sealed, 'base64'), known.identity, known.entry);
    expect(opened).toEqual({
      ...entry,
      file: { ...entry.file, bytes: new Uint8Array(Buffer.from(known.fileBytes, 'base64')) },
    });
  });

  test('a case key opens', async () => {
    const wrapped = Buffer.from(known.wrapped, 'base64');
    expect(await unwrapCaseKey(known.entry.case, wrapped, known.identity)).toBe(known.caseIdentity);
  });

  test('the public half belongs to it', async () => {
    expect(asRecipient(known.recipient)).toBe(known.recipient);
    expect(await identityToRecipient(known.identity)).toBe(known.recipient);
  });
});

describe('a sealed entry', () => {
  test('opens for each of those it is for, and for nobody else', async () => {
    const third = await makeKeyPair();
    const both = await sealEntry(ENTRY, [ours.recipient, others.recipient]);
    for (const { identity } of [ours, others]) expect(await openEntry(both, identity, PLACE)).toEqual(ENTRY);
    await expect(openEntry(both, third.identity, PLACE)).rejects.toThrow(SealError);
    await expect(openEntry(sealed, others.identity, PLACE)).rejects.toThrow(SealError);
  });

  test('holds nothing that can be read, and is never the same twice', async () => {
    for (const secret of [ENTRY.text, ENTRY.case, ENTRY.id, ENTRY.day])
      expect(Buffer.from(sealed).includes(secret)).toBe(false);
    expect(Buffer.from(await sealEntry(ENTRY, [ours.recipient])).equals(Buffer.from(sealed))).toBe(false);
  });

  test('does not open with any one bit changed', async () => {
    const { length } = sealed;
    // all kinds of places: the header's lines, the key's share, the MAC, the nonce, the content, its tag
    const header = Buffer.from(sealed).indexOf('\n--- ');
    const places = new Set([
      ...Array.from({ length: 30 }, (_, i) => i),
      ...Array.from({ length: 60 }, (_, i) => Math.floor((header * i) / 60)),
      ...Array.from({ length: 70 }, (_, i) => header + i),
      ...Array.from({ length: 60 }, (_, i) => Math.floor(header + ((length - header) * i) / 60)),
      ...Array.from({ length: 17 }, (_, i) => length - 1 - i),
    ]);
    const opened: number[] = [];
    for (const at of places) {
      const changed = Uint8Array.from(sealed);
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      if (await opens(changed)) opened.push(at);
    }
    expect(places.size).toBeGreaterThan(200);
    expect(opened).toEqual([]);
  });

  test('does not open cut at any length, or with anything behind it', async () => {
    const lengths = [0, 1, 21, 22, 100, ...Array.from({ length: 80 }, (_, i) => Math.floor((sealed.length * i) / 80))];
    for (const length of [...lengths, sealed.length - 16, sealed.length - 1])
      expect([length, await opens(sealed.subarray(0, length))]).toEqual([length, false]);
    for (const more of [[0], [10], Array.from(sealed)])
      expect(await opens(new Uint8Array([...sealed, ...more]))).toBe(false);
  });

  test('cut between two pieces of a large file does not open either', async () => {
    const file = { name: 'a', type: 'b', bytes: new Uint8Array(200_000) };
    const large = await sealEntry({ ...ENTRY, file }, [ours.recipient]);
    const piece = 64 * 1024 + 16;
    const content = large.length - (4 * 64 * 1024 + 4 * 16);
    for (const pieces of [1, 2, 3]) expect(await opens(large.subarray(0, content + pieces * piece))).toBe(false);
    const [second, third] = [1, 2].map((at) => large.slice(content + at * piece, content + (at + 1) * piece));
    const swapped = Uint8Array.from(large);
    swapped.set(third as Uint8Array, content + piece);
    swapped.set(second as Uint8Array, content + 2 * piece);
    expect(await opens(swapped)).toBe(false);
    expect((await openEntry(large, ours.identity, PLACE)).file?.bytes).toHaveLength(200_000);
  });

  test('moved to another case, or put there a second time under another id, is noticed', async () => {
    await expect(openEntry(sealed, ours.identity, { ...PLACE, case: randomId() })).rejects.toThrow(EntryError);
    await expect(openEntry(sealed, ours.identity, { ...PLACE, id: randomId() })).rejects.toThrow(EntryError);
    const second = { ...PLACE, id: randomId() };
    const other = await sealEntry({ ...ENTRY, ...second }, [ours.recipient]);
    // the two rows of one case changed places
    await expect(openEntry(other, ours.identity, PLACE)).rejects.toThrow(EntryError);
    await expect(openEntry(sealed, ours.identity, second)).rejects.toThrow(EntryError);
  });

  test('what is too large is refused', async () => {
    const file = { name: 'a', type: 'b', bytes: new Uint8Array(12 * 1024 * 1024) };
    await expect(sealEntry({ ...ENTRY, file }, [ours.recipient])).rejects.toThrow(TooLarge);
  });
});

describe('the stored size', () => {
  test('is the same for every text of a bucket, whoever wrote it and whatever it is', async () => {
    const sizes = new Set<number>();
    for (const length of [0, 1, 2, 10, 63, 64, 65, 500, 1_500, 2_999, 3_500])
      sizes.add((await sealEntry({ ...ENTRY, text: 'a'.repeat(length) }, [ours.recipient])).length);
    for (const part of ['who', 'file', 'text'] as const)
      sizes.add(
        (await sealEntry({ ...ENTRY, part, place: 12_345, text: '🙏'.repeat(500) }, [others.recipient])).length,
      );
    sizes.add((await sealEntry({ ...ENTRY, author: 'officer', by: 'Bu Rina' }, [ours.recipient])).length);
    expect([...sizes]).toEqual([sealed.length]);
  });

  test('of two buckets differs by as much as the buckets', async () => {
    const next = await sealEntry({ ...ENTRY, text: 'a'.repeat(5_000) }, [ours.recipient]);
    expect(next.length - sealed.length).toBe((16 - 4) * 1024);
  });

  test('grows by the same for each one more who can open it', async () => {
    const two = await sealEntry(ENTRY, [ours.recipient, others.recipient]);
    const three = await sealEntry(ENTRY, [ours.recipient, others.recipient, ours.recipient]);
    expect(three.length - two.length).toBe(two.length - sealed.length);
  });
});

describe('a wrapped case key', () => {
  const wrap = (text: string) => sealBytes(utf8.encode(text), [ours.recipient]);

  test('opens for its officer and its case only', async () => {
    const { identity } = await makeKeyPair();
    const wrapped = await wrapCaseKey(PLACE.case, identity, ours.recipient);
    expect(await unwrapCaseKey(PLACE.case, wrapped, ours.identity)).toBe(identity);
    await expect(unwrapCaseKey(randomId(), wrapped, ours.identity)).rejects.toThrow(SealError);
    await expect(unwrapCaseKey(PLACE.case, wrapped, others.identity)).rejects.toThrow(SealError);
    await expect(unwrapCaseKey(PLACE.case, sealed, ours.identity)).rejects.toThrow(SealError);
  });

  test.each([
    'RAHASIA',
    '{"RAHASIA":',
    'null',
    '3',
    '[]',
    '{}',
    `{"case":"${PLACE.case}"}`,
    `{"case":"${PLACE.case}","identity":"RAHASIA"}`,
    `{"case":"${PLACE.case}","identity":{"a":1}}`,
  ])('that is %s is refused, and not said back', async (text) => {
    const failure = await unwrapCaseKey(PLACE.case, await wrap(text), ours.identity).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SealError);
    expect(String((failure as Error).stack)).not.toContain('RAHASIA');
  });
});

describe('keys', () => {
  test('nothing is sealed to nobody', async () => {
    await expect(sealBytes(utf8.encode('isi'), [])).rejects.toThrow(SealError);
    await expect(sealEntry(ENTRY, [])).rejects.toThrow(SealError);
  });

  test('a mistyped identity opens nothing, and is not in the error', async () => {
    const mistyped = ours.identity.replace(/.{4}$/, 'QQQQ') as Identity;
    for (const identity of [mistyped, '', 'AGE-SECRET-KEY-PQ-1', ours.identity.toLowerCase()] as Identity[]) {
      const failure = await openBytes(sealed, identity).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(SealError);
      expect(`${(failure as Error).stack} ${(failure as Error).cause}`).not.toMatch(/SECRET-KEY/i);
    }
  });

  test('only a whole post-quantum recipient is one', async () => {
    const { recipient } = ours;
    expect(asRecipient(recipient)).toBe(recipient);
    const classic = await identityToRecipient(await generateX25519Identity());
    const middle = recipient[900] === 'q' ? 'p' : 'q';
    for (const text of [
      '',
      'age1pq1',
      classic,
      recipient.toUpperCase(),
      recipient.slice(0, -1),
      `${recipient}q`,
      ` ${recipient}`,
      `${recipient}\n`,
      recipient.slice(0, 900) + middle + recipient.slice(901),
      recipient.replace(/.{6}$/, 'qqqqqq'),
    ])
      expect(asRecipient(text)).toBeUndefined();
  });
});

async function opens(bytes: Uint8Array): Promise<boolean> {
  try {
    await openEntry(bytes, ours.identity, PLACE);
    return true;
  } catch (error) {
    // anything else would be a mistake of ours
    expect(error).toBeInstanceOf(SealError);
    return false;
  }
}
