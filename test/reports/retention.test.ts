/** What is over is deleted: nothing of it is found in any byte that is stored. */
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/reports/days.ts';
import { deletionDay, leavesSoon } from '../../src/reports/keeping.ts';
import { DATABASES, type FreshDatabase } from '../support/databases.ts';
import type { World } from './world.ts';
import { DAY, all as everyOne, file, HOUR, MINUTE, openWorld } from './world.ts';

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

/**
 * What is left after the retention has run. PostgreSQL writes its large tables anew when cases went, and else once a day; it leaves in them
 * what a transaction might still see that began before, be it somebody's who connects to another database of the same server.
 */
async function leftOnDisk(world: World, stored: FreshDatabase, of: readonly Buffer[]): Promise<number> {
  let found = await left(stored, of);
  for (let days = 0; found > 0 && stored.url !== undefined && days < 5; days++) {
    world.now += DAY;
    await world.retention.run();
    found = await left(stored, of);
  }
  return found;
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
    expect(await leftOnDisk(world, stored, all)).toBe(0);
    for (const table of ['cases', 'case_keys', 'entries', 'receipts', 'reads', 'holds'] as const)
      expect([table, await world.database.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
    const events: string[] = [];
    for await (const { event, actor, at } of world.office.audit())
      if (event === 'deleted') events.push(`${actor} ${at}`);
    expect(events).toEqual(Array(11).fill('server 2027-02-20'));
    expect(await world.retention.run()).toBe(0);
  });

  test('an open case stays longer than a closed one; one that two officers hold stays; one hold is none', async () => {
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

  test('an open case that nobody touches for long goes like a closed one, on the day that the desk says', async () => {
    const stored = await fresh();
    const keeping = { retentionDays: 10, openDays: 100 };
    const world = await openWorld(stored, keeping);
    const [first, second] = [await world.hire(), await world.hire()];
    await world.tip('quiet');
    const all = await pieces(world);
    expect(await left(stored, all)).toBeGreaterThan(0);
    const [quiet] = await world.office.cases(first.officer.id);
    if (!quiet) throw new Error('a case expected');
    for (const chat of ['noted', 'held']) await world.tip(chat);
    const [noted, held] = (await world.office.cases(first.officer.id))
      .map(({ id }) => id)
      .filter((id) => id !== quiet.id);
    if (noted === undefined || held === undefined) throw new Error('three cases expected');
    for (const { officer } of [first, second]) await world.office.hold(officer.id, held, 'sidang');
    const goes = deletionDay(quiet, keeping);
    if (goes === undefined) throw new Error('a day expected');
    expect([leavesSoon(goes, addDays(goes, -31)), leavesSoon(goes, addDays(goes, -30))]).toEqual([false, true]);

    world.now += 100 * DAY;
    expect([await world.retention.run(), world.today < goes]).toEqual([0, true]);
    // a note is enough
    const opened = await world.open(first, noted);
    const note = await world.entry(opened, 'note', 'masih diproses');
    expect((await world.office.write(first.officer.id, noted, opened.record.version, note)).ok).toBe(true);
    world.now += DAY;
    expect([await world.retention.run(), world.today]).toEqual([1, goes]);
    const views = await world.office.cases(first.officer.id);
    expect(views.map(({ id }) => id).sort()).toEqual([noted, held].sort());
    const days = views.map((view) => [view.id === held, deletionDay(view, keeping)]);
    expect(new Map(days as Array<[boolean, string]>)).toEqual(
      new Map([
        [true, undefined],
        [false, addDays(goes, 100)],
      ]),
    );
    expect(await leftOnDisk(world, stored, all)).toBe(0);
    const events = (await everyOne(world.office.audit())).filter(({ event }) => event === 'deleted');
    expect(events).toMatchObject([{ actor: 'server', at: goes, case: quiet.id, detail: 'untouched' }]);
  });

  test('what was deleted elsewhere leaves the disk, though nothing was over', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    const officer = await world.hire();
    await world.tip(ME);
    const opened = await world.openOnly(officer);
    const before = new Set((await pieces(world)).map(String));
    const isNew = (piece: Buffer) => !before.has(String(piece));
    // an answer that its writer takes back, and a draft that is cancelled
    const entry = await world.entry(opened, 'officer', 'keliru');
    await world.office.write(officer.officer.id, opened.record.id, opened.record.version, entry, MINUTE);
    await world.intake.begin(world.from('cancelled'));
    await world.intake.write(world.from('cancelled'), 'what', 'rahasia');
    const gone = (await pieces(world)).filter(isNew);
    expect(gone.length).toBeGreaterThan(5);
    expect((await world.office.undo(officer.officer.id, opened.record.id, entry.id)).ok).toBe(true);
    await world.intake.cancel(world.from('cancelled'));
    // until then SQLite's write-ahead log has it, and PostgreSQL's tables
    expect(await left(stored, gone)).toBeGreaterThan(0);
    expect(await world.retention.run()).toBe(0);
    expect(await leftOnDisk(world, stored, gone)).toBe(0);
    expect(
      await left(
        stored,
        (await pieces(world)).filter((piece) => !isNew(piece)),
      ),
    ).toBeGreaterThan(0);
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
    expect(await leftOnDisk(world, stored, [...all, ...threads])).toBe(0);
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
    expect(await leftOnDisk(world, stored, [chat])).toBe(0);
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
    expect(await leftOnDisk(world, stored, [...all, thread])).toBe(0);
  });
});
