import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UpdateWindow } from '../../../src/channels/telegram/window.ts';

describe('the window of updates', () => {
  test('the offset is the lowest update that is not finished', () => {
    const window = new UpdateWindow();
    expect(window.offset).toBeUndefined();
    for (const id of [10, 11, 12]) expect(window.take(id)).toBe(true);
    expect(window.offset).toBe(10);
    window.end(12, 'finished');
    window.end(11, 'finished');
    expect(window.offset).toBe(10);
    window.end(10, 'finished');
    expect(window.offset).toBe(13);
    expect(window.running).toBe(0);
  });

  test('what was left is never confirmed', () => {
    const window = new UpdateWindow();
    window.take(1);
    window.take(2);
    window.end(1, 'left');
    window.end(2, 'finished');
    expect(window.offset).toBe(1);
  });

  test('a finished update that is given again before it is confirmed is not taken up twice', () => {
    const window = new UpdateWindow();
    window.take(1);
    window.take(2);
    window.end(2, 'finished');
    expect(window.take(2)).toBe(false);
    expect(window.take(1)).toBe(false);
  });

  test('an offset is forgotten only when nothing is open', () => {
    const window = new UpdateWindow();
    window.take(5);
    window.forget();
    expect(window.offset).toBe(5);
    window.end(5, 'finished');
    window.confirmed(window.offset);
    window.forget();
    expect(window.offset).toBeUndefined();
    expect(window.take(2)).toBe(true);
    window.end(2, 'finished');
    expect(window.offset).toBe(3);
  });

  test('whatever the order, nothing unfinished is below the offset and memory does not grow', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.boolean()), { maxLength: 200 }), (steps) => {
        const window = new UpdateWindow();
        const open = new Set<number>();
        for (const [id, ends] of steps) {
          if (ends) {
            window.end(id, 'finished');
            open.delete(id);
          } else if (id >= (window.offset ?? 0) && window.take(id)) open.add(id);
          window.confirmed(window.offset);
          for (const running of open) expect(window.offset).toBeLessThanOrEqual(running);
          expect(window.running).toBe(open.size);
        }
      }),
    );
  });
});
