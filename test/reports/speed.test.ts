/**
 * Time tells nothing: an unknown receipt takes as long as one without news. Two kinds of calls are made in turn, and a guesser is asked
 * which of two times was whose: right half of the time is knowing nothing.
 */
import { describe, expect, test } from 'vitest';
import { makeReceipt, type Receipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { DATABASES } from '../support/databases.ts';
import { openWorld } from './world.ts';

/** Calls of each kind. With so many, chance alone moves the guesser by 0.03; by 0.05 with the fewer additions, which wait for their beat. */
const CALLS = { look: 150, add: 70 };
/** Calls before that, which are slower and not counted. */
const WARMING = 20;
/** What a guesser may get right of 1,000 guesses: far from what a different way would give, and past all noise of a busy machine. */
const NOTHING_KNOWN = { least: 0.3, most: 0.7 };

/** How often a time of the first kind is longer than one of the second; 0.5 where nothing can be told. */
function guessed(first: readonly number[], second: readonly number[]): number {
  let longer = 0;
  for (const one of first) for (const other of second) longer += one > other ? 1 : one === other ? 0.5 : 0;
  return longer / (first.length * second.length);
}

async function inTurn(calls: number, known: () => Promise<unknown>, unknown: () => Promise<unknown>): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let i = 0; i < calls + WARMING; i++)
    // which comes first changes, so that neither has the other's traces in the caches
    for (const kind of i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const started = performance.now();
      await (kind === 0 ? known : unknown)();
      if (i >= WARMING) times[kind].push(performance.now() - started);
    }
  return guessed(...times);
}

function expectNothingKnown(share: number): void {
  expect(share).toBeGreaterThan(NOTHING_KNOWN.least);
  expect(share).toBeLessThan(NOTHING_KNOWN.most);
}

test('the guesser knows two kinds that are different', () => {
  expect(guessed([3, 4, 5], [1, 2, 3])).toBeGreaterThan(0.9);
  expect(guessed([1, 2, 3], [1, 2, 3])).toBe(0.5);
});

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('a look by an unknown receipt and one without news', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const receipts: Receipt[] = [];
    for (let i = 0; i < 10; i++) receipts.push(await world.tip(`chat-${i}`));
    let n = 0;
    const known = () => world.intake.look(world.from(`a-${n++}`), receipts[n % receipts.length] as Receipt);
    const unknown = () => world.intake.look(world.from(`b-${n++}`), strangers[n % strangers.length] as Receipt);
    const strangers = Array.from({ length: 10 }, () => makeReceipt());
    expectNothingKnown(await inTurn(CALLS.look, known, unknown));
  });

  test('a look through the browser', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const lookups: string[] = [];
    for (let i = 0; i < 10; i++) lookups.push((await receiptKeys(await world.tip(`chat-${i}`))).lookup);
    const strangers: string[] = [];
    for (let i = 0; i < 10; i++) strangers.push((await receiptKeys(makeReceipt())).lookup);
    let n = 0;
    const known = () => world.web.lookSealed(lookups[n++ % lookups.length] as string);
    const unknown = () => world.web.lookSealed(strangers[n++ % strangers.length] as string);
    expectNothingKnown(await inTurn(CALLS.look, known, unknown));
  });

  test('an addition to a case, and one to an unknown receipt, which begins a case', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    // each adds once: from then on an unknown receipt has a case
    const turns = CALLS.add + WARMING;
    const strangers = Array.from({ length: turns }, (_, i) => `stranger-${i}`);
    for (const chat of strangers) await world.intake.look(world.from(chat), makeReceipt());
    const reporters = Array.from({ length: turns }, (_, i) => `reporter-${i}`);
    const receipt = await world.tip('chat');
    for (const chat of reporters) await world.intake.look(world.from(chat), receipt);
    const add = async (chats: string[]) =>
      expect(await world.intake.add(world.from(chats.pop() ?? ''), 'tambahan')).toBe('kept');
    expectNothingKnown(
      await inTurn(
        CALLS.add,
        () => add(reporters),
        () => add(strangers),
      ),
    );
  });
});
