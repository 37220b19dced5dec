/** Conversations in the database: what comes back, what does not, and what expires. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { newState, type State } from '../../src/conversation/state.ts';
import { ACTORS } from '../../src/knowledge/schema.ts';
import { IDLE_KEPT, STATE_KEPT, StoredConversations, UPDATE_KEPT } from '../../src/store/conversations.ts';
import type { Database } from '../../src/store/database.ts';
import { chatAddress, ServerKey } from '../../src/store/keys.ts';
import { DATABASES } from '../support/databases.ts';

const key = new ServerKey(randomBytes(32));
const CHAT = key.pseudonym('telegram', chatAddress('4711'));
const OTHER = key.pseudonym('telegram', chatAddress('4712'));
const STATE: State = {
  version: 2,
  at: 1000,
  settings: { actor: 'pppk' },
  flow: { kind: 'answered', rule: 'suka-unggahan', others: ['jadwal'] },
  choices: [{ label: 'Sanksi & dasar', send: '/rinci suka-unggahan' }],
};

describe.each(DATABASES)('on $name', ({ fresh }) => {
  let database: Database;
  let conversations: StoredConversations;
  beforeEach(async () => {
    database = await (await fresh()).open();
    conversations = new StoredConversations(database, key);
  });

  describe('a state', () => {
    test('comes back as it was saved, for its own chat only', async () => {
      await conversations.save(CHAT, STATE, undefined, 1000);
      expect(await conversations.load(CHAT)).toEqual(STATE);
      expect(await conversations.load(OTHER)).toEqual(newState());
    });

    test('any state comes back', async () => {
      const text = fc.string({ unit: 'grapheme', maxLength: 30 });
      const state: fc.Arbitrary<State> = fc.record({
        version: fc.constant(2 as const),
        at: fc.nat(),
        settings: fc.oneof(fc.constant({}), fc.record({ actor: fc.constantFrom(...ACTORS) })),
        flow: fc.oneof(
          fc.constant({ kind: 'idle' as const }),
          fc.record({ kind: fc.constant('choosing' as const), rules: fc.array(text, { maxLength: 3 }) }),
          fc.record({ kind: fc.constant('browsing' as const), topic: text }),
        ),
        choices: fc.array(fc.record({ label: text, send: text }), { maxLength: 10 }),
      });
      await fc.assert(
        fc.asyncProperty(state, async (any) => {
          const saved = JSON.parse(JSON.stringify(any)) as State;
          // of an empty one nothing is kept
          if (saved.flow.kind === 'idle') saved.settings = { actor: 'pns' };
          await conversations.save(CHAT, saved, undefined, 0);
          expect(await conversations.load(CHAT)).toEqual(saved);
        }),
        { numRuns: 30 },
      );
    });

    test('saved again replaces the one before', async () => {
      await conversations.save(CHAT, STATE, undefined, 1000);
      await conversations.save(CHAT, { ...STATE, settings: {} }, undefined, 2000);
      expect((await conversations.load(CHAT)).settings).toEqual({});
      expect(await database.selectFrom('chats').select('chat').execute()).toHaveLength(1);
    });

    test('of another key is a new conversation, not an error', async () => {
      await conversations.save(CHAT, STATE, undefined, 1000);
      const replaced = new StoredConversations(database, new ServerKey(randomBytes(32)));
      expect(await replaced.load(CHAT)).toEqual(newState());
    });

    test('moved to the row of another chat does not open there', async () => {
      await conversations.save(CHAT, STATE, undefined, 1000);
      await conversations.save(OTHER, { ...STATE, settings: { actor: 'pns' } }, undefined, 1000);
      const { state } = await database
        .selectFrom('chats')
        .select('state')
        .where('chat', '=', CHAT)
        .executeTakeFirstOrThrow();
      await database.updateTable('chats').set({ state }).where('chat', '=', OTHER).execute();
      expect(await conversations.load(OTHER)).toEqual(newState());
      expect(await conversations.load(CHAT)).toEqual(STATE);
    });

    test('that is damaged, or of another version, is a new conversation', async () => {
      await conversations.save(CHAT, STATE, undefined, 1000);
      const put = (state: Uint8Array) =>
        database.updateTable('chats').set({ state }).where('chat', '=', CHAT).execute();
      for (const damaged of [new Uint8Array(), randomBytes(5), randomBytes(200)]) {
        await put(damaged);
        expect(await conversations.load(CHAT)).toEqual(newState());
      }
      for (const foreign of [
        '',
        '{',
        'null',
        '[]',
        '{"version":3}',
        JSON.stringify({ ...STATE, settings: { actor: 'raja' } }),
      ]) {
        await put(key.seal(foreign, CHAT));
        expect(await conversations.load(CHAT)).toEqual(newState());
      }
    });
  });

  describe('an update', () => {
    test('is done once it was saved with a state, and not before', async () => {
      expect(await conversations.isDone('u1')).toBe(false);
      await conversations.save(CHAT, STATE, 'u1', 1000);
      expect(await conversations.isDone('u1')).toBe(true);
      expect(await conversations.isDone('u2')).toBe(false);
      await conversations.save(CHAT, STATE, 'u1', 2000);
      expect(await conversations.isDone('u1')).toBe(true);
    });

    test('is not done where its state could not be saved', async () => {
      await database.schema.dropTable('chats').execute();
      await expect(conversations.save(CHAT, STATE, 'u1', 1000)).rejects.toThrow();
      expect(await conversations.isDone('u1')).toBe(false);
    });

    test('and its state are saved together or not at all', async () => {
      await database.schema.dropTable('updates').execute();
      await expect(conversations.save(CHAT, STATE, 'u1', 1000)).rejects.toThrow();
      expect(await conversations.load(CHAT)).toEqual(newState());
    });
  });

  test('settings expire after ninety days, other states after two, updates after three: at the end of a day', async () => {
    const midnight = Date.UTC(2026, 10, 21);
    const now = midnight + 9 * 60 * 60 * 1000;
    const day = 24 * 60 * 60 * 1000;
    await conversations.save(CHAT, STATE, 'u1', now);
    await conversations.save(OTHER, { ...STATE, settings: {} }, 'u2', now);
    const left = async () => [
      (await conversations.load(CHAT)).at,
      (await conversations.load(OTHER)).at,
      await conversations.isDone('u1'),
    ];
    await conversations.expire(midnight + IDLE_KEPT + day);
    expect(await left()).toEqual([1000, 1000, true]);
    await conversations.expire(midnight + IDLE_KEPT + day + 1);
    expect(await left()).toEqual([1000, 0, true]);
    await conversations.expire(midnight + UPDATE_KEPT + day + 1);
    expect(await left()).toEqual([1000, 0, false]);
    await conversations.expire(midnight + STATE_KEPT + day);
    expect((await left())[0]).toBe(1000);
    await conversations.expire(midnight + STATE_KEPT + day + 1);
    expect((await left())[0]).toBe(0);
  });

  test('whoever writes again is kept on', async () => {
    const now = Date.UTC(2026, 10, 21);
    await conversations.save(CHAT, STATE, undefined, now);
    await conversations.save(CHAT, STATE, undefined, now + STATE_KEPT);
    await conversations.expire(now + STATE_KEPT + 2000);
    expect((await conversations.load(CHAT)).at).toBe(1000);
  });

  test('that an officer has the chat is kept as long as settings', async () => {
    const now = Date.UTC(2026, 10, 21);
    await conversations.save(CHAT, { ...newState(), flow: { kind: 'held' } }, undefined, now);
    await conversations.expire(now + 30 * 24 * 60 * 60 * 1000);
    expect((await conversations.load(CHAT)).flow).toEqual({ kind: 'held' });
  });

  test('that somebody began a report goes after two days, whatever settings they have', async () => {
    const now = Date.UTC(2026, 10, 21);
    const begun = { kind: 'report', step: 'what', editing: false, wrong: 0 } as const;
    await conversations.save(CHAT, { ...STATE, choices: [], flow: begun }, undefined, now);
    await conversations.expire(now + IDLE_KEPT + 1);
    expect(await database.selectFrom('chats').select('chat').execute()).toEqual([]);
  });

  test('rows do not say at what time of the day somebody wrote', async () => {
    const morning = Date.UTC(2026, 10, 21, 1, 2, 3);
    await conversations.save(CHAT, STATE, 'u1', morning);
    await conversations.save(OTHER, STATE, 'u2', morning + 20 * 60 * 60 * 1000);
    for (const table of ['chats', 'updates'] as const) {
      const rows = await database.selectFrom(table).select('expires_at').execute();
      expect(new Set(rows.map(({ expires_at }) => Number(expires_at)))).toHaveProperty('size', 1);
    }
  });

  test('of a chat of which nothing is to be remembered, no row stays', async () => {
    await conversations.save(CHAT, STATE, undefined, 1000);
    await conversations.save(CHAT, { ...newState(), at: 2000 }, 'u1', 2000);
    expect(await database.selectFrom('chats').select('chat').execute()).toEqual([]);
    expect(await conversations.isDone('u1')).toBe(true);
  });
});
