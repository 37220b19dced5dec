/** Questions to officers: the answer comes back into the chat, and then nothing of the chat is left. */
import { describe, expect, test } from 'vitest';
import { QUESTION_MESSAGES } from '../../src/reports/limits.ts';
import { DATABASES } from '../support/databases.ts';
import { type Colleague, DAY, HOUR, MINUTE, openWorld, type World } from './world.ts';

const ME = '628127340051';
const QUESTION = 'apakah boleh saya meminjam mobil dinas untuk kampanye paman saya?';

describe.each(DATABASES)('on $name', ({ fresh }) => {
  const answer = async (world: World, officer: Colleague, text: string) => {
    const opened = await world.openOnly(officer);
    const { record } = opened;
    const entry = await world.entry(opened, 'officer', text);
    return world.office.answerQuestion(officer.officer.id, record.id, record.version, text, entry);
  };
  const rows = async (world: World) => [
    (await world.database.selectFrom('questions').selectAll().execute()).length,
    (await world.database.selectFrom('chat_answers').selectAll().execute()).length,
  ];

  test('the question comes sealed to the officers, the answer into the chat, and the address is gone', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    const officer = await world.hire();
    expect(await world.intake.askMore(world.from(ME), 'x')).toBe('gone');
    expect(await world.intake.ask(world.from(ME, '11'), QUESTION)).toBe('open');
    expect(await world.intake.ask(world.from(ME, '11'), QUESTION)).toBe('open');
    expect(await world.intake.askMore(world.from(ME, '12'), 'mobilnya bukan dinas')).toBe('kept');
    expect(await world.intake.askMore(world.from(ME, '12'), 'mobilnya bukan dinas')).toBe('kept');
    expect(await world.intake.askMore(world.from('other'), 'x')).toBe('gone');
    const bytes = await stored.stored();
    for (const secret of [ME, 'mobil', 'dinas']) expect(bytes.includes(Buffer.from(secret))).toBe(false);

    const { record, entries } = await world.openOnly(officer);
    expect([record.kind, record.reporters, entries.map(({ text }) => text)]).toEqual([
      'question',
      [],
      [QUESTION, 'mobilnya bukan dinas'],
    ]);
    expect(await rows(world)).toEqual([1, 0]);
    expect(await answer(world, officer, 'Tidak boleh, dasarnya Pasal 2.')).toMatchObject({ ok: true });
    expect(await rows(world)).toEqual([0, 1]);
    expect(await world.intake.askMore(world.from(ME), 'x')).toBe('gone');
    await world.answers.deliverDue();
    expect(world.told).toEqual([{ channel: 'telegram', address: ME, text: 'Tidak boleh, dasarnya Pasal 2.' }]);
    expect(await rows(world)).toEqual([0, 0]);
    await world.answers.deliverDue();
    expect(world.told).toHaveLength(1);
    const after = await world.openOnly(officer);
    expect([after.record.status, after.entries.at(-1)?.text]).toEqual(['closed', 'Tidak boleh, dasarnya Pasal 2.']);
    expect(await answer(world, officer, 'lagi')).toEqual({ ok: false, why: 'wrong-state' });
    // a new question is a new case
    expect(await world.intake.ask(world.from(ME), 'pertanyaan lain')).toBe('open');
    expect(await world.office.cases(officer.officer.id)).toHaveLength(2);
  });

  test('an answer is tried again with growing pauses, and goes when it can', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    await answer(world, officer, 'jawaban');
    world.nextTold = 'fails';
    const tries: number[] = [];
    const started = world.now;
    let attempts = 0;
    for (; world.now < started + 3 * HOUR; world.now += MINUTE) {
      await world.answers.deliverDue();
      const [row] = await world.database.selectFrom('chat_answers').select('attempts').execute();
      if (row && row.attempts !== attempts) tries.push((world.now - started) / MINUTE);
      attempts = row?.attempts ?? -1;
    }
    expect(tries).toEqual([0, 1, 6, 36, 156]);
    world.nextTold = 'sent';
    world.now += 6 * HOUR;
    await world.answers.deliverDue();
    expect(world.told).toHaveLength(1);
  });

  test('an answer that waits for the person is taken with the next message, and deleted when it is out', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    await answer(world, officer, 'jawaban yang menunggu');
    world.nextTold = 'later';
    await world.answers.deliverDue();
    expect((await world.answers.takeAnswers(world.from('other'))).texts).toEqual([]);
    const taken = await world.answers.takeAnswers(world.from(ME));
    expect(taken.texts).toEqual(['jawaban yang menunggu']);
    // it is on its way: the worker does not send it a second way meanwhile
    world.nextTold = 'sent';
    world.now += DAY;
    await world.answers.deliverDue();
    expect(world.told).toEqual([]);
    await taken.delivered();
    expect(await rows(world)).toEqual([0, 0]);
  });

  test('an answer that can never arrive is deleted', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    await answer(world, officer, 'jawaban');
    world.nextTold = 'unreachable';
    await world.answers.deliverDue();
    expect(await rows(world)).toEqual([0, 0]);
  });

  test('of several processes one sends it', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    await answer(world, officer, 'jawaban');
    await Promise.all([1, 2, 3].map(() => world.answers.deliverDue()));
    expect(world.told).toHaveLength(1);
  });

  describe('taken back', () => {
    test('before anybody has read it, it is gone altogether', async () => {
      const world = await openWorld(await fresh());
      const { officer } = await world.hire();
      await world.intake.ask(world.from(ME), QUESTION);
      await world.intake.withdraw(world.from(ME));
      expect(await rows(world)).toEqual([0, 0]);
      expect(await world.office.cases(officer.id)).toEqual([]);
      expect(await world.database.selectFrom('entries').selectAll().execute()).toEqual([]);
      await world.intake.withdraw(world.from(ME));
    });

    test('after that, it is closed and has no way back', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      await world.intake.ask(world.from(ME), QUESTION);
      const opened = await world.openOnly(officer);
      await world.intake.withdraw(world.from(ME));
      expect(await rows(world)).toEqual([0, 0]);
      expect((await world.openOnly(officer)).record.status).toBe('closed');
      const entry = await world.entry(opened, 'officer', 'terlambat');
      const { id } = opened.record;
      const stale = await world.office.answerQuestion(
        officer.officer.id,
        id,
        opened.record.version,
        'terlambat',
        entry,
      );
      expect(stale).toEqual({ ok: false, why: 'stale' });
      expect(await answer(world, officer, 'terlambat')).toEqual({ ok: false, why: 'wrong-state' });
      expect(await rows(world)).toEqual([0, 0]);
    });
  });

  test('what an officer closes without an answer has no way back either', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    const { record } = await world.openOnly(officer);
    const to = (status: 'asking' | 'closed') =>
      world.office.setStatus(officer.officer.id, record.id, record.version, status, '');
    expect(await to('asking')).toEqual({ ok: false, why: 'wrong-state' });
    expect(await to('closed')).toMatchObject({ ok: true });
    expect(await rows(world)).toEqual([0, 0]);
    expect(await world.intake.askMore(world.from(ME), 'x')).toBe('gone');
  });

  test('a refused answer leaves the address where it was', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    const opened = await world.openOnly(officer);
    const { id, version } = opened.record;
    const entry = { ...(await world.entry(opened, 'officer', 'x')), id: opened.entries[0]?.id ?? '' };
    expect(await world.office.answerQuestion(officer.officer.id, id, version, 'x', entry)).toEqual({
      ok: false,
      why: 'wrong-state',
    });
    expect(await rows(world)).toEqual([1, 0]);
    // nor does an answer go the way of tips, which would not reach the chat
    const other = await world.entry(opened, 'officer', 'x');
    expect(await world.office.write(officer.officer.id, id, version, other)).toEqual({ ok: false, why: 'wrong-state' });
  });

  test('the address is destroyed after thirty days, answered or not, and so is an answer that found no way', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    world.now += 29 * DAY;
    await world.retention.run();
    expect(await world.intake.askMore(world.from(ME), 'masih menunggu')).toBe('kept');
    world.now += DAY;
    expect(await world.intake.askMore(world.from(ME), 'x')).toBe('gone');
    expect(await answer(world, officer, 'terlambat')).toEqual({ ok: false, why: 'wrong-state' });
    await world.retention.run();
    expect(await rows(world)).toEqual([0, 0]);

    await world.intake.ask(world.from('other'), QUESTION);
    world.now += 20 * DAY;
    const unread = (await world.office.cases(officer.officer.id)).find(({ status }) => status === 'new');
    const opened = await world.open(officer, unread?.id ?? '');
    const entry = await world.entry(opened, 'officer', 'jawaban');
    await world.office.answerQuestion(officer.officer.id, opened.record.id, opened.record.version, 'jawaban', entry);
    world.now += 9 * DAY;
    await world.retention.run();
    expect(await rows(world)).toEqual([0, 1]);
    world.now += DAY;
    await world.retention.run();
    expect(await rows(world)).toEqual([0, 0]);
  });

  test('a question has a measure', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    await world.intake.ask(world.from(ME), QUESTION);
    for (let i = 1; i < QUESTION_MESSAGES; i++) expect(await world.intake.askMore(world.from(ME), 'x')).toBe('kept');
    expect(await world.intake.askMore(world.from(ME), 'x')).toBe('full');
    for (let i = 0; i < 4; i++) {
      await world.intake.withdraw(world.from(ME));
      expect(await world.intake.ask(world.from(ME), 'x')).toBe('open');
    }
    await world.intake.withdraw(world.from(ME));
    expect(await world.intake.ask(world.from(ME), 'x')).toBe('limit');
  });
});
