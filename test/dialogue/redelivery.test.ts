/** A tip whose every message is delivered twice, because the first answer did not arrive: on the real reports and a real SQLite file. */
import { expect, test } from 'vitest';
import type { Message } from '../../src/conversation/message.ts';
import { chatAddress } from '../../src/store/keys.ts';
import { testReports } from '../support/reports.ts';
import { sentFile } from '../support/sent-file.ts';
import { smallBrain } from '../support/small-brain.ts';
import { storedDialogue } from '../support/stored-dialogue.ts';
import { tempFolder } from '../support/temp-folder.ts';

const WORDS = /\b\d{1,2}\. ([a-z]+)/g;

test('nothing is kept twice, nothing is lost, and both receipts open the same case', async () => {
  smallBrain();
  const office = await testReports();
  const { dialogue, database } = await storedDialogue(tempFolder(), { reports: office.services.reports });
  const receipts: string[] = [];
  let updates = 0;
  const once = async (message: Message, update: string, arrives: boolean): Promise<string> => {
    let heard = '';
    const incoming = { channel: 'telegram', chat: chatAddress('7'), update, message } as const;
    const received = dialogue.receive(incoming, async (replies) => {
      heard = replies.map(({ text }) => text).join('\n');
      if (/10\. [a-z]+/.test(heard)) receipts.push([...heard.matchAll(WORDS)].map(([, word]) => word).join(' '));
      if (!arrives) throw new Error('network is down');
    });
    if (arrives) await received;
    else await expect(received).rejects.toThrow('network is down');
    return heard;
  };
  const twice = async (message: Message): Promise<string> => {
    const update = String(++updates);
    await once(message, update, false);
    return once(message, update, true);
  };
  const say = (text: string) => twice({ kind: 'text', text });

  await say('lapor');
  await say('mulai');
  await say('camat menyuruh staf memasang baliho');
  await twice({ ...(await sentFile('photo')), kind: 'unsupported', caption: 'ini balihonya' });
  await say('lanjut');
  expect(await say('camat')).toContain('Tercatat');
  await say('kirim');
  await say('kirim');
  expect(receipts).toHaveLength(2);
  expect(await say('lewati')).toContain('Tanpa kata-kata ini');
  expect(await say('ya')).toContain('tetap tersimpan');

  const entries = await office.entries();
  const told = entries.filter(({ text, file }) => text !== '' || file !== undefined);
  expect(told.map(({ part, text, file }) => [part, file === undefined ? text : file.type])).toEqual(
    expect.arrayContaining([
      ['what', 'camat menyuruh staf memasang baliho'],
      ['what', 'ini balihonya'],
      ['who', 'camat'],
      ['file', 'image/jpeg'],
    ]),
  );
  expect(told).toHaveLength(4);

  await office.answer('Terima kasih, kapan?');
  for (const receipt of receipts) expect(await say(receipt)).toContain('Terima kasih, kapan?');
  expect(await say('hari senin')).toContain('Tercatat');
  expect((await office.entries()).filter(({ text }) => text === 'hari senin')).toHaveLength(1);

  await say('/selesai');
  await say('/petugas');
  expect(await say('boleh jadi saksi partai?')).toContain('Sudah diteruskan');
  expect(await say('saya PPPK')).toBe('');
  expect((await office.entries()).map(({ text }) => text)).toEqual(['boleh jadi saksi partai?', 'saya PPPK']);
  await database.destroy();
  await office.close();
}, 120_000);
