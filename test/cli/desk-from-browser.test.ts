/** The spare file of the browser's desk opens cases in the terminal. */
import { randomBytes } from 'node:crypto';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { base64url } from '../../src/sealing/id.ts';
import { derive, SPARE_FILE_FORMAT, wrapIdentity } from '../../src/sealing/passphrase.ts';
import { DESK, PASSPHRASE, TestDesk, type TestOfficer } from '../desk/office.ts';
import { SQLITE } from '../support/databases.ts';
import { run } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

// every step is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 600_000 });

/** As `recovery-file.tsx` writes it. */
async function spareFile({ identity, officer }: TestOfficer, changed: object = {}): Promise<string> {
  const salt = randomBytes(16);
  const { wrap } = await derive(PASSPHRASE, salt);
  const path = join(tempFolder(), 'kunci-cadangan-rina.json');
  const file = {
    format: SPARE_FILE_FORMAT,
    login: 'rina',
    salt: base64url(salt),
    wrapped: base64url(await wrapIdentity(identity, wrap, 'rina')),
    recipient: officer.recipient,
  };
  writeFileSync(path, JSON.stringify({ ...file, ...changed }));
  return path;
}

test('the case is read with it; a wrong passphrase, a changed and a foreign file are named', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const { name } = await desk.tip(rina, { what: 'Camat membagikan sembako di aula.' });
  const identity = join(tempFolder(), 'dari-peramban.age');
  const bring = (file: string, passphraseFile = rina.passphraseFile) =>
    run(DESK, ['officer', 'from-browser', file, '--identity', identity, '--passphrase-file', passphraseFile], {
      env: desk.env,
    });

  const wrong = join(tempFolder(), 'salah.txt');
  writeFileSync(wrong, 'bukan frasa sandinya\n');
  const spare = await spareFile(rina);
  const foreign = await spareFile(rina, { recipient: (await desk.officer('Budi')).officer.recipient });
  const other = join(tempFolder(), 'lain.json');
  writeFileSync(other, '{"rahasia": "jangan dicetak"}');
  for (const [ran, message] of [
    [await bring(spare, wrong), 'Frasa sandi salah'],
    [await bring(foreign), 'bukan pasangannya'],
    [await bring(other), 'bukan berkas cadangan'],
    [await bring('tidak-ada.json'), 'tidak bisa dibaca'],
  ] as const) {
    expect([ran.code === 0, ran.stderr]).toEqual([false, expect.stringContaining(message)]);
    expect(ran.stderr).not.toMatch(/jangan dicetak|AGE-SECRET/);
    expect(existsSync(identity)).toBe(false);
  }

  const brought = await bring(spare);
  expect([brought.code, brought.stderr]).toEqual([0, '']);
  expect(brought.stdout).toContain(identity);
  expect(statSync(identity).mode & 0o777).toBe(0o600);
  const shown = await run(DESK, ['show', name, '--identity', identity, '--passphrase-file', rina.passphraseFile], {
    env: desk.env,
  });
  expect(shown.stdout).toContain('Camat membagikan sembako di aula.');

  const again = await bring(spare);
  expect([again.code === 0, again.stderr]).toEqual([false, expect.stringContaining('sudah ada dan tidak ditimpa')]);
});
