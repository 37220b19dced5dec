/** The chats' door: what a person tells comes to the officers as it was told, once, and nothing else. */
import { describe, expect, test } from 'vitest';
import { FileUnavailable } from '../../src/conversation/message.ts';
import { DRAFT_FILES, MESSAGE_CHARACTERS, QUESTION_MESSAGES } from '../../src/reports/limits.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { openBytes, unwrapCaseKey } from '../../src/sealing/seal.ts';
import { DATABASES } from '../support/databases.ts';
import { DAY, file, HOUR, MINUTE, openWorld, received, World } from './world.ts';

const ME = '628127340051';
const OTHER = '628127340052';

describe.each(DATABASES)('on $name', ({ fresh }) => {
  const begun = async (world: World, who = ME) => {
    await world.hire();
    expect(await world.intake.begin(world.from(who))).toBe('open');
  };

  test('without an officer nothing is taken in', async () => {
    const world = await openWorld(await fresh());
    expect(await world.intake.admission(world.from(ME))).toBe('nobody');
    expect(await world.intake.begin(world.from(ME))).toBe('nobody');
    expect(await world.intake.write(world.from(ME), 'what', 'x')).toBe('gone');
    expect(await world.intake.submit(world.from(ME))).toEqual({ kind: 'gone' });
    expect(await world.intake.ask(world.from(ME), 'x')).toBe('nobody');
    expect(await world.database.selectFrom('cases').selectAll().execute()).toEqual([]);
  });

  test('an officer reads what was told, in its order; what was skipped is there as an empty entry', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.intake.begin(world.from(ME));
    const { intake } = world;
    expect(await intake.write(world.from(ME), 'what', 'membagi sembako')).toBe('kept');
    expect(await intake.write(world.from(ME), 'what', 'dengan gambar calon')).toBe('kept');
    expect(await intake.write(world.from(ME), 'where', 'Kabupaten Contoh, Provinsi Contoh')).toBe('kept');
    expect(await intake.attach(world.from(ME), file('pict'))).toEqual({ kind: 'kept', clean: true });
    expect(await intake.draft(world.from(ME))).toEqual({ filled: { what: 2, who: 0, where: 1, when: 0 }, files: 1 });
    expect(await world.office.cases(officer.officer.id)).toEqual([]);
    received(await intake.submit(world.from(ME)));
    expect(await intake.draft(world.from(ME))).toBeUndefined();

    const { record, entries } = await world.openOnly(officer);
    expect(record).toMatchObject({ kind: 'tip', status: 'reading', day: '2026-11-21', entries: 6, follows: undefined });
    expect(entries.map(({ part, text, author, day }) => [part, text, author, day])).toEqual([
      ['what', 'membagi sembako', 'reporter', '2026-11-21'],
      ['what', 'dengan gambar calon', 'reporter', '2026-11-21'],
      ['where', 'Kabupaten Contoh, Provinsi Contoh', 'reporter', '2026-11-21'],
      ['file', '', 'reporter', '2026-11-21'],
      ['who', '', 'reporter', '2026-11-21'],
      ['when', '', 'reporter', '2026-11-21'],
    ]);
    const photo = entries[3]?.file;
    expect([photo?.name, photo?.type, photo?.bytes.length]).toEqual(['foto.jpg', 'image/jpeg', 1000]);
    expect(entries.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(record.place).toBe(6);
  });

  test('the escrow key opens a case too, and a colleague who came later does not', async () => {
    const safe = makeKeyPairFast();
    const world = await openWorld(await fresh(), { escrow: safe.recipient });
    const officer = await world.hire();
    await world.tip(ME);
    const [row] = await world.database.selectFrom('case_keys').selectAll().where('officer', '=', 'escrow').execute();
    const { record, key } = await world.openOnly(officer);
    expect(await unwrapCaseKey(record.id, row?.wrapped ?? new Uint8Array(), safe.identity)).toBe(key);
    const later = await world.hire();
    expect(await world.office.cases(later.officer.id)).toMatchObject([{ readable: false, entries: 4, unread: 4 }]);
    const closed = await world.office.read(later.officer.id, record.id);
    expect([closed?.wrapped, closed?.contents, closed?.status]).toEqual([undefined, [], 'reading']);
  });

  describe('an update that the platform delivers twice', () => {
    test('does not double a part, a file, an addition or a question', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      const { intake } = world;
      const first = world.from(ME, '900001');
      await intake.begin(first);
      await intake.begin(first);
      for (const _ of [1, 2]) {
        expect(await intake.write(world.from(ME, '900002'), 'what', 'sekali saja')).toBe('kept');
        expect(await intake.attach(world.from(ME, '900003'), file('pict'))).toEqual({ kind: 'kept', clean: true });
      }
      // one message may hold a file and what is written below it
      expect(await intake.write(world.from(ME, '900003'), 'what', 'keterangan foto')).toBe('kept');
      // over midnight too
      world.now += 16 * HOUR;
      expect(await intake.write(world.from(ME, '900002'), 'what', 'sekali saja')).toBe('kept');
      const receipt = received(await intake.submit(world.from(ME)));
      await intake.look(world.from(ME), receipt);
      for (const _ of [1, 2]) {
        expect(await intake.add(world.from(ME, '900004'), 'tambahan')).toBe('kept');
        expect(await intake.addFile(world.from(ME, '900005'), file('pict'))).toEqual({ kind: 'kept', clean: true });
      }
      world.now += 12 * HOUR;
      await intake.look(world.from(ME), receipt);
      expect(await intake.add(world.from(ME, '900004'), 'tambahan')).toBe('kept');
      const { entries } = await world.openOnly(officer);
      expect(entries.map(({ part, text }) => `${part} ${text}`.trim())).toEqual([
        'what sekali saja',
        'file',
        'what keterangan foto',
        'who',
        'where',
        'when',
        'text tambahan',
        'file',
      ]);
    });

    test('gives a further receipt for the same case while the first is not confirmed; both open it', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      await world.intake.begin(world.from(ME));
      await world.intake.write(world.from(ME), 'what', 'x');
      const submission = world.from(ME, '77');
      const receipts = [await world.intake.submit(submission), await world.intake.submit(submission)].map(received);
      expect(receipts[0]).not.toBe(receipts[1]);
      const opened = await world.openOnly(officer);
      expect(opened.record.reporters).toHaveLength(2);
      await world.answer(officer, opened, 'terima kasih, kapan tepatnya?');
      for (const receipt of receipts)
        expect(await world.intake.look(world.from(OTHER), receipt)).toContainEqual({
          kind: 'answer',
          day: '2026-11-21',
          text: 'terima kasih, kapan tepatnya?',
        });
    });

    test('gives no receipt any more after the confirmation, after fifteen minutes, or after five', async () => {
      const world = await openWorld(await fresh());
      await world.hire();
      const again = async (who: string) => (await world.intake.submit(world.from(who))).kind;
      await world.tip(ME);
      await world.intake.forget(world.from(ME));
      expect(await again(ME)).toBe('gone');
      await world.tip(OTHER);
      world.now += 14 * MINUTE;
      expect(await again(OTHER)).toBe('receipt');
      world.now += MINUTE;
      expect(await again(OTHER)).toBe('gone');
      await world.tip('third');
      const kinds: string[] = [];
      for (let i = 0; i < 5; i++) kinds.push(await again('third'));
      expect(kinds).toEqual(['receipt', 'receipt', 'receipt', 'receipt', 'gone']);
    });
  });

  describe('the two words typed back', () => {
    const words = (receipt: Receipt, ask: readonly [number, number]): [string, string] => {
      const all = receipt.split(' ');
      return [all[ask[0] - 1] ?? '', all[ask[1] - 1] ?? ''];
    };

    test('are right, wrong, or forgotten; right cuts the last thread', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      await world.intake.write(world.from(ME), 'what', 'x');
      const given = await world.intake.submit(world.from(ME));
      if (given.kind !== 'receipt') throw new Error(given.kind);
      const { receipt, ask } = given;
      expect(ask[0]).toBeLessThan(ask[1]);
      const [one, two] = words(receipt, ask);
      expect(await world.intake.confirm(world.from(OTHER), [one, two])).toBe('forgotten');
      expect(await world.intake.confirm(world.from(ME), [two, one])).toBe('wrong');
      const rows = () => world.database.selectFrom('pending_receipts').selectAll().execute();
      expect(await rows()).toHaveLength(1);
      expect(await world.intake.confirm(world.from(ME), [` ${one.toUpperCase()}`, two])).toBe('right');
      expect(await rows()).toEqual([]);
      expect(await world.intake.confirm(world.from(ME), [one, two])).toBe('forgotten');
    });

    test('of either of two receipts are right, and forgotten after half an hour and after a restart', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      await world.intake.write(world.from(ME), 'what', 'x');
      const first = await world.intake.submit(world.from(ME));
      const second = await world.intake.submit(world.from(ME));
      if (first.kind !== 'receipt' || second.kind !== 'receipt') throw new Error('two receipts expected');
      const typed = words(first.receipt, first.ask);
      const restarted = new World(world.database, { key: world.key });
      expect(await restarted.intake.confirm(world.from(ME), typed)).toBe('forgotten');
      world.now += 31 * MINUTE;
      expect(await world.intake.confirm(world.from(ME), typed)).toBe('forgotten');
    });
  });

  describe('a draft', () => {
    test('is found after a restart and over midnight, by its own chat only, for at most 24 hours', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      await world.intake.write(world.from(ME), 'who', 'camat');
      const later = new World(world.database, { key: world.key });
      later.now = world.now + 20 * HOUR;
      expect(later.today).not.toBe(world.today);
      expect(await later.intake.draft(later.from(ME))).toMatchObject({ filled: { who: 1 } });
      expect(await later.intake.draft(later.from(OTHER))).toBeUndefined();
      expect(await later.intake.begin(later.from(ME))).toBe('open');
      expect(await later.intake.draft(later.from(ME))).toMatchObject({ filled: { who: 1 } });
      later.now = world.now + DAY + 1;
      expect(await later.intake.draft(later.from(ME))).toBeUndefined();
      expect(await later.intake.write(later.from(ME), 'what', 'x')).toBe('gone');
      expect(await later.intake.submit(later.from(ME))).toEqual({ kind: 'gone' });
    });

    test('can be corrected and thrown away: what was taken back is nowhere', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      const { intake } = world;
      await intake.write(world.from(ME), 'what', 'salah');
      await intake.write(world.from(ME), 'who', 'camat');
      await intake.attach(world.from(ME), file('pict'));
      await intake.clear(world.from(ME), 'what');
      await intake.clear(world.from(ME), 'files');
      expect(await intake.draft(world.from(ME))).toEqual({ filled: { what: 0, who: 1, where: 0, when: 0 }, files: 0 });
      expect(await world.database.selectFrom('entries').select('id').execute()).toHaveLength(1);
      await intake.cancel(world.from(ME));
      for (const table of ['cases', 'entries', 'case_keys', 'drafts', 'draft_slots'] as const)
        expect([table, await world.database.selectFrom(table).selectAll().execute()]).toEqual([table, []]);
      expect(await intake.submit(world.from(ME))).toEqual({ kind: 'gone' });
    });

    test('that is empty is not submitted', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      expect(await world.intake.submit(world.from(ME))).toEqual({ kind: 'empty' });
      await world.intake.attach(world.from(ME), file('pict'));
      expect(await world.intake.submit(world.from(ME))).toMatchObject({ kind: 'receipt' });
    });

    test('takes so much and no more', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      const { intake } = world;
      expect(await intake.write(world.from(ME), 'what', 'x'.repeat(MESSAGE_CHARACTERS + 1))).toBe('full');
      expect(await intake.write(world.from(ME), 'what', '😀'.repeat(MESSAGE_CHARACTERS / 2))).toBe('kept');
      for (let i = 1; i < QUESTION_MESSAGES; i++) expect(await intake.write(world.from(ME), 'what', 'x')).toBe('kept');
      expect(await intake.write(world.from(ME), 'what', 'x')).toBe('full');
      expect(await intake.write(world.from(ME), 'who', 'x')).toBe('kept');
      for (let i = 0; i < DRAFT_FILES; i++) await intake.attach(world.from(ME), file('pict'));
      expect(await intake.attach(world.from(ME), file('pict'))).toEqual({ kind: 'full' });
    });

    test('refuses a text that holds a receipt', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      const receipt = await world.tip(OTHER);
      await world.intake.look(world.from(ME), receipt);
      const text = `ini tanda terima saya: ${receipt}.`;
      expect(await world.intake.write(world.from(ME), 'what', text)).toBe('receipt');
      expect(await world.intake.add(world.from(ME), text)).toBe('receipt');
    });
  });

  describe('files', () => {
    test('that cannot be cleaned are taken after the warning, once, and not after a restart', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      const { intake } = world;
      expect(await intake.attachAnyway(world.from(ME))).toEqual({ kind: 'gone' });
      expect(await intake.attach(world.from(ME), file('soun'))).toEqual({ kind: 'warn', what: 'sound' });
      expect(await intake.draft(world.from(ME))).toMatchObject({ files: 0 });
      const restarted = new World(world.database, { key: world.key });
      expect(await restarted.intake.attachAnyway(world.from(ME))).toEqual({ kind: 'gone' });
      const yes = world.from(ME);
      expect(await intake.attachAnyway(yes)).toEqual({ kind: 'kept', clean: false });
      expect(await intake.attachAnyway(yes)).toEqual({ kind: 'kept', clean: false });
      expect(await intake.draft(world.from(ME))).toMatchObject({ files: 1 });
      expect(await intake.attachAnyway(world.from(ME))).toEqual({ kind: 'gone' });
    });

    test('of other kinds, too large, or not to be had are refused', async () => {
      const world = await openWorld(await fresh());
      await begun(world);
      const refused = (why: string) => ({ kind: 'refused', why });
      const failing = (error: Error) => ({ ...file('pict'), read: () => Promise.reject(error) });
      const { intake } = world;
      expect(await intake.attach(world.from(ME), file('MZ__'))).toEqual(refused('type'));
      for (const why of ['too-big', 'unavailable'] as const)
        expect(await intake.attach(world.from(ME), failing(new FileUnavailable(why)))).toEqual(refused(why));
      expect(await intake.attach(world.from(ME), failing(new TypeError('x')))).toEqual(refused('unavailable'));
      expect(await intake.attach(world.from(OTHER), file('pict'))).toEqual({ kind: 'gone' });
    });
  });

  describe('a receipt', () => {
    test('tells what became of the case, in order, to whoever holds it, from any chat', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      const receipt = await world.tip(ME);
      const look = () => world.intake.look(world.from(OTHER), receipt);
      expect(await look()).toEqual([]);
      world.now += DAY;
      const opened = await world.openOnly(officer);
      expect(await look()).toEqual([{ kind: 'opened', day: '2026-11-22' }]);
      await world.answer(officer, opened, 'Di mana tepatnya?');
      expect(await world.intake.add(world.from(OTHER), 'di balai desa')).toBe('kept');
      world.now += DAY;
      await world.answer(officer, await world.openOnly(officer), 'Terima kasih.');
      const { record } = await world.openOnly(officer);
      const to = (status: 'handed-on' | 'closed', version: number) =>
        world.office.setStatus(officer.officer.id, record.id, version, status, '');
      expect(await to('handed-on', record.version)).toMatchObject({ ok: true });
      world.now += DAY;
      expect(await to('closed', record.version + 1)).toMatchObject({ ok: true });
      expect(await look()).toEqual([
        { kind: 'opened', day: '2026-11-22' },
        { kind: 'answer', day: '2026-11-22', text: 'Di mana tepatnya?' },
        { kind: 'answer', day: '2026-11-23', text: 'Terima kasih.' },
        { kind: 'handed-on', day: '2026-11-23' },
        { kind: 'closed', day: '2026-11-24' },
      ]);
      // what comes later opens it again, where it stands behind everything else
      expect(await world.intake.add(world.from(OTHER), 'ada lagi')).toBe('kept');
      const after = await world.openOnly(officer);
      expect(after.record).toMatchObject({ status: 'reading', closed: undefined });
      expect(after.entries.at(-1)?.text).toBe('ada lagi');
    });

    test('that is not known says the same as one without news, and what is added to it is not lost', async () => {
      const world = await openWorld(await fresh());
      const officer = await world.hire();
      const known = await world.tip(ME);
      const unknown = makeReceipt();
      expect(await world.intake.add(world.from(OTHER), 'tanpa tanda terima')).toBe('gone');
      for (const receipt of [known, unknown]) {
        expect(await world.intake.look(world.from(OTHER), receipt)).toEqual([]);
        expect(await world.intake.add(world.from(OTHER), `tambahan`)).toBe('kept');
        expect(await world.intake.addFile(world.from(OTHER), file('pict'))).toEqual({ kind: 'kept', clean: true });
        expect(await world.intake.look(world.from(OTHER), receipt)).toEqual([]);
      }
      const cases = await world.office.cases(officer.officer.id);
      expect(cases.map(({ entries }) => entries).sort()).toEqual([2, 6]);
      const made = cases.find(({ entries }) => entries === 2);
      const opened = await world.open(officer, made?.id ?? '');
      expect(opened.entries.map(({ part, text }) => [part, text])).toEqual([
        ['text', 'tambahan'],
        ['file', ''],
      ]);
      await world.answer(officer, opened, 'diterima');
      expect(await world.intake.look(world.from(ME), unknown)).toMatchObject([
        { kind: 'opened' },
        { kind: 'answer', text: 'diterima' },
      ]);
    });

    test('closes with the flow: nothing can be added any more', async () => {
      const world = await openWorld(await fresh());
      await world.hire();
      const receipt = await world.tip(ME);
      await world.intake.look(world.from(ME), receipt);
      await world.intake.forget(world.from(ME));
      expect(await world.intake.add(world.from(ME), 'x')).toBe('gone');
      await world.intake.look(world.from(ME), receipt);
      world.now += 31 * MINUTE;
      expect(await world.intake.add(world.from(ME), 'x')).toBe('gone');
    });

    test('is of no use to the server: it keeps a hash and a public key', async () => {
      const stored = await fresh();
      const world = await openWorld(stored);
      await world.hire();
      const receipt = await world.tip(ME);
      const { lookup, lookupHash, identity, recipient } = await receiptKeys(receipt);
      const [row] = await world.database.selectFrom('receipts').selectAll().execute();
      expect(row).toMatchObject({ lookup_hash: lookupHash, recipient });
      const bytes = await stored.stored();
      for (const secret of [lookup, identity, ...receipt.split(' ').map((word) => ` ${word} `), receipt])
        expect(bytes.includes(Buffer.from(secret))).toBe(false);
    });
  });

  test('an answer that was put into the row of another case, or twice, is not shown', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    const mine = await world.tip(ME);
    const opened = await world.openOnly(officer);
    await world.answer(officer, opened, 'satu');
    const [answer] = await world.database.selectFrom('entries').selectAll().where('author', '=', 'officer').execute();
    if (!answer) throw new Error('an answer expected');
    const other = await world.tip(OTHER);
    const [second] = (await world.office.cases(officer.officer.id)).filter(({ id }) => id !== opened.record.id);
    const copies = [
      { ...answer, case_id: second?.id ?? '' },
      { ...answer, id: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { ...answer, id: 'BBBBBBBBBBBBBBBBBBBBBB', sealed: answer.sealed.slice(0, -1) },
    ];
    await world.database.insertInto('entries').values(copies).execute();
    const texts = async (receipt: Receipt) => {
      const news = await world.intake.look(world.from('x'), receipt);
      return news === 'limit' ? news : news.filter(({ kind }) => kind === 'answer').length;
    };
    expect([await texts(mine), await texts(other)]).toEqual([1, 0]);
    // the officers notice it as well
    await expect(world.open(officer, opened.record.id)).rejects.toThrow(/copy of another/);
  });

  test('all parts of tips with texts of any length in a bucket have the same stored size', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const shapes = new Set<string>();
    for (const length of [1, 20, 500, 3000, 3700]) {
      await world.tip(`chat-${length}`, 'x'.repeat(length));
      const rows = await world.database.selectFrom('entries').select(['case_id', 'sealed']).execute();
      const byCase = Map.groupBy(rows, (row) => row.case_id);
      for (const parts of byCase.values()) shapes.add(JSON.stringify(parts.map((part) => part.sealed.length)));
    }
    expect([...shapes]).toHaveLength(1);
    const [shape = '[]'] = shapes;
    expect(JSON.parse(shape)).toHaveLength(4);
    const wraps = await world.database.selectFrom('case_keys').select('wrapped').execute();
    expect(new Set(wraps.map(({ wrapped }) => wrapped.length)).size).toBe(1);
    // what is sealed really opens to something: a size alone proves nothing
    const [key] = wraps;
    await expect(openBytes(key?.wrapped ?? new Uint8Array(), makeKeyPairFast().identity)).rejects.toThrow();
  });

  test('a sealed part lies there without its question, its place or its time, and nothing else tells them', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    await world.tip(ME);
    const [row] = await world.database.selectFrom('entries').selectAll().execute();
    expect(Object.keys(row ?? {}).sort()).toEqual(['author', 'case_id', 'day', 'id', 'sealed']);
    expect(row?.day).toBe('2026-11-21');
    expect(await world.database.selectFrom('draft_slots').selectAll().execute()).toEqual([]);
    const [only] = await world.database.selectFrom('cases').selectAll().execute();
    expect([only?.day, only?.changed]).toEqual(['2026-11-21', '2026-11-21']);
  });

  test('what is remembered between messages is in memory only, of its chat, for half an hour', async () => {
    const stored = await fresh();
    const world = await openWorld(stored);
    world.intake.remember(world.from(ME), 'province', 'Provinsi Contoh');
    expect(world.intake.recall(world.from(ME), 'province')).toBe('Provinsi Contoh');
    expect(world.intake.recall(world.from(ME), 'other')).toBeUndefined();
    expect(world.intake.recall(world.from(OTHER), 'province')).toBeUndefined();
    expect((await stored.stored()).includes('Provinsi Contoh')).toBe(false);
    world.intake.remember(world.from(ME), 'province', undefined);
    expect(world.intake.recall(world.from(ME), 'province')).toBeUndefined();
    world.intake.remember(world.from(ME), 'province', 'x');
    world.now += 31 * MINUTE;
    expect(world.intake.recall(world.from(ME), 'province')).toBeUndefined();
  });
});
