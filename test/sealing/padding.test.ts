/** The few sizes that anything has before it is sealed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUCKETS, LARGEST, pad, TooLarge, unpad } from '../../src/sealing/padding.ts';

const [SMALLEST = 0, SECOND = 0] = BUCKETS;

describe('filling up', () => {
  test('every length of a bucket gives the same size, one byte more the next', () => {
    for (let length = 0; length <= SMALLEST - 4; length++) expect(pad(new Uint8Array(length))).toHaveLength(SMALLEST);
    expect(pad(new Uint8Array(SMALLEST - 3))).toHaveLength(SECOND);
    for (const [at, bucket] of BUCKETS.entries()) {
      expect(pad(new Uint8Array(bucket - 4))).toHaveLength(bucket);
      const next = BUCKETS[at + 1];
      if (next !== undefined) expect(pad(new Uint8Array(bucket - 3))).toHaveLength(next);
    }
  });

  test('what is larger than the largest is refused', () => {
    expect(pad(new Uint8Array(LARGEST))).toHaveLength(BUCKETS.at(-1) as number);
    expect(() => pad(new Uint8Array(LARGEST + 1))).toThrow(TooLarge);
  });

  test('gives the content again, whatever it is, also where it ends with zeros', () => {
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 6_000 }),
      fc.uint8Array({ maxLength: 50 }).map((bytes) => new Uint8Array([...bytes, 0, 0, 0])),
    );
    fc.assert(
      fc.property(contents, (content) => {
        expect(Buffer.from(unpad(pad(content)) as Uint8Array).equals(Buffer.from(content))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('reads bytes that lie in the middle of others', () => {
    const padded = pad(new TextEncoder().encode('isi'));
    const around = new Uint8Array(padded.length + 20);
    around.set(padded, 9);
    expect(new TextDecoder().decode(unpad(around.subarray(9, 9 + padded.length)))).toBe('isi');
  });
});

describe('what was not filled up', () => {
  const padded = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = pad(new TextEncoder().encode('isi'));
    change(bytes);
    return bytes;
  };

  test.each([
    ['empty', new Uint8Array()],
    ['one byte short', padded(() => {}).subarray(1)],
    ['one byte long', new Uint8Array(SMALLEST + 1)],
    ['of no bucket', new Uint8Array(5_000)],
    ['longer than it is', padded((bytes) => bytes.set([0, 0, 0x0f, 0xfd]))],
    ['of a length beyond all', padded((bytes) => bytes.set([0xff, 0xff, 0xff, 0xff]))],
    ['shorter than it is', padded((bytes) => bytes.set([0, 0, 0, 2]))],
    ['not zero at the end', padded((bytes) => bytes.set([1], SMALLEST - 1))],
    ['not zero behind the content', padded((bytes) => bytes.set([1], 7))],
  ])('is refused: %s', (_what, bytes) => {
    expect(unpad(bytes)).toBeUndefined();
  });
});
