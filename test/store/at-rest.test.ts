/** What somebody finds who takes the disk: the files of the data folder after fifty conversations. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTORS } from '../../src/knowledge/schema.ts';
import { chatAddress } from '../../src/store/keys.ts';
import { storedDialogue } from '../support/stored-dialogue.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ADDRESSES = Array.from({ length: 50 }, (_, i) => `62812${7340051 + i * 977}`);
const UPDATES = ADDRESSES.map((_, i) => `${880013400 + i * 31}`);
const QUESTION = 'boleh menyukai unggahan calon bupati Sukamaju, disuruh Pak Darmawangsa?';
const ACTOR_TITLES = ['PPPK paruh waktu', 'Kepala desa', 'Honorer', 'Perangkat desa', 'TNI / Polri'];
/** Words that only the states could give away: rules shown, choices offered, settings. */
const STATE_WORDS = ['suka-unggahan', 'answered', 'Sanksi & dasar', '/rinci', 'settings', '"actor":'];

/** A text as it may lie on a disk. */
function encodings(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  const base64 = [0, 1, 2].flatMap((shift) => {
    // base64 of a longer text contains one of three cuts of this one
    const cut = utf8.subarray(shift, shift + Math.floor((utf8.length - shift) / 3) * 3).toString('base64');
    return cut.length >= 8 ? [cut, cut.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  const texts = [...base64, utf8.toString('hex'), utf8.toString('hex').toUpperCase()];
  return [
    utf8,
    utf16,
    Buffer.from(text.toLowerCase()),
    Buffer.from(text.toUpperCase()),
    ...texts.map((t) => Buffer.from(t)),
  ];
}

/** Every file of the folder: the database, its write-ahead log and shared memory, the key. */
const filesOf = (folder: string): Array<readonly [string, Buffer]> =>
  readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))] as const);

function found(folder: string, texts: readonly string[]): string[] {
  const files = filesOf(folder);
  return texts.flatMap((text) =>
    encodings(text).flatMap((bytes) =>
      files.flatMap(([name, file]) => (file.includes(bytes) ? [`${text} in ${name}`] : [])),
    ),
  );
}

test('no address, no word of a question, no status and no rule is on the disk, in any encoding', async () => {
  const folder = tempFolder();
  const { dialogue, database } = await storedDialogue(folder);
  await Promise.all(
    ADDRESSES.map(async (address, i) => {
      const chat = chatAddress(address);
      const say = (text: string, update?: string) =>
        dialogue.receive({ channel: 'telegram', chat, update, message: { kind: 'text', text } }, async () => {});
      await say(`/saya ${ACTORS[i % ACTORS.length]}`);
      await say(QUESTION, UPDATES[i]);
      await say('kalau PPPK?');
    }),
  );
  const words = QUESTION.split(/[^\p{L}]+/u).filter((word) => word.length > 4);
  const secrets = [
    ...ADDRESSES,
    ...UPDATES,
    ...words,
    ...ACTOR_TITLES,
    ...STATE_WORDS,
    ...ACTORS.filter((id) => id.length > 4),
  ];

  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['server.key', 'tanya-netral.db', 'tanya-netral.db-wal']));
  expect(await database.selectFrom('chats').select('chat').execute()).toHaveLength(50);
  expect(await database.selectFrom('updates').select('id').execute()).toHaveLength(50);
  expect(found(folder, secrets)).toEqual([]);
  // the search itself works: what may be there is found
  expect(found(folder, ['expires_at']).length).toBeGreaterThan(0);

  await database.destroy();
  expect(found(folder, secrets)).toEqual([]);
});

test('sealed states say nothing by their bytes: the same state of two chats has no common piece', async () => {
  const folder = tempFolder();
  const { dialogue, database } = await storedDialogue(folder);
  for (const address of ['a', 'b'])
    await dialogue.receive(
      { channel: 'web', chat: chatAddress(address), update: undefined, message: { kind: 'text', text: '/topik' } },
      async () => {},
    );
  const [first, second] = (await database.selectFrom('chats').select('state').execute()).map(({ state }) =>
    Buffer.from(state),
  );
  if (!first || !second) throw new Error('two rows expected');
  for (let at = 0; at + 8 <= first.length; at++) expect(second.includes(first.subarray(at, at + 8))).toBe(false);
  await database.destroy();
});
