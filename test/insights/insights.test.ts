/** What people ask reaches the tables as counts, and what the bot did not know as files for the curators: nothing else does. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Heard } from '../../src/conversation/heard.ts';
import { WITHOUT_REPORTS } from '../../src/conversation/services.ts';
import { Dialogue } from '../../src/dialogue/dialogue.ts';
import { Insights, MOST_UNKNOWN, UNKNOWN_DAYS } from '../../src/insights/insights.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { unpad } from '../../src/sealing/padding.ts';
import { type Identity, openBytes } from '../../src/sealing/seal.ts';
import { AccountStore } from '../../src/store/accounts/accounts.ts';
import { retireAccount } from '../../src/store/accounts/retire.ts';
import { StoredConversations } from '../../src/store/conversations.ts';
import type { Database } from '../../src/store/database.ts';
import { chatAddress, ServerKey } from '../../src/store/keys.ts';
import { DATABASES, type DatabaseKind } from '../support/databases.ts';
import { leaks } from '../support/leaks.ts';
import { smallBrain } from '../support/small-brain.ts';

const DAY = 24 * 60 * 60 * 1000;
/** 22 November 2026, 10.00 WIB. */
const NOON = Date.UTC(2026, 10, 22, 3);
/** Like nothing that the small rule base knows. */
const UNKNOWN = 'asn pelihara burung bergambar partai 081234567890 @budi_timses';

async function world(fresh: DatabaseKind['fresh'], curators = 1) {
  const store = await fresh();
  const database = await store.open();
  const clock = { now: NOON };
  const errors: unknown[] = [];
  const insights = new Insights({ database, now: () => clock.now, onError: (error) => void errors.push(error) });
  const keys: Identity[] = [];
  for (let i = 0; i < curators; i++) keys.push((await addAccount(database, 'curator', `kurator${i}`)).identity);
  return { store, database, clock, insights, keys, errors };
}

async function addAccount(database: Database, role: 'curator' | 'officer' | 'admin', login: string) {
  const { identity, recipient } = makeKeyPairFast();
  const accounts = new AccountStore(database);
  const invite = randomBytes(8).toString('hex');
  await accounts.addInvite({ hash: invite, role, unit: 'Kantor', expires_at: NOON + DAY });
  await accounts.accept(invite, {
    id: login,
    role,
    login,
    name: login,
    unit: 'Kantor',
    recipient,
    salt: randomBytes(16),
    verifier: randomBytes(32),
    wrapped: randomBytes(105),
    totp: null,
    totp_step: 0,
    failures: 0,
    locked_until: 0,
    signed_in: 0,
    signed_in_before: 0,
    since: '2026-11-22',
    retired: null,
  });
  return { identity, accounts };
}

/** A dialogue whose conversations lie in the same database, as in the service. */
function dialogueOn(database: Database, insights: Insights, now: () => number) {
  const key = new ServerKey(randomBytes(32));
  const dialogue = new Dialogue({
    conversations: new StoredConversations(database, key),
    key,
    services: () => ({ ...smallBrain(), ...WITHOUT_REPORTS, now }),
    onHeard: (heard) => insights.heard(heard),
  });
  const said: string[] = [];
  return async (text: string, update?: string, chat = '628123450001') => {
    const message = { kind: 'text', text } as const;
    await dialogue.receive({ channel: 'telegram', chat: chatAddress(chat), update, message }, async (replies) => {
      said.push(...replies.map((reply) => reply.text));
    });
    return said.splice(0).join('\n');
  };
}

const open = async (sealed: Uint8Array, key: Identity): Promise<string> =>
  new TextDecoder().decode(unpad(await openBytes(sealed, key)));

const countsOf = async (database: Database) =>
  (await database.selectFrom('daily_counts').selectAll().execute())
    .map(({ day, kind, key, count }) => `${day} ${kind} ${key} ${count}`)
    .sort();

const unknown = (text: string): Heard => ({ kind: 'unknown', text });

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('a conversation leaves counts, and sealed to every curator what was not known; nothing of the chat', async () => {
    const { store, database, clock, insights, keys } = await world(fresh, 2);
    const say = dialogueOn(database, insights, () => clock.now);
    expect(await say('boleh menyukai unggahan calon?', 'u1')).toContain('TIDAK BOLEH');
    await say('boleh menyukai unggahan calon?', 'u1');
    await say('sanksinya apa?');
    await say('halo');
    await say('/topik');
    await say('saya mau dibunuh');
    expect(await say(UNKNOWN)).not.toMatch(/BOLEH|maksud Anda/);
    await say('skor bola tadi malam');
    expect(await countsOf(database)).toEqual([]);
    await insights.write();
    expect(await countsOf(database)).toEqual([
      '2026-11-22 outcome answered 1',
      '2026-11-22 outcome out-of-scope 1',
      '2026-11-22 outcome unknown 1',
      '2026-11-22 topic medsos 1',
      '2026-11-22 verdict forbidden 1',
    ]);
    const { questions, next } = await insights.unknown('');
    expect(next).toBeUndefined();
    expect(questions.map(({ day }) => day)).toEqual(['2026-11-22']);
    for (const key of keys)
      expect(await open(questions[0]?.sealed as Uint8Array, key)).toBe('asn pelihara burung bergambar partai # @');
    const stored = await store.stored();
    expect(
      leaks(stored, ['pelihara burung', 'menyukai unggahan', 'mau dibunuh', '628123450001', '081234567890']),
    ).toEqual([]);
    // the scan can find what is stored in clear
    expect(leaks(stored, ['kurator1'])).not.toEqual([]);
  });

  test('officers, admins and retired curators get no key to it', async () => {
    const { database, insights, keys } = await world(fresh);
    const others = [await addAccount(database, 'officer', 'budi'), await addAccount(database, 'admin', 'rina')];
    const former = await addAccount(database, 'curator', 'mantan');
    await retireAccount(database, 'mantan', { day: '2026-11-22', keepKey: false });
    insights.heard([unknown('burung apa yang boleh ikut lomba')]);
    await insights.write();
    const sealed = (await insights.unknown('')).questions[0]?.sealed as Uint8Array;
    expect(await open(sealed, keys[0] as Identity)).toBe('burung apa yang boleh ikut lomba');
    for (const { identity } of [...others, former]) await expect(open(sealed, identity)).rejects.toThrow();
  });

  test('without a curator nothing is kept but the count', async () => {
    const { store, database, insights, errors } = await world(fresh, 0);
    await addAccount(database, 'officer', 'budi');
    insights.heard([unknown('pertanyaan yang tidak dikenal')]);
    await insights.write();
    expect((await insights.unknown('')).questions).toEqual([]);
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome unknown 1']);
    expect(leaks(await store.stored(), ['tidak dikenal'])).toEqual([]);
    expect(errors).toEqual([]);
  });

  test('what was said out of a report is counted without its words', async () => {
    const { insights, database } = await world(fresh);
    insights.heard([{ kind: 'unknown', text: undefined }]);
    await insights.write();
    expect((await insights.unknown('')).questions).toEqual([]);
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome unknown 1']);
  });

  test('every length is stored in the same size, in the order of random ids, and writing adds up over the minutes', async () => {
    const { insights, database } = await world(fresh);
    const texts = Array.from({ length: 30 }, (_, i) => 'kenapa '.repeat(1 + i).trim());
    insights.heard(texts.map(unknown));
    await insights.write();
    insights.heard([unknown('satu lagi')]);
    await insights.write();
    const { questions } = await insights.unknown('');
    expect(questions).toHaveLength(31);
    expect(new Set(questions.map(({ sealed }) => sealed.length)).size).toBe(1);
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome unknown 31']);
  });

  test('two processes add to the same counts', async () => {
    const { store, database, insights, clock } = await world(fresh);
    const other = new Insights({ database: await store.open(), now: () => clock.now, onError: () => {} });
    for (const each of [insights, other]) each.heard([{ kind: 'offered' }, { kind: 'offered' }]);
    // one after the other: two connections of one thread to SQLite cannot wait for each other
    for (const each of [insights, other]) await each.write();
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome offered 4']);
  });

  test('what could not be written is written the next time, once', async () => {
    const { database, insights, keys } = await world(fresh);
    await database.schema.alterTable('daily_counts').renameTo('away').execute();
    insights.heard([unknown('coba lagi nanti')]);
    await expect(insights.write()).rejects.toThrow();
    insights.heard([{ kind: 'unknown', text: undefined }]);
    await database.schema.alterTable('away').renameTo('daily_counts').execute();
    await insights.stop();
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome unknown 2']);
    const { questions } = await insights.unknown('');
    expect(await Promise.all(questions.map(({ sealed }) => open(sealed, keys[0] as Identity)))).toEqual([
      'coba lagi nanti',
    ]);
  });

  test('a full store takes no more; what is done or old goes, also from the file', async () => {
    const { store, database, insights, clock } = await world(fresh);
    const day = '2026-11-22';
    const rows = Array.from({ length: MOST_UNKNOWN - 1 }, () => ({
      id: randomBytes(16).toString('base64url'),
      day,
      sealed: Buffer.from('MERPATI-TERSEGEL'),
    }));
    for (let at = 0; at < rows.length; at += 200)
      await database
        .insertInto('unknown_questions')
        .values(rows.slice(at, at + 200))
        .execute();
    insights.heard([unknown('masih muat'), unknown('tidak muat lagi')]);
    await insights.write();
    const ids: string[] = [];
    for (let after = ''; ; ) {
      const { questions, next } = await insights.unknown(after);
      ids.push(...questions.map(({ id }) => id));
      if (next === undefined) break;
      after = next;
    }
    expect(ids).toHaveLength(MOST_UNKNOWN);
    expect(new Set(ids).size).toBe(MOST_UNKNOWN);
    await insights.done(ids.slice(0, 2));
    clock.now += UNKNOWN_DAYS * DAY;
    await insights.clean();
    expect(leaks(await store.stored(), ['MERPATI-TERSEGEL'])).not.toEqual([]);
    clock.now += DAY;
    await insights.clean();
    expect((await insights.unknown('')).questions).toEqual([]);
    expect(leaks(await store.stored(), ['MERPATI-TERSEGEL'])).toEqual([]);
    // the counts stay for the charts
    expect(await countsOf(database)).toEqual(['2026-11-22 outcome unknown 2']);
  });

  test('charts hide 1 to 4, and sum by day, week or month', async () => {
    const { insights, clock, database } = await world(fresh);
    const ask = (times: number, verdict: 'forbidden' | 'allowed', topic = 'medsos') =>
      insights.heard(Array.from({ length: times }, () => ({ kind: 'answered', rule: 'x', topic, verdict }) as const));
    ask(5, 'forbidden');
    clock.now += DAY;
    ask(4, 'allowed');
    clock.now += DAY;
    ask(3, 'allowed', 'uang');
    await insights.write();
    const tip = { kind: 'tip', recipient: '', follows: null, opened: null, handed_on: null, closed: null } as const;
    const more = { version: 0, places: 0, changed: '2026-11-01' };
    for (let i = 0; i < 6; i++)
      await database
        .insertInto('cases')
        .values({ id: `tip${i}`, status: i === 5 ? 'closed' : 'new', day: '2026-11-01', ...tip, ...more } as never)
        .execute();

    const days = await insights.charts('2026-11-21', '2026-11-24');
    expect(days.days).toEqual(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24']);
    expect(days.topics).toEqual([
      { id: 'medsos', counts: [0, 5, 'few', 0] },
      { id: 'uang', counts: [0, 0, 0, 'few'] },
    ]);
    expect(days.verdicts).toEqual([
      { verdict: 'allowed', count: 7 },
      { verdict: 'forbidden', count: 5 },
    ]);
    expect(days.tips.filter(({ count }) => count !== 0)).toEqual([
      { status: 'new', age: '8-30', count: 5 },
      { status: 'closed', age: '8-30', count: 'few' },
    ]);
    const weeks = await insights.charts('2026-10-20', '2026-11-24');
    expect(weeks).toMatchObject({ step: 'week' });
    expect(weeks.days).toEqual(['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23']);
    expect(weeks.outcomes.find(({ outcome }) => outcome === 'answered')?.counts).toEqual([0, 0, 0, 0, 5, 7]);
    const months = await insights.charts('2026-01-01', '2026-11-30');
    expect(months.days.at(-1)).toBe('2026-11-01');
    expect(months.topics[0]?.counts.at(-1)).toBe(9);
    expect(JSON.stringify([days, weeks, months])).not.toMatch(/:[1-4][,}]|[[,][1-4][,\]]/);
  });
});
