/** A flood: of tips, of guesses, of bytes. */
import { describe, expect, test } from 'vitest';
import { FILES_AT_ONCE } from '../../src/reports/limits.ts';
import { Memory } from '../../src/reports/memory.ts';
import { Slots } from '../../src/reports/slots.ts';
import { makeReceipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { DATABASES, SQLITE } from '../support/databases.ts';
import { file, INSPECTOR, MINUTE, openWorld, type World } from './world.ts';

const ME = '628127340051';

test('a chat sends five tips a day, however it goes about it', async () => {
  const world = await openWorld(await SQLITE.fresh());
  await world.hire();
  for (let i = 0; i < 5; i++) await world.tip(ME);
  expect(await world.intake.admission(world.from(ME))).toBe('limit');
  expect(await world.intake.begin(world.from(ME))).toBe('limit');
  expect(await world.intake.begin(world.from('other'))).toBe('open');
});

test('a chat does not begin drafts without end', async () => {
  const world = await openWorld(await SQLITE.fresh());
  await world.hire();
  for (let i = 0; i < 20; i++) {
    expect(await world.intake.begin(world.from(ME))).toBe('open');
    // one that is open is found again, and counts once
    expect(await world.intake.begin(world.from(ME))).toBe('open');
    await world.intake.cancel(world.from(ME));
  }
  expect(await world.intake.begin(world.from(ME))).toBe('limit');
});

test('guessing receipts: ten tries in ten minutes from a chat, and so many from all', async () => {
  const world = await openWorld(await SQLITE.fresh());
  for (let i = 0; i < 10; i++) expect(await world.intake.look(world.from(ME), makeReceipt())).toEqual([]);
  expect(await world.intake.look(world.from(ME), makeReceipt())).toBe('limit');
  expect(await world.intake.look(world.from('other'), makeReceipt())).toEqual([]);
  const { lookup } = await receiptKeys(makeReceipt());
  let allowed = 11;
  while ((await world.web.lookSealed(lookup)) !== 'limit') allowed++;
  // whoever floods the browsers' door does not close the chats' one
  expect(await world.intake.look(world.from('third'), makeReceipt())).toEqual([]);
  allowed += 3000 - 12;
  // a receipt has 99 bits: at this pace, and with a million receipts in use, one is found in some 10^15 years
  expect(allowed).toBe(6000 - 1);
  const tenMinutesAYear = (365.25 * 24 * 60) / 10;
  expect(2 ** 99 / 1e6 / (allowed * tenMinutesAYear)).toBeGreaterThan(1e15);
});

test('a chat adds thirty times a day', async () => {
  const world = await openWorld(await SQLITE.fresh());
  await world.hire();
  const receipt = await world.tip(ME);
  await world.intake.look(world.from(ME), receipt);
  for (let i = 0; i < 30; i++) expect(await world.intake.add(world.from(ME), 'x')).toBe('kept');
  expect(await world.intake.add(world.from(ME), 'x')).toBe('full');
});

describe('one network, with a new chat every time', () => {
  const from = (world: World, chat: string, network = '203.0.113.7') => ({ ...world.from(chat), network });

  test('begins a hundred drafts and questions a day; another network is not kept waiting', async () => {
    const world = await openWorld(await SQLITE.fresh());
    await world.hire();
    for (let i = 0; i < 99; i++) expect(await world.intake.begin(from(world, `new-${i}`))).toBe('open');
    expect(await world.intake.ask(from(world, 'asking'), 'boleh?')).toBe('open');
    expect(await world.intake.begin(from(world, 'late'))).toBe('limit');
    expect(await world.intake.ask(from(world, 'late'), 'boleh?')).toBe('limit');
    expect(await world.intake.begin(from(world, 'elsewhere', '198.51.100.1'))).toBe('open');
    expect(await world.intake.begin(world.from('telegram'))).toBe('open');
  });

  test('sends twenty megabytes a day', async () => {
    const world = await openWorld(await SQLITE.fresh());
    await world.hire();
    const outcomes: string[] = [];
    for (const chat of ['one', 'two', 'three']) {
      await world.intake.begin(from(world, chat));
      for (let i = 0; i < 8; i++)
        outcomes.push((await world.intake.attach(from(world, chat), file('pict', 900_000))).kind);
    }
    expect(outcomes.indexOf('full')).toBeGreaterThan(16);
    const stored = await world.database.selectFrom('entries').select('sealed').execute();
    expect(stored.reduce((sum, { sealed }) => sum + sealed.length, 0)).toBeLessThanOrEqual(20 * 1024 * 1024);
    await world.intake.begin(world.from('telegram'));
    expect(await world.intake.write(world.from('telegram'), 'what', 'bisa')).toBe('kept');
  });

  test('tries a hundred and twenty receipts in ten minutes', async () => {
    const world = await openWorld(await SQLITE.fresh());
    for (let i = 0; i < 120; i++) expect(await world.intake.look(from(world, `new-${i}`), makeReceipt())).toEqual([]);
    expect(await world.intake.look(from(world, 'late'), makeReceipt())).toBe('limit');
    expect(await world.intake.look(world.from('telegram'), makeReceipt())).toEqual([]);
  });
});

describe.each(DATABASES)('the store on $name', ({ fresh }) => {
  test('is full at its limit, for every door, and empty again when something was deleted', async () => {
    const world = await openWorld(await fresh(), { storageBytes: 1_500_000 });
    await world.hire();
    await world.intake.begin(world.from(ME));
    const { intake } = world;
    expect(await intake.attach(world.from(ME), file('pict', 900_000))).toMatchObject({ kind: 'kept' });
    expect(await intake.attach(world.from(ME), file('pict', 900_000))).toEqual({ kind: 'full' });
    for (let i = 0; i < 12; i++) {
      await intake.begin(world.from(`flood-${i}`));
      await intake.attach(world.from(`flood-${i}`), file('pict', 50_000));
    }
    expect(await intake.begin(world.from('late'))).toBe('full');
    expect(await intake.ask(world.from('late'), 'x')).toBe('full');
    const bytes = await world.database.selectFrom('entries').select('sealed').execute();
    expect(bytes.reduce((sum, { sealed }) => sum + sealed.length, 0)).toBeLessThanOrEqual(1_500_000);
    await intake.cancel(world.from(ME));
    await world.core.storage.recount();
    expect(await intake.begin(world.from('late'))).toBe('open');
  });
});

test('files are looked at so many at once, whatever comes', async () => {
  let now = 0;
  let most = 0;
  const inspector = {
    ...INSPECTOR,
    inspect: async (bytes: Uint8Array, name: string | undefined) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return INSPECTOR.inspect(bytes, name);
    },
  };
  const world = await openWorld(await SQLITE.fresh(), { inspector });
  await world.hire();
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      await world.intake.begin(world.from(`chat-${i}`));
      return world.intake.attach(world.from(`chat-${i}`), file(i % 2 === 0 ? 'pict' : 'MZ__'));
    }),
  );
  expect(outcomes.filter(({ kind }) => kind === 'kept')).toHaveLength(10);
  expect(most).toBe(FILES_AT_ONCE);
});

test('a failure gives its place on', async () => {
  const slots = new Slots(1);
  const failing = slots.run(() => Promise.reject(new Error('x')));
  const after = slots.run(async () => 'done');
  await expect(failing).rejects.toThrow('x');
  expect(await after).toBe('done');
});

test('memory forgets what is old, and the oldest where there is too much', () => {
  let now = 0;
  const memory = new Memory<string>(10 * MINUTE, 3, () => now);
  for (const key of ['a', 'b', 'c']) memory.set(key, key);
  memory.set('a', 'again');
  memory.set('d', 'd');
  expect(['a', 'b', 'c', 'd'].map((key) => memory.get(key))).toEqual(['again', undefined, 'c', 'd']);
  now = 10 * MINUTE - 1;
  expect(memory.get('a')).toBe('again');
  memory.set('a', 'later');
  now = 10 * MINUTE;
  expect(['a', 'c', 'd'].map((key) => memory.get(key))).toEqual(['later', undefined, undefined]);
});
