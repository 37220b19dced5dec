/** What is over is deleted: nothing of it is found in any byte that is stored. */
import { describe, expect, test } from 'vitest';
import { DATABASES, type FreshDatabase } from '../support/databases.ts';
import type { World } from './world.ts';
import { DAY, file, HOUR, MINUTE, openWorld } from './world.ts';

const ME = '628127340051';

/** Pieces of all that is stored of sealed reports: if one of them is found later, something was left behind. */
async function pieces(world: World): Promise<Buffer[]> {
  const found: Buffer[] = [];
  const cut = (bytes: Uint8Array) => {
    // beginning and end, and in between from every page that it may lie in
    for (let at = 100; at + 32 <= bytes.length; at += 1500) found.push(Buffer.from(bytes.subarray(at, at + 32)));
    found.push(Buffer.from(bytes.subarray(-32)));
  };
  for (const { sealed } of await world.database.selectFrom('entries').select('sealed').execute()) cut(sealed);
  for (const { wrapped } of await world.database.selectFrom('case_keys').select('wrapped').execute()) cut(wrapped);
  for (const row of await world.database.selectFrom('receipts').selectAll().execute())
    found.push(Buffer.from(row.lookup_hash), Buffer.from(row.recipient.slice(100, 200)));
  for (const row of await world.database.selectFrom('cases').select('recipient').execute())
    found.push(Buffer.from(row.recipient.slice(1000, 1100)));
  return found;
}

async function left(stored: FreshDatabase, of: readonly Buffer[]): Promise<number> {
  const bytes = await stored.stored();
  return of.filter((piece) => bytes.includes(piece)).length;
}

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('a closed case goes after its days, and not before', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    const officer = await world.hire();
    const { intake } = world;
    await intake.begin(world.from(ME));
    await intake.write(world.from(ME), 'what', 'x'.repeat(9000));
    for (const size of [200_000, 900_000]) await intake.attach(world.from(ME), file('pict', size));
    await intake.submit(world.from(ME));
    for (let i = 0; i < 10; i++) await world.tip(`chat-${i}`);
    const cases = await world.office.cases(officer.officer.id);
    const all = await pieces(world);
    expect(all.length).toBeGreaterThan(900);
    // they are really found as long as they are there; a few lie across two pages
    expect(await left(stored, all)).toBeGreaterThan(all.length * 0.97);
    for (const { id } of cases) {
      await world.answer(officer, await world.open(officer, id), 'terima kasih');
      const { version } = (await world.open(officer, id)).record;
      await world.office.setStatus(officer.officer.id, id, version, 'closed', '');
    }
    all.push(...(await pieces(world)));
    // closed on the 21st of November; for ninety days means: to the end of the 19th of February
    world.now += 90 * DAY;
    expect(await world.retention.run()).toBe(0);
    expect(await world.office.cases(officer.officer.id)).toHaveLength(11);
    world.now += DAY;
    expect(await world.retention.run()).toBe(11);
    expect(await left(stored, all)).toBe(0);
    for (const table of ['cases', 'case_keys', 'entries', 'receipts', 'reads', 'holds'] as const)
      expect([table, await world.database.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
    const events: string[] = [];
    for await (const { event, actor, at } of world.office.audit())
      if (event === 'deleted') events.push(`${actor} ${at}`);
    expect(events).toEqual(Array(11).fill('server 2027-02-20'));
    expect(await world.retention.run()).toBe(0);
  });

  test('an open case stays, however old; one that two officers hold stays; one hold is none', async () => {
    const world = await openWorld(await fresh(), { retentionDays: 1 });
    const [first, second] = [await world.hire(), await world.hire()];
    for (const chat of ['open', 'held', 'one']) await world.tip(chat);
    const [open, held, one] = (await world.office.cases(first.officer.id)).map(({ id }) => id) as [
      string,
      string,
      string,
    ];
    for (const id of [held, one]) {
      await world.office.setStatus(first.officer.id, id, (await world.open(first, id)).record.version, 'closed', '');
      await world.office.hold(first.officer.id, id, 'sidang');
    }
    await world.office.hold(second.officer.id, held, 'sidang');
    world.now += 400 * DAY;
    expect(await world.retention.run()).toBe(1);
    const ids = async () => (await world.office.cases(first.officer.id)).map(({ id }) => id).sort();
    expect(await ids()).toEqual([open, held].sort());
    await world.office.release(second.officer.id, held);
    expect(await world.retention.run()).toBe(1);
    expect(await ids()).toEqual([open]);
  });

  test('a receipt of a deleted case is unknown again; what is added by it is a new case', async () => {
    const world = await openWorld(await fresh(), { retentionDays: 1 });
    const officer = await world.hire();
    const receipt = await world.tip(ME);
    const { record } = await world.openOnly(officer);
    await world.office.setStatus(officer.officer.id, record.id, record.version, 'closed', '');
    await world.intake.look(world.from(ME), receipt);
    world.now += 2 * DAY;
    await world.retention.run();
    expect(await world.intake.look(world.from(ME), receipt)).toEqual([]);
    expect(await world.intake.add(world.from(ME), 'masih ada')).toBe('kept');
    expect((await world.openOnly(officer)).entries.map(({ text }) => text)).toEqual(['masih ada']);
  });

  test('a case that is deleted while something is added to it: what is added begins a new one', async () => {
    const world = await openWorld(await fresh(), { retentionDays: 1 });
    const officer = await world.hire();
    const receipt = await world.tip(ME);
    const { record } = await world.openOnly(officer);
    await world.office.setStatus(officer.officer.id, record.id, record.version, 'closed', '');
    world.now += 2 * DAY;
    await world.intake.look(world.from(ME), receipt);
    const [added, gone] = await Promise.all([world.intake.add(world.from(ME), 'tepat waktu'), world.retention.run()]);
    expect(added).toBe('kept');
    // whichever was first, it is there
    const opened = await world.openOnly(officer);
    expect(opened.entries.at(-1)?.text).toBe('tepat waktu');
    expect(opened.entries).toHaveLength(gone === 1 ? 1 : 5);
  });

  test('a draft goes after a day, a cancelled one at once, and with them their sealed parts', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    await world.hire();
    for (const chat of [ME, 'cancelled']) {
      await world.intake.begin(world.from(chat));
      await world.intake.write(world.from(chat), 'what', 'rahasia');
      await world.intake.attach(world.from(chat), file('pict', 100_000));
    }
    const all = await pieces(world);
    const threads = (await world.database.selectFrom('drafts').select('chat').execute()).map(({ chat }) =>
      Buffer.from(chat),
    );
    expect(threads).toHaveLength(2);
    await world.intake.cancel(world.from('cancelled'));
    world.now += 23 * HOUR;
    await world.retention.run();
    expect(await world.intake.draft(world.from(ME))).toMatchObject({ files: 1 });
    expect(await world.database.selectFrom('cases').selectAll().execute()).toHaveLength(1);
    world.now += HOUR;
    await world.retention.run();
    expect(await left(stored, [...all, ...threads])).toBe(0);
    for (const table of ['cases', 'case_keys', 'entries', 'drafts', 'draft_slots'] as const)
      expect([table, await world.database.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
  });

  test('the thread from a chat to its tip goes after fifteen minutes', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    await world.hire();
    await world.tip(ME);
    const [thread] = await world.database.selectFrom('pending_receipts').selectAll().execute();
    const chat = Buffer.from(thread?.chat ?? 'none');
    expect(await left(stored, [chat])).toBe(1);
    world.now += 16 * MINUTE;
    await world.retention.run();
    expect(await left(stored, [chat])).toBe(0);
  });

  test('the address of a question and an answer in a chat go without a trace', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), 'boleh?');
    const [question] = await world.database.selectFrom('questions').selectAll().execute();
    const opened = await world.openOnly(officer);
    const entry = await world.entry(opened, 'officer', 'tidak');
    await world.office.answerQuestion(officer.officer.id, opened.record.id, opened.record.version, 'tidak', entry);
    const [answer] = await world.database.selectFrom('chat_answers').selectAll().execute();
    const all = [question?.address, answer?.address, answer?.text].map((bytes) =>
      Buffer.from(bytes ?? []).subarray(0, 30),
    );
    const thread = Buffer.from(question?.chat ?? 'none');
    expect(await left(stored, [all[1] as Buffer, all[2] as Buffer, thread])).toBe(3);
    await world.answers.deliverDue();
    await world.retention.run();
    expect(await left(stored, [...all, thread])).toBe(0);
  });
});
