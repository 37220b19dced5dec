/** `npm start` as a process: what an operator sees when it starts, fails to start, and stops. */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { POSTGRES } from '../support/databases.ts';
import { ended, type Ran, run, start } from '../support/run-program.ts';
import { type SmallEnvironment, smallEnvironment } from '../support/small-environment.ts';
import type { SmallKnowledge } from '../support/small-knowledge.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

let files: SmallKnowledge;
let small: SmallEnvironment['env'];
beforeEach(async () => {
  ({ files, env: small } = await smallEnvironment());
});

const environment = (more: Readonly<Record<string, string>> = {}) => ({ ...small, ...more });
const main = (env: Readonly<Record<string, string>>): Promise<Ran> => run('src/main.ts', [], { env });

/** A start that failed as it should: status 1, a message, no stack. */
function refused({ code, stdout, stderr }: Ran): string {
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^\s+at |node:internal/m);
  return stderr;
}

test('--help lists the commands and every setting', async () => {
  const { code, stdout, stderr } = await run('src/main.ts', ['--help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const { name, help } of SETTINGS)
    expect(stdout.split('\n').find((line) => line.startsWith(`  ${name} `))).toContain(help);
  for (const command of ['npm start', 'npm run chat', 'npm run ask', 'npm run check'])
    expect(stdout).toContain(command);
});

describe('a start that cannot be', () => {
  test('wrong settings are told all at once, without any secret', async () => {
    const env = environment({
      PORT: '99999',
      LOG_LEVEL: 'loud',
      TELEGRAM_BOT_TOKEN: 'rahasia-token',
      KNOWLEDGE_DIR: '/nowhere',
    });
    const told = refused(await main(env));
    expect(told).toContain('4 mistake(s)');
    expect(told).toMatch(
      /PORT must be(?:.|\n)*LOG_LEVEL must be(?:.|\n)*TELEGRAM_BOT_TOKEN does not look like a token/,
    );
    expect(told).toContain('KNOWLEDGE_DIR (/nowhere) has no folder "rules"');
    expect(told).not.toContain('rahasia');
  });

  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const told = refused(await main(environment({ PORT: String(port), LOG_LEVEL: 'silent' })));
    expect(told).toContain(`port ${port} is already in use`);
    expect(told).toContain('set PORT to another number');
  });

  test('an address that is not of this machine', async () => {
    const told = refused(await main(environment({ HOST: '192.0.2.1', LOG_LEVEL: 'silent' })));
    expect(told).toContain('set HOST and PORT to an address of this machine');
  });

  test('a data folder that cannot be written', async () => {
    const folder = join(tempFolder(), 'data');
    writeFileSync(folder, '');
    const told = refused(await main(environment({ DATA_DIR: folder })));
    expect(told).toContain(folder);
    expect(told).toContain('set DATA_DIR to another folder');
  });

  test('a database that is damaged, and a key that is', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'tanya-netral.db'), 'no database '.repeat(500));
    expect(refused(await main(environment({ DATA_DIR: folder })))).toContain('restore it from a backup');
    const other = tempFolder();
    mkdirSync(join(other, 'server.key'));
    expect(refused(await main(environment({ DATA_DIR: other })))).toContain('server.key cannot be read');
  });

  test('a broken rule base: every problem with file, line and repair', async () => {
    files.edit('rules/medsos.yaml', 'title: Menyukai unggahan calon', 'title: Menyukai: unggahan calon');
    files.edit('topics.yaml', '- {', '- { colour: red,');
    const told = refused(await main(environment()));
    expect(told).toMatch(/rules\/medsos\.yaml:\d+:\d+ {2}yaml: .*\n {4}repair: /);
    expect(told).toMatch(/topics\.yaml:\d+:\d+ {2}schema: .*\n {4}repair: /);
  });

  test('a sentence of the bot that is missing', async () => {
    files.edit('wording.yaml', 'choose: ', 'chose: ');
    expect(refused(await main(environment()))).toContain('wording.yaml:1:1  wording: "choose" is missing');
  });
});

test('starts on a free port, tells its health, answers, takes up an edit, and stops cleanly at SIGTERM', async () => {
  const env = environment();
  const child = start('src/main.ts', [], { env });
  const end = ended(child);
  let printed = '';
  child.stdout.on('data', (text: string) => {
    printed += text;
  });
  const url = await until(() => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]);
  await until(() => printed.includes('Ctrl+C'));
  expect(printed).toContain('Tanya Netral is running.');
  expect(printed).toContain('Telegram   off; set TELEGRAM_BOT_TOKEN');
  expect(printed).toContain('Rule base  3 rules');
  expect(printed).toContain(`Database   SQLite in ${env.DATA_DIR}`);

  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
  await until(async () => (await fetch(`${url}/readyz`)).status === 200);
  const ask = async (text: string, session: string | null) => {
    const body = JSON.stringify({ session, text });
    const response = await fetch(`${url}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { session: string; replies: Array<{ text: string }> };
    return { session: answer.session, text: answer.replies.map((reply) => reply.text).join('\n') };
  };
  const first = await ask('boleh menyukai unggahan calon?', null);
  expect(first.text).toContain('TIDAK BOLEH');
  expect((await ask('sanksinya apa?', first.session)).text).toContain('hukuman disiplin berat');

  files.edit('rules/medsos.yaml', 'Jangan, menyukai unggahan', 'Jangan, memberi jempol unggahan');
  await until(async () => (await ask('boleh menyukai unggahan calon?', null)).text.includes('memberi jempol'));

  child.kill('SIGTERM');
  const { code, stderr } = await end;
  expect(code).toBe(0);
  expect(stderr).toMatch(/"msg":"stopping"/);
  expect(stderr).not.toMatch(/"level":(?:50|60)/);
  expect(stderr).not.toContain('menyukai');
  // the write-ahead log is folded into the database: a copy of the folder is a whole backup
  expect(readdirSync(env.DATA_DIR).sort()).toEqual(['models', 'server.key', 'tanya-netral.db']);
});

describe('with PostgreSQL', () => {
  /** Starts, asks one text after another in one session, and stops. */
  async function conversation(env: Readonly<Record<string, string>>, session: string | null, texts: readonly string[]) {
    const child = start('src/main.ts', [], { env });
    const end = ended(child);
    let printed = '';
    child.stdout.on('data', (text: string) => {
      printed += text;
    });
    await until(() => printed.includes('Ctrl+C'));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
    const answers: string[] = [];
    for (const text of texts) {
      const response = await fetch(`${url}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ session, text }),
      });
      expect(response.status).toBe(200);
      const answer = (await response.json()) as { session: string; replies: Array<{ text: string }> };
      session = answer.session;
      answers.push(answer.replies.map((reply) => reply.text).join('\n'));
    }
    child.kill('SIGTERM');
    const { code, stderr } = await end;
    expect(code).toBe(0);
    return { session, answers, printed, output: printed + stderr };
  }

  test('it answers, keeps a setting over a restart, and writes nothing but its key into the data folder', async () => {
    const { url = '' } = await POSTGRES.fresh();
    const env = environment({ DATABASE_URL: url });
    const first = await conversation(env, null, ['boleh menyukai unggahan calon?', '/saya pppk']);
    expect(first.printed).toContain('Database   PostgreSQL\n');
    expect(first.answers[0]).toContain('TIDAK BOLEH');
    const second = await conversation(env, first.session, ['/saya']);
    expect(second.answers[0]).toContain('PPPK');
    for (const { output } of [first, second]) expect(output).not.toContain(new URL(url).password);
    expect(readdirSync(env.DATA_DIR).sort()).toEqual(['models', 'server.key']);
    // two starts, and the machine may be busy
  }, 90_000);

  test('a wrong password is told with the repair, and not shown', async () => {
    const url = new URL((await POSTGRES.fresh()).url ?? '');
    url.password = 'rahasia-sekali';
    const told = refused(await main(environment({ DATABASE_URL: url.href })));
    expect(told).toContain('refuses the user or the password (28P01); correct them in DATABASE_URL');
    expect(told).not.toContain('rahasia');
    expect(told).not.toContain(url.host);
  });
});
