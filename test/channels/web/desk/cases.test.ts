/** Cases at the desk in the browser: what officers get, what they may do, and what nobody else gets. */
import { describe, expect, test } from 'vitest';
import type { CaseDetail, CaseList, CaseTexts, Grants } from '../../../../src/channels/web/desk/contract.ts';
import { UNDO_SECONDS } from '../../../../src/channels/web/desk/contract.ts';
import { TEMPLATES } from '../../../../src/channels/web/desk/templates.ts';
import { KNOWLEDGE_FOLDER } from '../../../../src/knowledge/knowledge.ts';
import type { Problem } from '../../../../src/knowledge/problem.ts';
import { regulationsFile } from '../../../../src/knowledge/shapes.ts';
import { readSource } from '../../../../src/knowledge/source.ts';
import { makeKeyPairFast, nativeRecipient, recipientOf } from '../../../../src/reports/native-keys.ts';
import { sealEntryFast, wrapCaseKeyFast } from '../../../../src/reports/native-seal.ts';
import { fromBase64url, randomId } from '../../../../src/sealing/id.ts';
import { type Receipt, receiptKeys } from '../../../../src/sealing/receipt.ts';
import { openEntry } from '../../../../src/sealing/seal.ts';
import { file } from '../../../reports/world.ts';
import { DATABASES } from '../../../support/databases.ts';
import { DeskOfficer } from '../../../support/desk-officer.ts';
import { type DeskServices, deskServices } from '../../../support/desk-services.ts';

const ME = '628127340051';
const UNDO = UNDO_SECONDS * 1000;
const BAWASLU = 'Bawaslu Kabupaten Contoh';
const BKPSDM = 'BKPSDM Kabupaten Contoh';

const hire = async (desk: DeskServices, login: string, unit = BAWASLU): Promise<DeskOfficer> =>
  new DeskOfficer(desk, await desk.account('officer', login, unit));

/** The texts of answers that a receipt opens in a chat. */
async function answers({ world }: DeskServices, receipt: Receipt): Promise<string[]> {
  const news = await world.intake.look(world.from('reader'), receipt);
  if (news === 'limit') throw new Error('limit');
  return news.flatMap((one) => (one.kind === 'answer' ? [one.text] : []));
}

/** How many of them the web door gives out. */
async function sealedAnswers({ world }: DeskServices, receipt: Receipt): Promise<number> {
  const found = await world.web.lookSealed((await receiptKeys(receipt)).lookup);
  if (found === 'limit') throw new Error('limit');
  return found.answers.length;
}

/** Something a reporter adds through the web door. */
async function addition({ world }: DeskServices, receipt: Receipt, words: string) {
  const caseId = randomId();
  const id = randomId();
  const { identity, recipient } = makeKeyPairFast();
  const keys = await receiptKeys(receipt, recipientOf);
  const entry = {
    case: caseId,
    id,
    author: 'reporter',
    part: 'what',
    day: world.today,
    place: 0,
    text: words,
  } as const;
  const wrapped = (await world.web.readers()).map(async (reader) => ({
    reader: reader.id,
    wrapped: await wrapCaseKeyFast(caseId, identity, nativeRecipient(reader.recipient)),
  }));
  const outcome = await world.web.submitSealed({
    caseId,
    recipient,
    wrapped: await Promise.all(wrapped),
    entries: [{ id, sealed: await sealEntryFast(entry, [nativeRecipient(recipient)]) }],
    lookupHash: keys.lookupHash,
    reporterRecipient: keys.recipient,
  });
  return { caseId, outcome };
}

describe.each(DATABASES)('on $name', (kind) => {
  async function office(units: ReadonlyArray<readonly [login: string, unit?: string]> = [['budi'], ['dewi']]) {
    const desk = await deskServices(kind);
    const admin = new DeskOfficer(desk, await desk.account('admin', 'rina'));
    const officers: DeskOfficer[] = [];
    for (const [login, unit] of units) officers.push(await hire(desk, login, unit));
    return { desk, admin, officers, budi: officers[0] as DeskOfficer, dewi: officers[1] as DeskOfficer };
  }

  const only = async (page: DeskOfficer): Promise<CaseDetail> => {
    const { cases } = await page.list();
    if (cases[0] === undefined || cases.length > 1) throw new Error(`${cases.length} cases instead of one`);
    return page.detail(cases[0].id);
  };

  describe('the list', () => {
    test('opens in the page, texts and all, and marks nothing as read', async () => {
      const { desk, budi, dewi } = await office();
      await desk.world.tip(ME, 'kepala dinas membagikan sembako');
      const { cases, ids } = await budi.list();
      expect(cases).toMatchObject([{ kind: 'tip', status: 'new', unit: BAWASLU, version: 1, unread: 4, holds: 0 }]);
      expect(ids).toBeUndefined();
      const [item] = cases;
      if (!item) throw new Error('a case expected');
      const entries = await budi.texts(item, item.first);
      expect(entries.map(({ part, text }) => [part, text])).toEqual([
        ['what', 'kepala dinas membagikan sembako'],
        ['who', ''],
        ['where', ''],
        ['when', ''],
      ]);
      expect((await budi.list()).cases[0]).toMatchObject({ status: 'new', version: 1, unread: 4 });
      // wrapped to one, opened by no other
      await expect(dewi.texts(item, item.first)).rejects.toThrow();
    });

    test('a large file is not in it', async () => {
      const { desk, budi } = await office();
      const { world } = desk;
      await world.intake.begin(world.from(ME));
      await world.intake.write(world.from(ME), 'what', 'lihat foto');
      await world.intake.attach(world.from(ME), file('pict', 200_000));
      await world.intake.submit(world.from(ME));
      const [item] = (await budi.list()).cases;
      expect(item?.first).toHaveLength(4);
      const detail = await only(budi);
      const large = detail.entries.filter(({ sealed }) => sealed === undefined);
      expect([detail.entries.length, large.length, (large[0]?.size ?? 0) > 200_000]).toEqual([5, 1, true]);
      const bytes = await budi.bytes(`cases/${detail.id}/entries/${large[0]?.id}`);
      expect(bytes.length).toBe(large[0]?.size);
      const opened = await openEntry(bytes, await budi.key(detail), { case: detail.id, id: large[0]?.id ?? '' });
      expect(opened.file).toMatchObject({ name: 'foto.jpg', type: 'image/jpeg' });
      expect((await budi.get(`cases/${detail.id}/entries/${randomId()}`)).status).toBe(404);
    });

    test('since a cursor: only what has changed, and what is gone', async () => {
      const { desk, budi } = await office();
      await desk.world.tip(ME);
      const first = await budi.list();
      expect((await budi.list(first.cursor)).cases).toEqual([]);
      await desk.world.tip('other', 'lain');
      const second = await budi.list(first.cursor);
      expect(second.cases.map(({ unread }) => unread)).toEqual([4]);
      expect([...(second.ids ?? [])].sort()).toEqual([first.cases[0]?.id, second.cases[0]?.id].sort());
      const { cases } = await budi.list((await budi.list()).cursor);
      expect(cases).toEqual([]);
      expect((await budi.get('cases?since=-1')).status).toBe(400);
      expect((await budi.get('cases?since=x')).status).toBe(400);
    });
  });

  test('the first look opens the case for its reporter; who can read it and what was done is told', async () => {
    const { desk, budi, dewi } = await office();
    const receipt = await desk.world.tip(ME);
    const detail = await only(budi);
    expect(detail).toMatchObject({ status: 'reading', version: 2, unread: 4, place: 4 });
    expect(detail.reporters).toHaveLength(1);
    expect(detail.readers).toEqual([
      { id: budi.id, name: 'budi', unit: BAWASLU },
      { id: dewi.id, name: 'dewi', unit: BAWASLU },
    ]);
    expect((await dewi.list()).cases[0]).toMatchObject({ unread: 4, status: 'reading' });
    const before = (await dewi.detail(detail.id)).history.map(({ event, actor }) => [event, actor]);
    expect(before).toEqual([
      ['submitted', 'reporter'],
      ['opened', budi.id],
    ]);
    expect(await desk.world.intake.look(desk.world.from('x'), receipt)).toMatchObject([{ kind: 'opened' }]);
  });

  describe('an answer', () => {
    test('can be taken back in time, and was then never there', async () => {
      const { desk, budi, dewi } = await office();
      const receipt = await desk.world.tip(ME);
      const detail = await only(budi);
      const body = await budi.sealed(detail, 'officer', 'ini keliru');
      expect(await budi.post(`cases/${detail.id}/write`, body)).toEqual({ status: 200, body: { version: 3 } });
      expect([await answers(desk, receipt), await sealedAnswers(desk, receipt)]).toEqual([[], 0]);
      const written = (await budi.detail(detail.id)).entries.find(({ id }) => id === body.entry.id);
      expect(written?.undoUntil).toBe(desk.world.now + UNDO);
      // a colleague sees it, and cannot take it back
      const theirs = (await dewi.detail(detail.id)).entries.find(({ id }) => id === body.entry.id);
      expect([theirs?.author, theirs?.undoUntil]).toEqual(['officer', undefined]);
      const undo = { entry: body.entry.id };
      expect((await dewi.post(`cases/${detail.id}/undo`, undo)).status).toBe(409);
      desk.world.now += UNDO - 1;
      expect(await budi.post(`cases/${detail.id}/undo`, undo)).toEqual({ status: 200, body: { version: 4 } });
      desk.world.now += UNDO;
      expect([await answers(desk, receipt), await sealedAnswers(desk, receipt)]).toEqual([[], 0]);
      const after = await budi.detail(detail.id);
      expect([after.status, after.entries.length]).toEqual(['reading', 4]);
      expect(after.history.map(({ event }) => event)).toContain('taken-back');
      expect((await budi.post(`cases/${detail.id}/undo`, undo)).status).toBe(409);
    });

    test('is seen after that on every channel, and stays', async () => {
      const { desk, budi } = await office();
      const receipt = await desk.world.tip(ME);
      const detail = await only(budi);
      const body = await budi.sealed(detail, 'officer', 'di mana kejadiannya?');
      await budi.post(`cases/${detail.id}/write`, body);
      desk.world.now += UNDO;
      expect(await answers(desk, receipt)).toEqual(['di mana kejadiannya?']);
      expect(await sealedAnswers(desk, receipt)).toBe(1);
      expect((await budi.post(`cases/${detail.id}/undo`, { entry: body.entry.id })).status).toBe(409);
      await desk.world.retention.run();
      expect(await answers(desk, receipt)).toEqual(['di mana kejadiannya?']);
      expect((await budi.detail(detail.id)).status).toBe('asking');
    });

    test('of two that wait, the first taken back leaves the case asking, the second as it was', async () => {
      const { desk, budi } = await office();
      await desk.world.tip(ME);
      const detail = await only(budi);
      const first = await budi.sealed(detail, 'officer', 'satu');
      await budi.post(`cases/${detail.id}/write`, first);
      const second = await budi.sealed(await budi.detail(detail.id), 'officer', 'dua');
      await budi.post(`cases/${detail.id}/write`, second);
      await budi.post(`cases/${detail.id}/undo`, { entry: first.entry.id });
      expect((await budi.detail(detail.id)).status).toBe('asking');
      await budi.post(`cases/${detail.id}/undo`, { entry: second.entry.id });
      expect((await budi.detail(detail.id)).status).toBe('reading');
    });

    test('a note is for officers, and can be taken back too', async () => {
      const { desk, budi, dewi } = await office();
      const receipt = await desk.world.tip(ME);
      const detail = await only(budi);
      const body = await budi.sealed(detail, 'note', 'cek ke camat');
      await budi.post(`cases/${detail.id}/write`, body);
      const seen = await dewi.detail(detail.id);
      expect((await dewi.texts(seen, seen.entries)).at(-1)?.text).toBe('cek ke camat');
      expect(seen.status).toBe('reading');
      await budi.post(`cases/${detail.id}/undo`, { entry: body.entry.id });
      expect((await dewi.detail(detail.id)).entries).toHaveLength(4);
      desk.world.now += UNDO;
      expect(await answers(desk, receipt)).toEqual([]);
    });

    test('to a question goes into the chat when it can be taken back no more', async () => {
      const { desk, budi } = await office();
      const { world } = desk;
      const chat = world.from(ME);
      await world.intake.ask(chat, 'bolehkah saya ikut?');
      const detail = await only(budi);
      const write = async (words: string) => {
        const body = { ...(await budi.sealed(await budi.detail(detail.id), 'officer', words)), answer: words };
        expect((await budi.post(`cases/${detail.id}/write`, body)).status).toBe(200);
        return body.entry.id;
      };
      const plain = await budi.sealed(detail, 'officer', 'tanpa teks untuk chat');
      expect((await budi.post(`cases/${detail.id}/write`, plain)).status).toBe(409);

      const entry = await write('boleh saja');
      await world.answers.deliverDue();
      // neither by itself nor with what the person writes meanwhile
      expect([world.told, (await world.answers.takeAnswers(chat)).texts]).toEqual([[], []]);
      expect((await budi.detail(detail.id)).status).toBe('closed');
      expect((await budi.post(`cases/${detail.id}/undo`, { entry })).status).toBe(200);
      const again = await budi.detail(detail.id);
      expect([again.status, again.closed, again.entries.length]).toEqual(['reading', undefined, 1]);

      const last = await write('tidak boleh');
      world.now += UNDO;
      expect((await budi.post(`cases/${detail.id}/undo`, { entry: last })).status).toBe(409);
      await world.answers.deliverDue();
      expect(world.told).toEqual([{ channel: 'telegram', address: ME, text: 'tidak boleh' }]);
      expect(await world.database.selectFrom('questions').selectAll().execute()).toEqual([]);
    });
  });

  test('two officers at once: one is first, the other is told so; a stale version changes nothing', async () => {
    const { desk, officers, budi, dewi } = await office([['budi'], ['dewi'], ['eka', BKPSDM]]);
    await desk.world.tip(ME);
    const detail = await only(budi);
    const both = await Promise.all(
      [budi, dewi].map(async (page) =>
        page.post(`cases/${detail.id}/write`, await page.sealed(detail, 'officer', 'siapa?')),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const before = await budi.detail(detail.id);
    expect(before.version).toBe(3);
    const { version } = detail;
    const stale: ReadonlyArray<readonly [string, object]> = [
      ['write', await budi.sealed(detail, 'note', 'x')],
      ['status', { version, status: 'closed', reason: 'x' }],
      ['merge', { version, into: randomId() }],
      ['transfer', { version, unit: BKPSDM, reason: 'x', keys: await budi.wrapFor(detail, officers.slice(2)) }],
      ['exclude', { version, unit: BKPSDM, reason: 'x' }],
    ];
    for (const [path, body] of stale) {
      const { status, body: said } = await budi.post<{ why?: string }>(`cases/${detail.id}/${path}`, body);
      expect([path, status, said.why]).toEqual([path, 409, 'stale']);
    }
    expect((await budi.detail(detail.id)).version).toBe(3);
  });

  test('another unit’s case is not there: no route tells otherwise', async () => {
    const { desk, admin, budi } = await office([['budi']]);
    await desk.world.tip(ME);
    const detail = await only(budi);
    const eka = await hire(desk, 'eka', BKPSDM);
    expect((await eka.list()).cases).toEqual([]);
    expect((await eka.list('0')).ids).toEqual([]);
    expect((await eka.post('cases/texts', { ids: [detail.id] })).body).toEqual({ cases: [] });
    const { version } = detail;
    const entry = detail.entries[0]?.id;
    const posts: ReadonlyArray<readonly [string, object]> = [
      ['write', await eka.sealed(detail, 'note', 'x')],
      ['write', { ...(await eka.sealed(detail, 'officer', 'x')), answer: 'x' }],
      ['undo', { entry }],
      ['status', { version, status: 'closed', reason: 'x' }],
      ['hold', { reason: 'x' }],
      ['release', {}],
      ['exported', { format: 'json', reason: 'x' }],
      ['merge', { version, into: randomId() }],
      ['transfer', { version, unit: BAWASLU, reason: 'x', keys: [] }],
      ['exclude', { version, unit: BAWASLU, reason: 'x' }],
    ];
    for (const id of [detail.id, randomId()]) {
      for (const [path, body] of posts) {
        const { status } = await eka.post(`cases/${id}/${path}`, body);
        expect([path, status]).toEqual([path, 404]);
      }
      expect((await eka.get(`cases/${id}`)).status).toBe(404);
      expect((await eka.get(`cases/${id}/entries/${entry}`)).status).toBe(404);
    }
    // an admin is no officer, and has no key
    expect((await admin.get(`cases/${detail.id}`)).status).toBe(403);
    const keys = await desk.database.selectFrom('case_keys').select('officer').execute();
    expect(keys.map(({ officer }) => officer)).toEqual([budi.id]);
    expect((await budi.detail(detail.id)).version).toBe(version);
  });

  test('status: with the day for the reporter, the reason in the chain', async () => {
    const { desk, budi } = await office();
    const receipt = await desk.world.tip(ME);
    const { id, version } = await only(budi);
    const handedOn = { version, status: 'handed-on', reason: 'ke BKN lewat SBT' };
    expect(await budi.post(`cases/${id}/status`, handedOn)).toEqual({ status: 200, body: { version: version + 1 } });
    const news = await desk.world.intake.look(desk.world.from('x'), receipt);
    expect(news === 'limit' ? news : news.map(({ kind: what }) => what)).toEqual(['opened', 'handed-on']);
    expect((await budi.detail(id)).history.at(-1)).toMatchObject({ detail: 'reading > handed-on: ke BKN lewat SBT' });
    const back = { version: version + 1, status: 'new', reason: '' };
    expect((await budi.post(`cases/${id}/status`, back)).status).toBe(409);
    expect((await budi.post(`cases/${id}/exported`, { format: 'csv', reason: 'untuk Bawaslu' })).status).toBe(200);
    expect((await budi.post(`cases/${id}/exported`, { format: 'csv', reason: ' ' })).status).toBe(400);
    expect((await budi.detail(id)).history.at(-1)).toMatchObject({ event: 'exported', detail: 'csv: untuk Bawaslu' });
  });

  test('a case that two want kept outlives its time; one alone is not enough', async () => {
    const { desk, budi, dewi } = await office();
    await desk.world.tip(ME);
    const { id, version } = await only(budi);
    await budi.post(`cases/${id}/status`, { version, status: 'closed', reason: 'selesai' });
    expect((await budi.post(`cases/${id}/hold`, { reason: 'sengketa' })).status).toBe(200);
    expect((await budi.post(`cases/${id}/hold`, { reason: 'sengketa' })).status).toBe(409);
    expect((await dewi.post(`cases/${id}/hold`, { reason: 'sengketa' })).status).toBe(200);
    expect((await dewi.list()).cases[0]?.holds).toBe(2);
    desk.world.now += 200 * 24 * 60 * 60 * 1000;
    expect(await desk.world.retention.run()).toBe(0);
    expect((await dewi.post(`cases/${id}/release`, {})).status).toBe(200);
    expect(await desk.world.retention.run()).toBe(1);
    expect((await budi.list()).cases).toEqual([]);
  });

  test('a duplicate is marked and taken back; both cases stay', async () => {
    const { desk, budi } = await office();
    for (const chat of ['a', 'b', 'c']) await desk.world.tip(chat, `laporan ${chat}`);
    const [a, b, c] = await Promise.all((await budi.list()).cases.map(({ id }) => budi.detail(id)));
    if (!a || !b || !c) throw new Error('three cases expected');
    const merge = (one: CaseDetail, into: string | null, version = one.version) =>
      budi.post(`cases/${one.id}/merge`, { version, into });
    expect((await merge(a, a.id)).status).toBe(409);
    expect((await merge(a, randomId())).status).toBe(404);
    expect((await merge(a, null)).status).toBe(409);
    expect((await merge(a, b.id)).body).toEqual({ version: 3 });
    // no chains
    expect((await merge(b, c.id)).status).toBe(409);
    expect((await merge(c, a.id)).status).toBe(409);
    const { cases } = await budi.list();
    expect(cases.map(({ id, mergedInto }) => [id, mergedInto]).filter(([, into]) => into)).toEqual([[a.id, b.id]]);
    const merged = await budi.detail(a.id);
    expect(merged.history.map(({ event, detail }) => [event, detail])).toContainEqual(['merged', b.id]);
    expect((await merge(a, null, 3)).body).toEqual({ version: 4 });
    expect((await budi.detail(a.id)).mergedInto).toBeUndefined();
  });

  describe('transfer', () => {
    test('the new unit opens it, the old one no more; the reporter’s answers still come', async () => {
      const { desk, budi, dewi } = await office();
      const receipt = await desk.world.tip(ME, 'untuk kantor lain');
      const detail = await only(budi);
      const eka = await hire(desk, 'eka', BKPSDM);
      const { version } = detail;
      const asked = { version, unit: BKPSDM, reason: 'pegawai pemda' };
      const keys = await budi.wrapFor(detail, [eka]);
      const transfer = (body: object) => budi.post<{ why?: string }>(`cases/${detail.id}/transfer`, body);
      // somebody is left out, somebody else is put in, nobody is there, or no reason
      expect((await transfer({ ...asked, keys: [] })).body.why).toBe('stale');
      const wrong = [...keys, ...(await budi.wrapFor(detail, [dewi]))];
      expect((await transfer({ ...asked, keys: wrong })).body.why).toBe('stale');
      expect((await transfer({ ...asked, unit: 'Tidak Ada', keys: [] })).body.why).toBe('state');
      expect((await transfer({ ...asked, unit: BAWASLU, keys: [] })).body.why).toBe('state');
      expect((await transfer({ ...asked, reason: '', keys })).status).toBe(400);
      const junk = [{ officer: eka.id, wrapped: 'AAAA' }];
      expect((await transfer({ ...asked, keys: junk })).status).toBe(400);

      const { cursor } = await budi.list();
      expect(await transfer({ ...asked, keys })).toEqual({ status: 200, body: { version: version + 1 } });
      for (const page of [budi, dewi]) {
        expect((await page.list()).cases).toEqual([]);
        expect((await page.list(cursor)).ids).toEqual([]);
        expect((await page.get(`cases/${detail.id}`)).status).toBe(404);
      }
      const moved = await only(eka);
      expect(moved).toMatchObject({ unit: BKPSDM, version: version + 1 });
      expect(moved.readers.map(({ id }) => id)).toEqual([eka.id]);
      expect((await eka.texts(moved, moved.entries))[0]?.text).toBe('untuk kantor lain');
      expect(moved.history.find(({ event }) => event === 'transferred')?.detail).toBe(
        `${BAWASLU} > ${BKPSDM}: pegawai pemda`,
      );
      await eka.post(`cases/${moved.id}/write`, await eka.sealed(moved, 'officer', 'kami teruskan'));
      desk.world.now += UNDO;
      expect(await answers(desk, receipt)).toEqual(['kami teruskan']);
    });

    test('the own unit keeps its keys where that is asked', async () => {
      const { desk, budi } = await office();
      await desk.world.tip(ME);
      const detail = await only(budi);
      const eka = await hire(desk, 'eka', BKPSDM);
      const keys = await budi.wrapFor(detail, [eka]);
      const body = { version: detail.version, unit: BKPSDM, reason: 'bersama', keep: true, keys };
      expect((await budi.post(`cases/${detail.id}/transfer`, body)).status).toBe(200);
      expect((await budi.detail(detail.id)).readers).toHaveLength(3);
    });
  });

  describe('a conflict of interest', () => {
    test('keeps the unit away from the case, what was added, what will be added, and from being let in again', async () => {
      const { desk, budi, dewi } = await office([['budi'], ['dewi', BKPSDM]]);
      const receipt = await desk.world.tip(ME, 'kepala BKPSDM sendiri');
      const before = await addition(desk, receipt, 'tambahan pertama');
      const detail = await dewi.detail((await dewi.list()).cases.find(({ follows }) => !follows)?.id ?? '');
      expect(detail.unit).toBe('');
      const exclude = (page: DeskOfficer, unit: string, version: number) =>
        page.post<{ why?: string }>(`cases/${detail.id}/exclude`, { version, unit, reason: 'terlapor' });
      expect((await exclude(budi, BKPSDM, detail.version)).status).toBe(200);
      expect((await dewi.list()).cases).toEqual([]);
      for (const id of [detail.id, before.caseId]) expect((await dewi.get(`cases/${id}`)).status).toBe(404);
      // nobody would be left
      expect((await exclude(budi, BAWASLU, detail.version + 1)).body.why).toBe('state');
      expect((await exclude(budi, BKPSDM, detail.version + 1)).body.why).toBe('state');

      const after = await addition(desk, receipt, 'tambahan kedua');
      expect(after.outcome).toEqual({ kind: 'kept' });
      expect((await dewi.list()).cases).toEqual([]);
      expect((await budi.list()).cases).toHaveLength(3);
      const current = await budi.detail(detail.id);
      const keys = await budi.wrapFor(current, [dewi]);
      const transfer = { version: current.version, unit: BKPSDM, reason: 'x', keep: true, keys };
      expect((await budi.post(`cases/${detail.id}/transfer`, transfer)).status).toBe(409);
      expect((await budi.get<Grants>(`grants/${dewi.id}`)).body.cases).toEqual([]);
      const [wrapped] = keys;
      const grant = { keys: [{ case: detail.id, wrapped: wrapped?.wrapped }] };
      expect((await budi.post(`grants/${dewi.id}`, grant)).body).toEqual({ refused: [detail.id] });
      // nor at the terminal
      const bytes = fromBase64url(wrapped?.wrapped ?? '') as never;
      expect(await desk.world.office.grant(budi.id, detail.id, dewi.id, bytes)).toMatchObject({ ok: false });
      const events = current.history.map(({ event, detail: what }) => [event, what]);
      expect(events).toContainEqual(['excluded', `${BKPSDM}: terlapor`]);
    });

    test('what only the excluded unit could read is not taken in', async () => {
      const { desk, budi, dewi } = await office([['budi'], ['dewi', BKPSDM]]);
      const receipt = await desk.world.tip(ME);
      const detail = await only(budi);
      await budi.post(`cases/${detail.id}/exclude`, { version: detail.version, unit: BKPSDM, reason: 'terlapor' });
      // from now on only BKPSDM takes what comes in
      await desk.database.insertInto('desk_units').values({ name: BAWASLU, regions: '33.01' }).execute();
      expect((await addition(desk, receipt, 'lagi')).outcome).toEqual({ kind: 'nobody' });
      expect((await dewi.list()).cases).toEqual([]);
    });
  });

  test('a newcomer gets the keys of older cases from a colleague, in the browser', async () => {
    const { desk, budi } = await office([['budi']]);
    await desk.world.tip('a', 'lama satu');
    await desk.world.tip('b', 'lama dua');
    const fitri = await hire(desk, 'fitri');
    const eka = await hire(desk, 'eka', BKPSDM);
    expect((await fitri.list()).cases).toEqual([]);
    const { body: wanted } = await budi.get<Grants>(`grants/${fitri.id}`);
    expect(wanted.cases).toHaveLength(2);
    expect((await fitri.get<Grants>(`grants/${fitri.id}`)).body.cases).toEqual([]);
    const keys = await budi.grants(wanted);
    expect((await budi.post(`grants/${fitri.id}`, keys)).body).toEqual({ refused: [] });
    const texts = (await fitri.list()).cases.map(async (item) => (await fitri.texts(item, item.first))[0]?.text);
    expect((await Promise.all(texts)).sort()).toEqual(['lama dua', 'lama satu']);
    expect((await budi.get<Grants>(`grants/${fitri.id}`)).body.cases).toEqual([]);
    // another unit gets cases by a transfer, with a reason
    const { body: forOthers } = await budi.get<Grants>(`grants/${eka.id}`);
    expect(forOthers.cases).toEqual([]);
    const anyway = await budi.grants({ ...forOthers, cases: wanted.cases });
    expect((await budi.post<{ refused: string[] }>(`grants/${eka.id}`, anyway)).body.refused).toHaveLength(2);
    expect((await eka.list()).cases).toEqual([]);
    expect((await budi.get(`grants/${randomId()}`)).status).toBe(404);
    expect((await budi.post(`grants/${randomId()}`, keys)).status).toBe(404);
  });

  test('units that take certain regions get only what is routed to them, unless all are such', async () => {
    const { desk, budi, dewi } = await office([['budi'], ['dewi', BKPSDM]]);
    const units = async () => (await budi.list()).cases.map(({ unit }) => unit);
    await desk.world.tip('a');
    expect([await units(), (await dewi.list()).cases.length]).toEqual([[''], 1]);
    await desk.database.insertInto('desk_units').values({ name: BKPSDM, regions: '33.01 33.02' }).execute();
    await desk.world.tip('b');
    expect([(await units()).sort(), (await dewi.list()).cases.length]).toEqual([['', BAWASLU], 1]);
    await desk.database.insertInto('desk_units').values({ name: BAWASLU, regions: '33.03' }).execute();
    await desk.world.tip('c');
    expect((await dewi.list()).cases).toHaveLength(2);
  });

  test('a thousand cases', async () => {
    const { desk, budi } = await office([['budi']]);
    await desk.world.tip(ME, 'yang asli');
    const real = await only(budi);
    const { database } = desk;
    const [row] = await database.selectFrom('cases').selectAll().execute();
    const [key] = await database.selectFrom('case_keys').selectAll().execute();
    const entries = await database.selectFrom('entries').selectAll().execute();
    if (!row || !key) throw new Error('a case expected');
    await database.transaction().execute(async (trx) => {
      for (let i = 0; i < 999; i++) {
        const id = randomId();
        await trx
          .insertInto('cases')
          .values({ ...row, id })
          .execute();
        await trx
          .insertInto('case_keys')
          .values({ ...key, case_id: id })
          .execute();
        await trx
          .insertInto('entries')
          .values(entries.map((entry) => ({ ...entry, case_id: id })))
          .execute();
      }
    });
    const before = performance.now();
    const { body } = await budi.get<CaseList>('cases?texts=no');
    const took = performance.now() - before;
    if (process.env.MEASURE) console.log(`${kind.name}: 1,000 cases in ${Math.round(took)} ms`);
    expect([body.cases.length, body.cases.every(({ first }) => first.length === 0)]).toEqual([1000, true]);
    const ids = [real.id, ...body.cases.map(({ id }) => id).filter((id) => id !== real.id)].slice(0, 200);
    const texts = (await budi.post<CaseTexts>('cases/texts', { ids })).body.cases;
    expect([texts.length, texts.every(({ first }) => first.length === 4)]).toEqual([200, true]);
    const first = texts.find(({ id }) => id === real.id)?.first ?? [];
    expect((await budi.texts(real, first))[0]?.text).toBe('yang asli');
    const update = await budi.list(body.cursor);
    expect([update.cases, update.ids?.length]).toEqual([[], 1000]);
    expect((await budi.list()).cases.filter((one) => one.first.length === 4)).toHaveLength(1000);
  });
});

test('officers’ templates cite what the rule base has, and nothing that nobody has read', async () => {
  const problems: Problem[] = [];
  const { value } = readSource(KNOWLEDGE_FOLDER, 'regulations.yaml', regulationsFile, problems);
  const regulations = new Map((value ?? []).map((regulation) => [regulation.id, regulation]));
  expect(problems).toEqual([]);
  for (const { id, text, citations } of TEMPLATES) {
    for (const { regulation, at } of citations) {
      const place = regulations.get(regulation)?.articles[at];
      expect([id, at, place !== undefined && place.certainty !== 'from-memory']).toEqual([id, at, true]);
      expect(text).toContain(at);
    }
    expect([id, (text.match(/Ps \d/g) ?? []).length]).toEqual([id, citations.length]);
    expect([id, text.length < 500]).toEqual([id, true]);
  }
  expect(new Set(TEMPLATES.map(({ id }) => id)).size).toBe(TEMPLATES.length);
});
