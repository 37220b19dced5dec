import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from '../../../../src/channels/web/door/pack.ts';

test('what is packed comes out again', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.string()),
      fc.array(fc.uint8Array({ maxLength: 300 })),
      (header, parts) => {
        const plain = JSON.parse(JSON.stringify(header)) as unknown;
        const found = unpack(pack(header, parts));
        expect(found?.header).toEqual(plain);
        expect(found?.parts.map((part) => [...part])).toEqual(parts.map((part) => [...part]));
      },
    ),
  );
});

test('it is read where it lies in a larger buffer', () => {
  const packed = pack({ a: 1 }, [Uint8Array.of(1, 2, 3)]);
  const inside = Buffer.concat([Buffer.alloc(7, 0xff), packed]).subarray(7);
  const found = unpack(inside);
  expect(found?.header).toEqual({ a: 1 });
  expect(found?.parts.map((part) => [...part])).toEqual([[1, 2, 3]]);
});

test('cut or lengthened bytes are no package', () => {
  const packed = pack({ some: 'header' }, [Uint8Array.of(1, 2, 3), Uint8Array.of(), Uint8Array.of(4)]);
  for (let length = 0; length < packed.length; length += 1)
    expect([length, unpack(packed.subarray(0, length))]).toEqual([length, undefined]);
  expect(unpack(Buffer.concat([packed, Buffer.of(0)]))).toBeUndefined();
});

test('any bytes at all are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      unpack(bytes);
    }),
  );
});
