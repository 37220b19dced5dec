/** The browsers' door: what was sealed there comes to the officers; nothing that is not whole comes in; nothing is told apart. */
import { describe, expect, test } from 'vitest';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { sealedSize } from '../../src/reports/sealed-shape.ts';
import type { SealedCase } from '../../src/reports/web-intake.ts';
import type { Entry } from '../../src/sealing/entry.ts';
import { randomId } from '../../src/sealing/id.ts';
import { BUCKETS } from '../../src/sealing/padding.ts';
import { makeReceipt, type Receipt, receiptKeys } from '../../src/sealing/receipt.ts';
import { makeKeyPair, openEntry, sealBytes, sealEntry, wrapCaseKey } from '../../src/sealing/seal.ts';
import { DATABASES } from '../support/databases.ts';
import { openWorld, type World } from './world.ts';

/** As the page does it, with what runs in browsers alone. */
async function sealed(world: World, receipt: Receipt, texts: readonly string[]): Promise<SealedCase> {
  const caseId = randomId();
  const { identity, recipient } = await makeKeyPair();
  const { lookupHash, recipient: reporterRecipient } = await receiptKeys(receipt);
  const readers = await world.web.readers();
  const entries = texts.map(async (text, place) => {
    const id = randomId();
    const part = (['what', 'who', 'where', 'when'] as const)[place] ?? 'text';
    const entry: Entry = { case: caseId, id, author: 'reporter', part, day: world.today, place, text };
    return { id, sealed: await sealEntry(entry, [recipient]) };
  });
  const wrapped = readers.map(async ({ id, recipient: reader }) => ({
    reader: id,
    wrapped: await wrapCaseKey(caseId, identity, reader),
  }));
  return {
    caseId,
    recipient,
    wrapped: await Promise.all(wrapped),
    entries: await Promise.all(entries),
    lookupHash,
    reporterRecipient,
  };
}
const TEXTS = ['bagi-bagi sembako', '', 'Kabupaten Contoh', ''];

test('the sizes that are taken are those that sealing makes', async () => {
  const [one, two] = await Promise.all([makeKeyPair(), makeKeyPair()]);
  for (const bucket of [0, ...BUCKETS.slice(0, 5)])
    expect((await sealBytes(new Uint8Array(bucket), [one.recipient])).length).toBe(sealedSize(bucket));
  const both = await sealBytes(new Uint8Array(4096), [one.recipient, two.recipient]);
  expect(both.length).toBe(sealedSize(4096, 2));
});

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('nobody to read: nothing is taken', async () => {
    const world = await openWorld(await fresh());
    expect(await world.web.readers()).toEqual([]);
    const tip = await sealed(world, makeReceipt(), TEXTS);
    expect(await world.web.submitSealed(tip)).toEqual({ kind: 'nobody' });
    // the key in the safe alone reads nothing in time
    const safe = await openWorld(await fresh(), { escrow: makeKeyPairFast().recipient });
    expect(await safe.web.readers()).toEqual([]);
  });

  test('officers read it, the reporter reads their answer, and a retried request changes nothing', async () => {
    const safe = makeKeyPairFast();
    const world = await openWorld(await fresh(), { escrow: safe.recipient });
    const officer = await world.hire();
    await world.hire();
    const receipt = makeReceipt();
    const tip = await sealed(world, receipt, TEXTS);
    for (const _ of [1, 2, 3]) expect(await world.web.submitSealed(tip)).toEqual({ kind: 'kept' });
    const opened = await world.openOnly(officer);
    expect(opened.entries.map(({ part, text }) => [part, text])).toEqual([
      ['what', 'bagi-bagi sembako'],
      ['who', ''],
      ['where', 'Kabupaten Contoh'],
      ['when', ''],
    ]);
    await world.answer(officer, opened, 'kapan?');
    const { lookup, identity } = await receiptKeys(receipt);
    const found = await world.web.lookSealed(lookup);
    if (found === 'limit') throw new Error('limit');
    expect(found.news).toEqual([{ kind: 'opened', day: '2026-11-21' }]);
    const [answer] = found.answers;
    if (!answer) throw new Error('an answer expected');
    const entry = await openEntry(answer.sealed, identity, { case: answer.caseId, id: answer.id });
    expect([entry.text, entry.author]).toEqual(['kapan?', 'officer']);
    // the same receipt in a chat, and a chat's in the browser
    expect(await world.intake.look(world.from('x'), receipt)).toMatchObject([
      { kind: 'opened' },
      { kind: 'answer', text: 'kapan?' },
    ]);
    const chats = await receiptKeys(await world.tip('y'));
    expect(await world.web.lookSealed(chats.lookup)).toEqual({ news: [], answers: [] });
  });

  test('what is added later is a case that follows the first; the receipt opens the answers of both', async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    const receipt = await world.tip('chat');
    const addition = await sealed(world, receipt, ['tambahan']);
    expect(await world.web.submitSealed(addition)).toEqual({ kind: 'kept' });
    const cases = await world.office.cases(officer.officer.id);
    const later = cases.find(({ id }) => id === addition.caseId);
    const first = cases.find(({ id }) => id !== addition.caseId);
    expect([later?.follows, first?.follows]).toEqual([first?.id, undefined]);
    for (const { id } of cases) await world.answer(officer, await world.open(officer, id), `jawaban`);
    const news = await world.intake.look(world.from('x'), receipt);
    expect(news === 'limit' || news.map(({ kind }) => kind)).toEqual(['opened', 'answer', 'answer']);
    // closed is told once all of it is
    await world.office.setStatus(officer.officer.id, first?.id ?? '', 3, 'closed', '');
    expect(await world.intake.look(world.from('x'), receipt)).toHaveLength(3);
    await world.office.setStatus(officer.officer.id, later?.id ?? '', 3, 'closed', '');
    expect(await world.intake.look(world.from('x'), receipt)).toHaveLength(4);
    // a chat adds to the first one
    await world.intake.add(world.from('x'), 'dari chat');
    expect((await world.open(officer, first?.id ?? '')).entries.at(-1)?.text).toBe('dari chat');
  });

  test('an unknown receipt gives the same bytes as one without news, in a look and in an addition', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const [known, unknown] = [await world.tip('chat'), makeReceipt()];
    const answers: string[] = [];
    for (const receipt of [known, unknown]) {
      const { lookup } = await receiptKeys(receipt);
      answers.push(JSON.stringify(await world.web.lookSealed(lookup)));
      answers.push(JSON.stringify(await world.web.submitSealed(await sealed(world, receipt, ['x']))));
    }
    expect(new Set([answers[0], answers[2]]).size + new Set([answers[1], answers[3]]).size).toBe(2);
    expect(answers[0]).toBe('{"news":[],"answers":[]}');
    for (const odd of ['', 'x', 'é'.repeat(43)])
      expect(JSON.stringify(await world.web.lookSealed(odd))).toBe(answers[0]);
  });

  test('what is not whole, or not for those who read now, is refused', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    await world.hire();
    const good = await sealed(world, makeReceipt(), TEXTS);
    const [entry, ...entries] = good.entries;
    const [wrap, ...wraps] = good.wrapped;
    if (!entry || !wrap) throw new Error('entries and wraps expected');
    const changed = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const shape: ReadonlyArray<readonly [string, Partial<SealedCase>]> = [
      ['no id', { caseId: 'x' }],
      ['the id of nobody', { caseId: "'; drop table cases; --xx" }],
      ['no key', { recipient: 'age1pq1' }],
      ['a key with a letter changed', { recipient: good.recipient.replace(/q(?=[^q]*$)/, 'p') }],
      ['no key of the reporter', { reporterRecipient: 'age1pq1' }],
      ['no hash', { lookupHash: 'x' }],
      ['nothing in it', { entries: [] }],
      ['too many entries', { entries: Array.from({ length: 13 }, () => ({ ...entry, id: randomId() })) }],
      ['the same id twice', { entries: [entry, entry] }],
      ['an entry cut', { entries: [{ ...entry, sealed: entry.sealed.subarray(0, -1) }, ...entries] }],
      [
        'an entry of a size of its own',
        { entries: [{ ...entry, sealed: Buffer.concat([entry.sealed, entry.sealed]) }] },
      ],
      ['an entry that is no age file', { entries: [{ ...entry, sealed: changed(entry.sealed, 3) }] }],
      ['a wrap that is too long', { wrapped: [{ ...wrap, wrapped: entry.sealed }, ...wraps] }],
    ];
    for (const [name, part] of shape)
      expect([name, await world.web.submitSealed({ ...good, ...part })]).toEqual([
        name,
        { kind: 'refused', why: 'shape' },
      ]);
    const readers: ReadonlyArray<SealedCase['wrapped']> = [
      [],
      wraps,
      [wrap, wrap],
      [...good.wrapped, { ...wrap, reader: randomId() }],
      [wrap, ...wraps.map((one) => ({ ...one, reader: randomId() }))],
      [...good.wrapped, { ...wrap, reader: 'escrow' }],
    ];
    for (const wrapped of readers)
      expect(await world.web.submitSealed({ ...good, wrapped })).toEqual({ kind: 'refused', why: 'readers' });
    for (const table of ['cases', 'entries', 'case_keys', 'receipts'] as const)
      expect(await world.database.selectFrom(table).selectAll().execute()).toEqual([]);
    // an officer came while the tip was written
    await world.hire();
    expect(await world.web.submitSealed(good)).toEqual({ kind: 'refused', why: 'readers' });
  });

  test("another's case cannot be taken over or added to by its id", async () => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    const first = await sealed(world, makeReceipt(), TEXTS);
    await world.web.submitSealed(first);
    const thief = await sealed(world, makeReceipt(), ['palsu']);
    expect(await world.web.submitSealed({ ...thief, caseId: first.caseId })).toEqual({ kind: 'refused', why: 'shape' });
    expect((await world.openOnly(officer)).entries).toHaveLength(4);
  });

  test('a retry is kept also where the officers have changed since', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const tip = await sealed(world, makeReceipt(), TEXTS);
    await world.web.submitSealed(tip);
    await world.hire();
    expect(await world.web.submitSealed(tip)).toEqual({ kind: 'kept' });
  });

  test('has the same sizes as a tip from a chat', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    await world.tip('chat');
    const tip = await sealed(world, makeReceipt(), TEXTS);
    await world.web.submitSealed(tip);
    for (const [table, column] of [
      ['entries', 'sealed'],
      ['case_keys', 'wrapped'],
    ] as const) {
      const rows: ReadonlyArray<{ case_id: string } & Record<string, unknown>> = await world.database
        .selectFrom(table)
        .selectAll()
        .execute();
      const sizes = (own: boolean) =>
        rows
          .filter((row) => (row.case_id === tip.caseId) === own)
          .map((row) => (row[column] as Uint8Array).length)
          .sort();
      expect(sizes(true)).toEqual(sizes(false));
    }
  });
});
