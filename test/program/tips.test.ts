/** The whole program, as a process, with every channel on: what is left of 300 tips for somebody who takes all of its files and its log. */

import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '../../src/reports/audit.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';
import { StoredOffice } from '../../src/reports/stored-office.ts';
import { openEntry, unwrapCaseKey } from '../../src/sealing/seal.ts';
import { openDatabase } from '../../src/store/database.ts';
import { loadServerKey } from '../../src/store/keys.ts';
import { startServer } from '../channels/whatsapp/bot.ts';
import { linkFolder } from '../channels/whatsapp/process.ts';
import { FakeBotApi } from '../support/bot-api.ts';
import { FakeGraphApi } from '../support/graph-api.ts';
import { leaks } from '../support/leaks.ts';
import { realDataFolder } from '../support/real-data-folder.ts';
import { hearing, type Tip, tellAtDoor, tellInChat } from '../support/tip-tellers.ts';
import { startWholeProgram } from '../support/whole-program.ts';

/** How many tips on each channel. On WhatsApp the program types and waits as people do, so there are few. */
const TIPS = { telegram: 130, web: 100, door: 60, cloud: 6, whatsapp: 4 };
const ALL = Object.values(TIPS).reduce((sum, count) => sum + count, 0);

let folder: string;
beforeAll(async () => {
  folder = await realDataFolder();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Words that stand in no dictionary, so that finding one is finding a leak. */
const secretWord = (): string => Array.from(randomBytes(14), (byte) => 'bcdfghjklmnprstvwz'[byte % 18] ?? 'b').join('');

function secretTip(secrets: Set<string>): Tip {
  const [what, who] = [secretWord(), secretWord()];
  secrets.add(what).add(who);
  return { what: `Pak ${what} membagikan kaus calon di kantor`, who: `kepala bagian ${who}` };
}

test('300 tips over all channels leave nothing that tells what, who, from whom or by which receipt', {
  timeout: 900_000,
}, async () => {
  const secrets = new Set<string>();
  const officer = makeKeyPairFast();
  const before = await openDatabase({ folder });
  const key = loadServerKey(folder);
  const { id: officerId } = await new StoredOffice(before, key).addOfficer({
    name: 'Petugas Satu',
    unit: 'Bawaslu Contoh',
    recipient: officer.recipient,
  });
  await before.destroy();

  const telegram = await FakeBotApi.start({ record: false });
  const graph = await FakeGraphApi.start();
  const whatsapp = await startServer();
  onTestFinished(async () => {
    await Promise.all([telegram.stop(), graph.stop()]);
  });
  await linkFolder(whatsapp, folder);
  const program = await startWholeProgram({
    folder,
    execArgv: whatsapp.childProcess.execArgv,
    env: {
      LOG_LEVEL: 'trace',
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      WHATSAPP_ENABLED: 'true',
      WHATSAPP_PACE_MS: '0',
      WHATSAPP_CLOUD_TOKEN: graph.config.token,
      WHATSAPP_CLOUD_PHONE_ID: graph.config.phoneId,
      WHATSAPP_CLOUD_APP_SECRET: graph.config.appSecret,
      WHATSAPP_CLOUD_VERIFY_TOKEN: graph.config.verifyToken,
      WHATSAPP_GRAPH_URL: graph.config.graphUrl,
      ...whatsapp.childProcess.env,
    },
    whenFinished: onTestFinished,
  });
  const { root } = program;
  graph.connect(root);
  await whatsapp.waitForLogin(60_000);

  const people: Record<keyof typeof TIPS, (i: number) => Promise<string>> = {
    telegram: (i) => {
      const chat = 7_340_051_000 + i * 977;
      const username = secretWord();
      secrets.add(String(chat)).add(username);
      const from = { id: chat, username, first_name: username };
      const say = hearing(
        (text) => void telegram.sendText(chat, text, { from } as object),
        () => telegram.sent(chat).map(({ text }) => text),
      );
      return tellInChat(say, secretTip(secrets));
    },
    web: (i) => {
      let session: string | null = null;
      const heard: string[] = [];
      const say = hearing(
        async (text) => {
          const response = await fetch(`${root}/api/chat`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.3.${i}.1` },
            body: JSON.stringify({ session, text }),
          });
          const said = (await response.json()) as { session: string; replies: Array<{ text: string }> };
          session = said.session;
          secrets.add(session);
          heard.push(...said.replies.map((reply) => reply.text));
        },
        () => heard,
      );
      return tellInChat(say, secretTip(secrets));
    },
    door: (i) => tellAtDoor(root, `10.4.${i}.1`, secretTip(secrets)),
    cloud: (i) => {
      const number = String(6_281_277_340_000 + i * 977);
      secrets.add(number);
      const say = hearing(
        (text) => graph.sendText(number, text),
        () => graph.sent(number).map((sent) => sent.text),
      );
      return tellInChat(say, secretTip(secrets));
    },
    whatsapp: (i) => {
      const phone = String(6_281_388_120_000 + i * 977);
      const name = secretWord();
      const person = whatsapp.addPeer({ phone, name });
      secrets.add(phone).add(name).add(person.lid.replace(/@.*/, ''));
      const say = hearing(
        (text) => person.sendText(text),
        () => person.received.map((message) => message.text ?? ''),
      );
      return tellInChat(say, secretTip(secrets));
    },
  };
  /** A few people at a time, as phones are. */
  const crowd = async (name: keyof typeof TIPS, together: number): Promise<string[]> => {
    const receipts: string[] = [];
    let next = 0;
    const one = async () => {
      while (next < TIPS[name]) receipts.push(await people[name](next++));
    };
    await Promise.all(Array.from({ length: together }, one));
    return receipts;
  };
  const receipts = (
    await Promise.all([
      crowd('telegram', 8),
      crowd('web', 4),
      crowd('door', 2),
      crowd('cloud', 6),
      crowd('whatsapp', 4),
    ])
  ).flat();
  expect(receipts).toHaveLength(ALL);
  for (const receipt of receipts) {
    const words = receipt.split(' ');
    for (let at = 0; at + 3 <= words.length; at++) secrets.add(words.slice(at, at + 3).join(' '));
  }
  const metrics = await (await fetch(`${root}/metrics`)).text();

  const files = () =>
    Buffer.concat(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('models'))
        .map(({ parentPath, name }) => readFileSync(join(parentPath, name))),
    );
  // while it runs, with the write-ahead log as it lies there, and after a power cut
  const running = files();
  await program.kill();
  const all = [...secrets];
  expect(leaks(running, all)).toEqual([]);
  expect(leaks(files(), all)).toEqual([]);
  expect(leaks(Buffer.from(program.output()), all)).toEqual([]);
  expect(leaks(Buffer.from(metrics), all)).toEqual([]);
  // the search works: what may be there is found
  expect(leaks(running, ['Petugas Satu'])).toContain('Petugas Satu as utf8');

  // and nothing of the tips is lost: the officer reads every one
  const after = await openDatabase({ folder });
  onTestFinished(() => after.destroy());
  const office = new StoredOffice(after, key);
  const cases = await office.cases(officerId);
  expect(cases).toHaveLength(ALL);
  expect(await verifyAudit(after)).toMatchObject({ kind: 'whole' });
  const read = new Set<string>();
  for (const { id } of cases) {
    const record = await office.read(officerId, id);
    const caseKey = await unwrapCaseKey(id, record?.wrapped ?? new Uint8Array(), officer.identity);
    for (const { id: entry, sealed } of record?.contents ?? [])
      read.add((await openEntry(sealed, caseKey, { case: id, id: entry })).text);
  }
  const told = [...read].join('\n');
  const words = all.filter((secret) => /^[bcdfghjklmnprstvwz]{14}$/.test(secret) && told.includes(secret));
  expect(words).toHaveLength(2 * ALL);
});
