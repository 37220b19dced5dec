/** The officers' side: who may do what, what others notice of it, and what the reporter sees. */
import { describe, expect, test } from 'vitest';
import { makeKeyPairFast, nativeRecipient } from '../../src/reports/native-keys.ts';
import type { Changed, NewEntry, Status } from '../../src/reports/office.ts';
import { OfficeError } from '../../src/reports/stored-office.ts';
import { randomId } from '../../src/sealing/id.ts';
import { type RecipientText, sealBytes, unwrapCaseKey, wrapCaseKey } from '../../src/sealing/seal.ts';
import { DATABASES } from '../support/databases.ts';
import { all, type Colleague, DAY, openWorld, type World } from './world.ts';

const ME = '628127340051';
const no = (why: string) => ({ ok: false, why });

describe.each(DATABASES)('on $name', ({ fresh }) => {
  const events = async (world: World): Promise<string[]> => {
    const found: string[] = [];
    for await (const { event } of world.office.audit()) found.push(event);
    return found;
  };

  describe('officers', () => {
    test('are known by name, unit and key; a key is taken once, and only one that is sound', async () => {
      const world = await openWorld(await fresh());
      const { recipient } = makeKeyPairFast();
      const added = await world.office.addOfficer({ name: ' Dewi ', unit: 'Bawaslu Contoh', recipient });
      expect(added).toMatchObject({ name: 'Dewi', unit: 'Bawaslu Contoh', since: '2026-11-21', retired: false });
      expect(await world.office.officers()).toEqual([added]);
      const add = (name: string, key: string) =>
        world.office.addOfficer({ name, unit: 'x', recipient: key as RecipientText });
      await expect(add('Budi', recipient)).rejects.toThrow(OfficeError);
      await expect(add('', makeKeyPairFast().recipient)).rejects.toThrow(OfficeError);
      await expect(add('Budi', 'age1xyz')).rejects.toThrow(OfficeError);
      // one letter changed: the right length, and no key
      const letter = recipient[1000] === 'q' ? 'p' : 'q';
      await expect(add('Budi', recipient.slice(0, 1000) + letter + recipient.slice(1001))).rejects.toThrow(OfficeError);
      expect(await world.office.officers()).toHaveLength(1);
    });

    test('who retire may do nothing any more; what only they could open is asked about first', async () => {
      const world = await openWorld(await fresh());
      const first = await world.hire();
      await world.tip(ME);
      const { record } = await world.openOnly(first);
      const second = await world.hire();
      expect(await world.office.retireOfficer('server', first.officer.id)).toEqual(no('wrong-state'));
      expect(await world.office.retireOfficer(randomId(), first.officer.id)).toEqual(no('forbidden'));
      expect(await world.office.retireOfficer('server', randomId())).toEqual(no('unknown'));
      await grantTo(world, first, record.id, second);
      expect(await world.office.retireOfficer(second.officer.id, first.officer.id)).toEqual({ ok: true, version: 0 });
      expect(await world.office.retireOfficer(second.officer.id, first.officer.id)).toEqual(no('wrong-state'));
      expect(await world.office.cases(first.officer.id)).toEqual([]);
      expect(await world.office.read(first.officer.id, record.id)).toBeUndefined();
      expect(await world.office.hold(first.officer.id, record.id, 'x')).toEqual(no('forbidden'));
      const keys = await world.database.selectFrom('case_keys').select('officer').execute();
      expect(keys.map(({ officer }) => officer)).toEqual([second.officer.id]);
      expect((await world.openOnly(second)).entries).toHaveLength(4);
      // a new tip is not for them
      await world.tip('other');
      expect(await world.database.selectFrom('case_keys').select('officer').execute()).toHaveLength(2);
    });

    test('a draft that only they could open goes with them, and is begun anew for whoever is there', async () => {
      const world = await openWorld(await fresh());
      const first = await world.hire();
      const chat = world.from('draft');
      await world.intake.begin(chat);
      expect(await world.intake.write(chat, 'what', 'sembako di balai desa')).toBe('kept');
      expect(await world.office.retireOfficer('server', first.officer.id)).toMatchObject({ ok: true });
      expect(await world.intake.write(chat, 'who', 'kepala desa')).toBe('gone');
      expect(await world.database.selectFrom('cases').selectAll().execute()).toEqual([]);
      const second = await world.hire();
      expect(await world.intake.begin(chat)).toBe('open');
      await world.intake.write(chat, 'what', 'sembako di balai desa');
      expect(await world.intake.submit(chat)).toMatchObject({ kind: 'receipt' });
      expect(await world.office.cases(second.officer.id)).toHaveLength(1);
    });

    test('whose key is lost can retire all the same: their wraps stay, should it be found', async () => {
      const world = await openWorld(await fresh());
      const only = await world.hire();
      await world.tip(ME);
      expect(await world.office.retireOfficer('server', only.officer.id, true)).toMatchObject({ ok: true });
      expect(await world.database.selectFrom('case_keys').select('officer').execute()).toHaveLength(1);
      expect(await world.intake.admission(world.from(ME))).toBe('nobody');
    });
  });

  test('a stranger and an officer without a key change nothing', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.tip(ME);
    const opened = await world.openOnly(officer);
    const { id, version } = opened.record;
    const later = await world.hire();
    const entry = await world.entry(opened, 'note', 'x');
    const before = await events(world);
    for (const who of [later.officer.id, randomId(), 'server', '']) {
      const acts: Array<Promise<Changed>> = [
        world.office.write(who, id, version, entry),
        world.office.setStatus(who, id, version, 'closed', ''),
        world.office.grant(who, id, later.officer.id, entry.sealed),
        world.office.exported(who, id, 'x'),
        world.office.answerQuestion(who, id, version, 'x', entry),
      ];
      for (const act of await Promise.all(acts)) expect(act).toEqual(no('forbidden'));
    }
    for (const who of [randomId(), 'server']) {
      expect(await world.office.cases(who)).toEqual([]);
      expect(await world.office.read(who, id)).toBeUndefined();
      expect(await all(world.office.peek(who, [id], 1e6))).toEqual([]);
    }
    expect(await events(world)).toEqual(before);
    expect((await world.openOnly(officer)).record.version).toBe(version);
  });

  test('drafts are seen by nobody, and nothing can be done to them', async () => {
    const world = await openWorld(await fresh());
    const { officer } = await world.hire();
    await world.intake.begin(world.from(ME));
    await world.intake.write(world.from(ME), 'what', 'x');
    const [draft] = await world.database.selectFrom('cases').select('id').execute();
    const id = draft?.id ?? '';
    expect(await world.office.cases(officer.id)).toEqual([]);
    expect(await world.office.read(officer.id, id)).toBeUndefined();
    expect(await world.office.setStatus(officer.id, id, 1, 'closed', '')).toEqual(no('unknown'));
    expect(await world.office.hold(officer.id, id, 'x')).toEqual(no('unknown'));
    expect(await all(world.office.peek(officer.id, [id], 1e6))).toEqual([]);
  });

  describe('reading', () => {
    test('opens the case for the reporter, and marks it as read for this officer alone', async () => {
      const world = await openWorld(await fresh());
      const [first, second] = [await world.hire(), await world.hire()];
      const receipt = await world.tip(ME);
      const unread = async ({ officer }: Colleague) => (await world.office.cases(officer.id))[0]?.unread;
      expect([await unread(first), await unread(second)]).toEqual([4, 4]);
      const { record } = await world.openOnly(first);
      // what it was before: the desk shows what is new
      expect([record.unread, record.status, record.version]).toEqual([4, 'reading', 2]);
      expect([await unread(first), await unread(second)]).toEqual([0, 4]);
      expect((await world.openOnly(first)).record).toMatchObject({ unread: 0, version: 2 });
      await world.intake.look(world.from(ME), receipt);
      await world.intake.add(world.from(ME), 'lagi');
      expect([await unread(first), await unread(second)]).toEqual([1, 5]);
      expect(await events(world)).toEqual(['officer-added', 'officer-added', 'submitted', 'opened', 'opened', 'added']);
    });

    test('by peeking is noted once and leaves the case as new as it was', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      const receipt = await world.tip(ME);
      await world.intake.begin(world.from('other'));
      await world.intake.write(world.from('other'), 'what', 'x'.repeat(5000));
      await world.intake.submit(world.from('other'));
      const ids = (await world.office.cases(officer.officer.id)).map(({ id }) => id);
      const keys = await all(world.office.peek(officer.officer.id, ids, 0));
      expect(keys.map(({ entries }) => entries.length)).toEqual([0, 0]);
      expect(await unwrapCaseKey(keys[0]?.id ?? '', keys[0]?.wrapped ?? new Uint8Array(), officer.identity)).toMatch(
        /^AGE-SECRET-KEY-PQ-1/,
      );
      const small = await all(world.office.peek(officer.officer.id, [...ids, randomId()], 6000));
      expect(small.map(({ entries }) => entries.length).sort()).toEqual([3, 4]);
      expect(await world.intake.look(world.from(ME), receipt)).toEqual([]);
      expect((await world.office.cases(officer.officer.id)).map(({ unread }) => unread)).toEqual([4, 4]);
      expect((await events(world)).filter((event) => event === 'peeked')).toEqual(['peeked']);
    });
  });

  describe('writing', () => {
    test('names the version it was written on: what changed meanwhile must be read first', async () => {
      const world = await openWorld(await fresh());
      const [first, second] = [await world.hire(), await world.hire()];
      const receipt = await world.tip(ME);
      const one = await world.openOnly(first);
      const two = await world.openOnly(second);
      await world.answer(first, one, 'jawaban pertama');
      const write = (opened: typeof two, entry: NewEntry) =>
        world.office.write(second.officer.id, opened.record.id, opened.record.version, entry);
      expect(await write(two, await world.entry(two, 'officer', 'jawaban kedua'))).toEqual(no('stale'));
      const again = await world.openOnly(second);
      expect(again.entries.at(-1)?.text).toBe('jawaban pertama');
      await world.intake.look(world.from(ME), receipt);
      await world.intake.add(world.from(ME), 'tambahan');
      expect(await write(again, await world.entry(again, 'note', 'catatan'))).toEqual(no('stale'));
      const last = await world.openOnly(second);
      expect(await write(last, await world.entry(last, 'note', 'catatan'))).toMatchObject({ ok: true });
    });

    test('of two at the same moment, one is taken', async () => {
      const world = await openWorld(await fresh());
      const officers = await Promise.all([1, 2, 3, 4].map(() => world.hire()));
      await world.tip(ME);
      for (const officer of officers) await world.openOnly(officer);
      const opened = await Promise.all(officers.map((officer) => world.openOnly(officer)));
      const outcomes = await Promise.all(
        opened.map(async (one, i) =>
          world.office.write(
            officers[i]?.officer.id ?? '',
            one.record.id,
            one.record.version,
            await world.entry(one, 'note', `catatan ${i}`),
          ),
        ),
      );
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([no('stale'), no('stale'), no('stale')]);
    });

    test('a note is for officers only', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      const receipt = await world.tip(ME);
      const opened = await world.openOnly(officer);
      const note = await world.entry(opened, 'note', 'mungkin sama dengan kasus kemarin');
      await world.office.write(officer.officer.id, opened.record.id, opened.record.version, note);
      expect(await world.intake.look(world.from(ME), receipt)).toEqual([{ kind: 'opened', day: '2026-11-21' }]);
      const after = await world.openOnly(officer);
      expect([after.record.status, after.entries.at(-1)?.author]).toEqual(['reading', 'note']);
      // the same entry again, or one with an id of its own making
      const { version } = after.record;
      expect(await world.office.write(officer.officer.id, opened.record.id, version, note)).toEqual(no('wrong-state'));
      const odd = { ...note, id: "x' or 1=1 --" };
      expect(await world.office.write(officer.officer.id, opened.record.id, version, odd)).toEqual(no('wrong-state'));
    });
  });

  test('the status goes where it may', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.tip(ME);
    const opened = await world.openOnly(officer);
    let { version } = opened.record;
    const to = async (status: Status) => {
      const changed = await world.office.setStatus(officer.officer.id, opened.record.id, version, status, 'sebab');
      if (changed.ok) version = changed.version;
      return changed.ok ? 'ok' : changed.why;
    };
    expect(await to('new')).toBe('wrong-state');
    expect(await to('reading')).toBe('wrong-state');
    expect(await to('handed-on')).toBe('ok');
    // an answer leaves it handed on, and closed
    await world.answer(officer, await world.openOnly(officer), 'sudah diteruskan');
    expect((await world.openOnly(officer)).record.status).toBe('handed-on');
    version++;
    expect(await to('closed')).toBe('ok');
    expect((await world.openOnly(officer)).record).toMatchObject({ status: 'closed', closed: '2026-11-21' });
    expect(await to('reading')).toBe('ok');
    expect((await world.openOnly(officer)).record).toMatchObject({ status: 'reading', closed: undefined });
    const details: string[] = [];
    for await (const { event, detail } of world.office.audit()) if (event === 'status') details.push(detail);
    expect(details).toEqual(['reading > handed-on: sebab', 'handed-on > closed: sebab', 'closed > reading: sebab']);
  });

  test('holds are of two officers, each of whom takes back their own', async () => {
    const world = await openWorld(await fresh());
    const [first, second] = [await world.hire(), await world.hire()];
    await world.tip(ME);
    const { record } = await world.openOnly(first);
    const holds = async () => (await world.office.cases(first.officer.id))[0]?.holds;
    expect(await world.office.hold(first.officer.id, record.id, 'sidang')).toMatchObject({ ok: true });
    expect(await world.office.hold(first.officer.id, record.id, 'sidang')).toEqual(no('wrong-state'));
    expect(await holds()).toBe(1);
    expect(await world.office.release(second.officer.id, record.id)).toEqual(no('wrong-state'));
    await world.office.hold(second.officer.id, record.id, 'sidang');
    expect(await holds()).toBe(2);
    // who is retired can take nothing back: a colleague can
    await world.office.retireOfficer('server', second.officer.id);
    expect(await holds()).toBe(2);
    expect(await world.office.release(first.officer.id, record.id)).toMatchObject({ ok: true });
    expect(await world.office.release(first.officer.id, record.id)).toMatchObject({ ok: true });
    expect(await holds()).toBe(0);
  });

  test('a key can be handed to a colleague, who reads from then on; not to a stranger', async () => {
    const world = await openWorld(await fresh());
    const first = await world.hire();
    await world.tip(ME);
    const { record } = await world.openOnly(first);
    const second = await world.hire();
    expect((await world.office.cases(second.officer.id))[0]?.readable).toBe(false);
    await grantTo(world, first, record.id, second);
    expect((await world.openOnly(second)).entries[0]?.text).toContain('sembako');
    const wrapped = await sealBytes(new Uint8Array(), [second.officer.recipient]);
    expect(await world.office.grant(first.officer.id, record.id, randomId(), wrapped)).toEqual(no('unknown'));
  });

  test('the list is newest change first, and tells nothing of what is in the cases', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    const receipt = await world.tip(ME);
    world.now += DAY;
    await world.tip('other');
    world.now += DAY;
    await world.intake.look(world.from(ME), receipt);
    await world.intake.add(world.from(ME), 'x');
    const cases = await world.office.cases(officer.officer.id);
    expect(cases.map(({ day, changed }) => [day, changed])).toEqual([
      ['2026-11-21', '2026-11-23'],
      ['2026-11-22', '2026-11-22'],
    ]);
    expect(Object.keys(cases[0] ?? {}).sort()).toEqual(
      'changed closed day entries follows holds id kind readable status unread version'.split(' '),
    );
  });
});

async function grantTo(world: World, from: Colleague, id: string, to: Colleague): Promise<void> {
  const [peeked] = await all(world.office.peek(from.officer.id, [id], 0));
  const key = await unwrapCaseKey(id, peeked?.wrapped ?? new Uint8Array(), from.identity);
  const wrapped = await wrapCaseKey(id, key, nativeRecipient(to.officer.recipient));
  expect(await world.office.grant(from.officer.id, id, to.officer.id, wrapped)).toMatchObject({ ok: true });
}
