import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberTable } from '../../src/matching/number-table.ts';

const key = fc.oneof(fc.nat(40), fc.nat(2 ** 31 - 2), fc.constantFrom(0, 2 ** 30 - 1, 2 ** 31 - 2));

test('holds what a Map holds, also after it has grown', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: -1000, max: 1000 }), fc.boolean())), (changes) => {
      const table = new NumberTable(1);
      const map = new Map<number, number>();
      for (const [of, amount, adds] of changes) {
        if (adds) table.add(of, amount);
        else table.set(of, amount);
        map.set(of, adds ? (map.get(of) ?? 0) + amount : amount);
      }
      expect(new Map(table.entries())).toEqual(map);
      expect(table.size).toBe(map.size);
      for (const [of, amount] of map) expect(table.get(of)).toBe(amount);
    }),
  );
});

test('knows nothing of a number that was never there', () => {
  const table = new NumberTable();
  table.set(8, 1);
  expect([table.get(8), table.get(7), table.get(0)]).toEqual([1, undefined, undefined]);
});
