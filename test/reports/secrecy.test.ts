/** What somebody has who takes everything: the data folder or the database, the server's key, every setting. */
import { createHash, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bech32 } from '@scure/base';
import { describe, expect, test } from 'vitest';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { NativeOpener } from '../../src/reports/native-open.ts';
import { receiptKeys } from '../../src/sealing/receipt.ts';
import type { Identity } from '../../src/sealing/seal.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { DATABASES } from '../support/databases.ts';
import { encodings, found } from './encodings.ts';
import { file, openWorld, received } from './world.ts';

const TEXTS = {
  what: 'Sekretaris daerah mengumpulkan camat untuk memenangkan Pak Darmawangsa',
  who: 'Ibu Kartikasari kepala bagian kesejahteraan',
  where: 'Kecamatan Sukamaju Selatan',
  when: 'Selasa malam setelah pengajian',
} as const;
const ANSWER = 'Apakah ada saksi bernama Wiryawan?';
const QUESTION = 'bolehkah keponakan saya Sasmitaningrum ikut kampanye?';
const CHATS = Array.from({ length: 12 }, (_, i) => `62812${7340051 + i * 977}`);
const updateOf = (chat: string, step: string) => `8800${chat.slice(5)}${step}`;

describe.each(DATABASES)('with $name', ({ fresh }) => {
  test('no text, address, update, receipt or private key is there in any form, and nothing there opens an entry', async () => {
    const stored = await fresh();
    const safe = makeKeyPairFast();
    const key = loadServerKey(stored.folder);
    const world = await openWorld(stored, { escrow: safe.recipient, key });
    const officer = await world.hire('Petugas Satu');
    const { intake } = world;
    const secrets = new Set<string>();
    for (const [i, chat] of CHATS.entries()) {
      const from = (step: string) => world.from(chat, updateOf(chat, step));
      await intake.begin(from('00'));
      for (const [slot, text] of Object.entries(TEXTS))
        await intake.write(from(`0${slot.length}${slot[1]}`), slot as 'what', text);
      await intake.attach(from('05'), file('pict', 5000));
      // some are still being written, or were thrown away, corrected, or not confirmed yet
      if (i % 4 === 0) continue;
      if (i % 4 === 1) await intake.clear(from('06'), 'what');
      if (i === 6) {
        await intake.cancel(from('07'));
        continue;
      }
      const receipt = received(await intake.submit(from('08')));
      const { lookup, identity } = await receiptKeys(receipt);
      for (const secret of [receipt, receipt.split(' ').slice(2, 5).join(' '), lookup, identity]) secrets.add(secret);
      if (i % 4 === 2) continue;
      await intake.forget(from('09'));
      await intake.look(from('10'), receipt);
      await intake.add(from('11'), TEXTS.what);
    }
    for (const { id, kind } of await world.office.cases(officer.officer.id))
      if (kind === 'tip') await world.answer(officer, await world.open(officer, id), ANSWER);
    await intake.ask(world.from('628990001122', '99000112233'), QUESTION);
    await intake.ask(world.from('628990001133', '99000112244'), QUESTION);
    const question = (await world.office.cases(officer.officer.id)).find(({ kind }) => kind === 'question');
    const opened = await world.open(officer, question?.id ?? '');
    const reply = await world.entry(opened, 'officer', ANSWER);
    await world.office.answerQuestion(officer.officer.id, opened.record.id, opened.record.version, ANSWER, reply);

    const words = [...Object.values(TEXTS), ANSWER, QUESTION].flatMap((text) => text.split(/[^\p{L}]+/u));
    for (const word of words) if (word.length > 6) secrets.add(word);
    for (const chat of [...CHATS, '628990001122', '628990001133']) secrets.add(chat);
    for (const chat of CHATS) secrets.add(updateOf(chat, '08')).add(updateOf(chat, '00'));
    secrets.add('99000112233').add(officer.identity).add(safe.identity);
    // the head of every private key: of age's own kind, and of the post-quantum kind
    secrets.add('AGE-SECRET-KEY-').add('foto.jpg').add('image/jpeg');
    const loot = Buffer.concat([await stored.stored(), readFileSync(join(stored.folder, 'server.key'))]);
    expect(loot.length).toBeGreaterThan(100_000);
    expect(found(loot, [...secrets])).toEqual([]);
    // the search itself works: what may be there is found
    expect(found(loot, ['Petugas Satu', 'officer-added'])).toEqual(['Petugas Satu', 'officer-added']);

    // every value of 32 bytes that is at hand, tried as a private key
    const entries = await world.database.selectFrom('entries').selectAll().execute();
    expect(entries.length).toBeGreaterThan(50);
    const secret = Buffer.from(readFileSync(join(stored.folder, 'server.key'), 'utf8').trim(), 'base64url');
    const candidates: Buffer[] = [secret, createHash('sha256').update(secret).digest()];
    for (const use of ['pseudonyms', 'states', 'identity', 'receipt', 'case'])
      candidates.push(Buffer.from(hkdfSync('sha256', secret, '', `tanya-netral/${use}`, 32)));
    for (const { day, wrapped } of await world.database.selectFrom('day_keys').selectAll().execute())
      candidates.push(Buffer.from(key.open(wrapped, `day-key/${day}`) ?? '', 'base64url'));
    for (const table of ['receipts', 'drafts', 'pending_receipts', 'questions', 'audit'] as const)
      for (const row of await world.database.selectFrom(table).selectAll().execute())
        for (const value of Object.values(row))
          if (typeof value === 'string')
            for (const encoding of ['base64url', 'hex'] as const) {
              const bytes = Buffer.from(value, encoding);
              if (bytes.length >= 32) candidates.push(bytes.subarray(0, 32));
            }
    expect(candidates.length).toBeGreaterThan(50);
    const distinct = new Map(candidates.filter(({ length }) => length === 32).map((one) => [one.toString('hex'), one]));
    const [sample, ...rest] = entries;
    for (const bytes of distinct.values()) {
      const identity = bech32.encode('AGE-SECRET-KEY-PQ-', bech32.toWords(bytes), false).toUpperCase() as Identity;
      const opener = new NativeOpener(identity);
      for (const row of [sample, rest[7], rest[20]]) expect(() => opener.open(row?.sealed as Uint8Array)).toThrow();
    }
    // while the officer opens them all
    for (const { id } of await world.office.cases(officer.officer.id)) await world.open(officer, id);
  });

  test('an error of the database says nothing of what was to be stored', async () => {
    const world = await openWorld(await fresh());
    await world.hire();
    const origin = world.from(CHATS[0] as string, '8800123456');
    await world.intake.begin(origin);
    await world.database.schema.dropTable('entries').execute();
    const told = await world.intake.write(origin, 'what', TEXTS.what).then(
      () => 'no error',
      (error: unknown) => `${String(error)} ${error instanceof Error ? error.stack : ''} ${JSON.stringify(error)}`,
    );
    expect(told).toMatch(/entries/);
    const words = [...TEXTS.what.split(' ').filter(({ length }) => length > 6), CHATS[0] as string, '8800123456'];
    expect(found(Buffer.from(told), words)).toEqual([]);
  });
});

test('a text is searched for in forms that a computer really writes', () => {
  const text = 'Darmawangsa';
  const forms = encodings(text);
  for (const form of [
    Buffer.from(`x${text}x`),
    Buffer.from(text, 'utf16le'),
    Buffer.from(Buffer.from(`ab${text}cd`).toString('base64')),
    Buffer.from(Buffer.from(`abc${text}cd`).toString('base64url')),
    Buffer.from(Buffer.from(text).toString('hex')),
  ])
    expect(forms.some((one) => form.includes(one))).toBe(true);
});
