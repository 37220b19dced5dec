/** What comes at once is stored by the same few statements: each gets its own result, and none takes the others with it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { GroupedReads } from '../../src/reports/grouped-reads.ts';
import { GroupedWrites, type Together } from '../../src/reports/grouped-writes.ts';
import { randomId } from '../../src/sealing/id.ts';
import { inOneChange } from '../../src/store/reports/change.ts';
import { deleteDraft, findDrafts, insertParts } from '../../src/store/reports/drafts.ts';
import { DATABASES, execute, POSTGRES } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { openWorld, received, type World } from './world.ts';

const MANY = 70;
const numbers = Array.from({ length: MANY }, (_, i) => i);

async function sizes(world: World) {
  const count = async (table: 'cases' | 'case_keys' | 'entries' | 'drafts' | 'draft_slots' | 'receipts') =>
    Number(
      (
        await world.database
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return {
    cases: await count('cases'),
    keys: await count('case_keys'),
    entries: await count('entries'),
    drafts: await count('drafts'),
    slots: await count('draft_slots'),
    receipts: await count('receipts'),
  };
}

describe.each(DATABASES)('on $name', ({ name, fresh }) => {
  test('many who tell at once each get the receipt of what they told', async () => {
    const world = await openWorld(await fresh());
    const colleague = await world.hire();
    const receipts = await Promise.all(numbers.map((i) => world.tip(`chat ${i}`, `kejadian nomor ${i}`)));
    expect(new Set(receipts).size).toBe(MANY);
    // an answer to each that quotes what was told
    for (const { id } of await world.office.cases(colleague.officer.id)) {
      const opened = await world.open(colleague, id);
      expect(opened.entries).toHaveLength(4);
      await world.answer(colleague, opened, `tentang ${opened.entries.map(({ text }) => text).join('')}`);
    }
    world.now += 10 * 60_000;
    const answers = await Promise.all(
      receipts.map(async (receipt, i) => world.intake.look(world.from(`reader ${i}`), receipt)),
    );
    for (const [i, news] of answers.entries())
      expect(news).toMatchObject([{ kind: 'opened' }, { kind: 'answer', text: `tentang kejadian nomor ${i}` }]);
  });

  test('one chat twice at once: one draft, each part once, one case, and every receipt is of it', async () => {
    const world = await openWorld(await fresh());
    const colleague = await world.hire();
    const others = numbers.slice(0, 10).map((i) => `other ${i}`);
    await Promise.all(['a', ...others, 'a', 'a'].map((chat) => world.intake.begin(world.from(chat))));
    expect(await sizes(world)).toMatchObject({ cases: 11, keys: 11, drafts: 11 });
    const same = world.from('a', 'update 1');
    const kept = await Promise.all([
      world.intake.write(same, 'what', 'satu'),
      ...others.map((chat) => world.intake.write(world.from(chat), 'what', chat)),
      world.intake.write(same, 'what', 'satu'),
      world.intake.write(world.from('nobody'), 'what', 'dua'),
    ]);
    expect(kept).toEqual([...Array.from({ length: 12 }, () => 'kept'), 'gone']);
    expect(await sizes(world)).toMatchObject({ entries: 11, slots: 11 });
    const submitted = await Promise.all(['a', ...others, 'a'].map((chat) => world.intake.submit(world.from(chat))));
    expect(await sizes(world)).toMatchObject({ cases: 11, entries: 44, drafts: 0, slots: 0, receipts: 12 });
    const cases = await world.office.cases(colleague.officer.id);
    for (const { id } of cases) {
      const opened = await world.open(colleague, id);
      const told = opened.entries.map(({ text }) => text).join('');
      expect(opened.record.reporters).toHaveLength(told === 'satu' ? 2 : 1);
      await world.answer(colleague, opened, told);
    }
    world.now += 10 * 60_000;
    for (const [i, told] of ['satu', ...others, 'satu'].entries())
      expect(await world.intake.look(world.from(`reader ${i}`), received(submitted[i] as never))).toMatchObject([
        { kind: 'opened' },
        { kind: 'answer', text: told },
      ]);
  });

  test('one that fails is told so; the others get their own results, and nothing of it is stored', async () => {
    const world = await openWorld(await fresh());
    const writes = new GroupedWrites(world.database);
    const add: Together<string, string> = async ({ trx, audit }, items) => {
      for (const item of items) {
        await trx.insertInto('notices').values({ id: item, created_day: '', due_at: 0, attempts: 0 }).execute();
        audit({ at: '2026-11-21', actor: 'server', event: item });
      }
      return items.map((item) => `result of ${item}`);
    };
    const other: Together<string, string> = async (_change, items) => items.map((item) => `other ${item}`);
    // two that want the same name: of these one fails, also alone
    const items = numbers.map((i) => (i === 33 ? 'n6' : `n${i}`));
    const results = await Promise.allSettled(items.map((item, i) => writes.together(i % 3 === 2 ? other : add, item)));
    const failed = results.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []));
    expect(failed).toEqual([33]);
    for (const [i, result] of results.entries())
      if (i !== 33)
        expect(result).toEqual({ status: 'fulfilled', value: `${i % 3 === 2 ? 'other' : 'result of'} n${i}` });
    const stored = await world.database.selectFrom('notices').select('id').execute();
    const chain = await world.database.selectFrom('audit').select('event').execute();
    const added = items.filter((_, i) => i % 3 !== 2 && i !== 33).sort();
    expect(stored.map(({ id }) => id).sort()).toEqual(added);
    expect(chain.map(({ event }) => event).sort()).toEqual(added);
  });

  test('questions at once get their own answers, and one failure is told to all who asked it', async () => {
    let asked = 0;
    const reads = new GroupedReads(async (keys: readonly number[]) => {
      asked++;
      await new Promise((resolve) => setImmediate(resolve));
      if (keys.includes(50)) throw new Error('no');
      return keys.map((key) => key * 2);
    });
    const found = await Promise.allSettled(numbers.map((i) => reads.get(i)));
    expect(found[0]).toEqual({ status: 'fulfilled', value: 0 });
    expect(found[50]).toMatchObject({ status: 'rejected' });
    expect(await reads.get(7)).toBe(14);
    expect(asked).toBe(4);
  });

  test('a part that is stored while its draft is thrown away leaves nothing behind', async () => {
    const database = await fresh();
    const world = await openWorld(database);
    await world.hire();
    await world.intake.begin(world.from('a'));
    const draft = (await findDrafts(world.database, [(await world.core.named(world.from('a'))).names], world.now))[0];
    if (!draft) throw new Error('no draft');
    const id = randomId();
    const entry = { case_id: draft.case, id, author: 'reporter', day: world.today, sealed: Buffer.from('x') } as const;
    const slot = { case_id: draft.case, entry_id: id, slot: 'what', origin: 'o', place: 0 } as const;
    let deletion: Promise<void> | undefined;
    await inOneChange(world.database, async (change) => {
      await insertParts(change, [{ entry, slot }]);
      let over = false;
      deletion = inOneChange(world.database, ({ trx }) => deleteDraft(trx, draft.case)).finally(() => {
        over = true;
      });
      // either it is done, which it must not be, or it waits
      const { url } = database;
      if (name === 'PostgreSQL' && url !== undefined)
        await until(async () => {
          const waiting = await execute(
            url,
            "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
          );
          return over || waiting.length > 0;
        });
    });
    await deletion;
    expect(await sizes(world)).toMatchObject({ cases: 0, keys: 0, entries: 0, slots: 0, drafts: 0 });
  });
});

describe('a database that goes away', () => {
  test('a connection that breaks once takes nobody with it', async () => {
    const stored = await POSTGRES.fresh();
    const database = await stored.open();
    const writes = new GroupedWrites(database);
    let broken = 0;
    const work: Together<number, number> = async ({ trx }, items) => {
      await sql`select 1`.execute(trx);
      if (items.includes(7) && broken++ === 0) {
        const everybody = 'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()';
        await execute(stored.url ?? '', `${everybody} and pid <> pg_backend_pid()`);
        await sql`select 1`.execute(trx);
      }
      return items;
    };
    const done = await Promise.all(numbers.slice(0, 20).map((i) => writes.together(work, i)));
    expect(done).toEqual(numbers.slice(0, 20));
    // it was tried again, and not for each of them
    expect(broken).toBeGreaterThan(1);
    expect(broken).toBeLessThanOrEqual(3);
  });

  test('without it everybody is refused at once, and not one after another', async () => {
    const stored = await POSTGRES.fresh();
    const database = await stored.open();
    const writes = new GroupedWrites(database);
    let tries = 0;
    const work: Together<number, number> = async () => {
      tries++;
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    };
    const outcomes = await Promise.allSettled(numbers.slice(0, 30).map((i) => writes.together(work, i)));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
    // each group three times: the first holds one, and two run side by side
    expect(tries).toBeLessThanOrEqual(9);
  });
});
