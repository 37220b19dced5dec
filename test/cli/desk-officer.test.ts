/** How officers come and go: their identities stay on their machines. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { armor, Decrypter } from 'age-encryption';
import { describe, expect, test, vi } from 'vitest';
import { DESK, PASSPHRASE, TestDesk } from '../desk/office.ts';
import { DATABASES, SQLITE } from '../support/databases.ts';
import { run } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

// every step is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 600_000 });

const write = (text: string): string => {
  const path = join(tempFolder(), 'frasa.txt');
  writeFileSync(path, text);
  return path;
};

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('officer add: the identity in a file of its owner, the public key in the database, and nothing else', async () => {
    const database = await fresh();
    const { env } = await TestDesk.open(database);
    const config = tempFolder();
    const recovery = join(tempFolder(), 'salinan.age');
    const passphrase = write(`${PASSPHRASE}\n`);
    const added = await run(
      DESK,
      [
        'officer',
        'add',
        '--name',
        'Rina',
        '--unit',
        'Bawaslu Kab. Contoh',
        '--recovery',
        recovery,
        '--passphrase-file',
        passphrase,
      ],
      { env: { ...env, XDG_CONFIG_HOME: config } },
    );
    expect(added.code).toBe(0);
    expect(added.stderr).toContain('Frasa sandi: ');
    const id = /^Id: (\S+)$/m.exec(added.stdout)?.[1] ?? '';
    const folder = join(config, 'tanya-netral');
    expect(readdirSync(folder)).toEqual([`${id}.age`]);
    const file = join(folder, `${id}.age`);
    expect([modeOf(folder), modeOf(file), modeOf(recovery)]).toEqual([0o700, 0o600, 0o600]);
    expect(readFileSync(recovery, 'utf8')).toBe(readFileSync(file, 'utf8'));

    // the file is an age file: the age program opens it with the passphrase, and says the public key
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSPHRASE);
    const opened = await decrypter.decrypt(armor.decode(readFileSync(file, 'utf8')), 'text');
    const identity = opened.split('\n')[1] ?? '';
    expect(opened).toMatch(/^# public key: age1pq1\w+\nAGE-SECRET-KEY-PQ-1\w+\n$/);

    const stored = await database.stored();
    for (const secret of [identity, PASSPHRASE, readFileSync(file, 'utf8').split('\n')[3] ?? ''])
      expect([secret.length > 10, stored.includes(secret)]).toEqual([true, false]);
    expect(stored.includes('age1pq1')).toBe(true);
    expect(added.stdout + added.stderr).not.toMatch(/AGE-SECRET|sepeda/);

    // at work with the default place, without --identity
    const inbox = await run(DESK, ['inbox', '--passphrase-file', passphrase], {
      env: { ...env, XDG_CONFIG_HOME: config },
    });
    expect([inbox.code, inbox.stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringContaining('Rina, Bawaslu Kab. Contoh'),
    ]);
  });
});

describe('an identity made elsewhere', () => {
  test('officer make needs no database; officer admit enters it; the fingerprints are the same', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const passphrase = write(PASSPHRASE);
    const place = join(tempFolder(), 'budi.age');
    const common = ['--identity', place, '--passphrase-file', passphrase];
    const made = await run(DESK, ['officer', 'make', ...common], { env: { DATA_DIR: '/nowhere/at/all' } });
    expect(made.code).toBe(0);
    const recipient = /^age1pq1\w+$/m.exec(made.stdout)?.[0] ?? '';
    const fingerprint = /^Sidik kunci: (.+)$/m.exec(made.stdout)?.[1] ?? 'none';
    const admit = (key: string) =>
      desk.run(undefined, ['officer', 'admit', '--recipient', key, '--name', 'Budi', '--unit', 'Inspektorat']);
    const admitted = await admit(recipient);
    expect(admitted.code).toBe(0);
    expect(admitted.stdout).toContain(`Sidik kunci: ${fingerprint}`);
    expect((await admit(recipient)).code).toBe(1);

    const printed = await run(DESK, ['officer', 'recipient', ...common], { env: { DATA_DIR: '/nowhere/at/all' } });
    expect(printed.stdout).toBe(`${recipient}\nSidik kunci: ${fingerprint}\n`);
    const inbox = await run(DESK, ['inbox', ...common], { env: desk.env });
    expect(inbox.stdout).toContain('Meja petugas: Budi, Inspektorat.');
  });

  test('a key that is cut, mistyped, of another kind or secret is refused with a repair', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const key = rina.officer.recipient;
    const mistyped = key.slice(0, 500) + (key[500] === 'q' ? 'p' : 'q') + key.slice(501);
    for (const [text, repair] of [
      [key.slice(0, -1), 'Salin seluruhnya'],
      [mistyped, 'Salin seluruhnya'],
      ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p', 'Salin seluruhnya'],
      [rina.identity, 'sudah bocor'],
    ] as const) {
      const ran = await desk.run(undefined, ['officer', 'admit', '--recipient', text, '--name', 'A', '--unit', 'B']);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toContain(repair);
      expect(ran.stderr).not.toContain(text);
    }
  });
});

describe('passphrases and files', () => {
  test('a weak passphrase is not taken, and nothing is made', async () => {
    const { env } = await TestDesk.open(await SQLITE.fresh());
    const config = tempFolder();
    for (const weak of ['rahasia', 'password1234', '']) {
      const args = ['officer', 'add', '--name', 'Rina', '--unit', 'U', '--passphrase-file', write(weak)];
      const ran = await run(DESK, args, { env: { ...env, XDG_CONFIG_HOME: config } });
      expect([2, 3]).toContain(ran.code);
      expect(ran.stderr).toMatch(/Frasa sandi/);
    }
    expect(existsSync(join(config, 'tanya-netral'))).toBe(false);
    expect((await run(DESK, ['officer', 'list'], { env })).stdout).toContain('Belum ada petugas');
  });

  test('without a terminal it asks for a file, and reads no passphrase from arguments or the environment', async () => {
    const { env } = await TestDesk.open(await SQLITE.fresh());
    const args = ['officer', 'add', '--name', 'Rina', '--unit', 'U'];
    const ran = await run(DESK, args, { env: { ...env, XDG_CONFIG_HOME: tempFolder() }, input: `${PASSPHRASE}\n` });
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('--passphrase-file');
    expect((await run(DESK, [...args, '--passphrase', PASSPHRASE], { env })).code).toBe(2);
  });

  test('a wrong passphrase and a stolen file open nothing; a damaged file is called so', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const { name } = await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
    const thief = { ...rina, passphraseFile: write('sepeda hujan lemari teh') };
    for (const args of [['inbox'], ['show', name], ['officer', 'recipient']]) {
      const ran = await desk.run(thief, args);
      expect([ran.code, ran.stdout]).toEqual([3, '']);
      expect(ran.stderr.trim()).toBe('Frasa sandi salah. Coba lagi.');
    }
    const content = readFileSync(rina.file, 'utf8');
    expect(Buffer.from(content.split('\n').slice(1, -2).join(''), 'base64').toString('latin1')).not.toMatch(
      /SECRET|age1pq/,
    );
    const damaged = { ...rina, file: join(tempFolder(), 'x.age') };
    writeFileSync(damaged.file, content.replace(/.{10}\n-----END/, 'AAAAAAAAAA\n-----END'), { mode: 0o600 });
    const ran = await desk.run(damaged, ['inbox']);
    expect([ran.code, ran.stdout]).toEqual([3, '']);
    expect(ran.stderr).toMatch(/rusak/);
  });

  test('a new passphrase: the old one does not open any more, the key is the same; from a file descriptor too', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const fresh = write('lampu sungai kertas biola');
    const changed = await desk.run(rina, ['officer', 'passphrase', '--new-passphrase-file', fresh]);
    expect(changed.code).toBe(0);
    expect(modeOf(rina.file)).toBe(0o600);
    expect((await desk.run(rina, ['inbox'])).code).toBe(3);
    const args = ['inbox', '--identity', rina.file, '--passphrase-fd', '0'];
    const inbox = await run(DESK, args, { env: desk.env, input: 'lampu  sungai kertas biola\n' });
    expect([inbox.code, inbox.stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('Rina')]);
    const weak = await desk.run({ ...rina, passphraseFile: fresh }, [
      ...['officer', 'passphrase', '--new-passphrase-file', write('rahasia')],
    ]);
    expect([weak.code, weak.stderr.includes('Pakai paling sedikit')]).toEqual([2, true]);
  });

  test('somebody who is no officer here, or none any more, sees nothing', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const [rina, budi] = [await desk.officer('Rina'), await desk.officer('Budi')];
    await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
    const elsewhere = await TestDesk.open(await SQLITE.fresh());
    const foreign = await elsewhere.run(rina, ['inbox']);
    expect([foreign.code, foreign.stdout]).toEqual([3, '']);
    expect(foreign.stderr).toContain('officer admit');

    expect((await desk.run(undefined, ['officer', 'retire', 'Budi'])).stdout).toBe('Budi berhenti bertugas.\n');
    const retired = await desk.run(budi, ['inbox']);
    expect([retired.code, retired.stdout]).toEqual([3, '']);
    expect(retired.stderr).toContain('tidak bertugas');
    // the last who can read is not let go without saying what is lost
    const last = await desk.run(undefined, ['officer', 'retire', 'Rina']);
    expect(last.code).toBe(1);
    expect(last.stderr).toContain('grant all');
    expect((await desk.run(undefined, ['officer', 'retire', 'Rina', '--lose-cases'])).code).toBe(0);
  });

  test('places: inside DATA_DIR is warned of, an open file too, an existing one is never written over', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const passphrase = write(PASSPHRASE);
    const inside = join(desk.env.DATA_DIR ?? '', 'kunci', 'rina.age');
    const add = (place: string, name: string) =>
      run(
        DESK,
        ['officer', 'add', '--name', name, '--unit', 'U', '--identity', place, '--passphrase-file', passphrase],
        {
          env: desk.env,
        },
      );
    expect((await add(inside, 'Rina')).stderr).toContain('di dalam DATA_DIR');
    const content = readFileSync(inside, 'utf8');
    const over = await add(inside, 'Budi');
    expect(over.code).toBe(1);
    expect(over.stderr).toContain('tidak ditimpa');
    expect(readFileSync(inside, 'utf8')).toBe(content);
    expect((await desk.office.officers()).map(({ name }) => name)).toEqual(['Rina']);

    chmodSync(inside, 0o644);
    const inbox = await run(DESK, ['inbox', '--identity', inside, '--passphrase-file', passphrase], { env: desk.env });
    expect([inbox.code, inbox.stderr]).toEqual([0, expect.stringContaining('chmod 600')]);

    const several = tempFolder();
    for (const name of ['a.age', 'b.age']) writeFileSync(join(several, name), content, { mode: 0o600 });
    const env = { ...desk.env, TANYA_NETRAL_IDENTITY: several };
    const unclear = await run(DESK, ['inbox', '--passphrase-file', passphrase], { env });
    expect(unclear.code).toBe(2);
    expect(unclear.stderr).toContain(join(several, 'b.age'));
    const none = tempFolder();
    mkdirSync(join(none, 'x'));
    const empty = await run(DESK, ['inbox'], { env: { ...desk.env, TANYA_NETRAL_IDENTITY: none } });
    expect(empty.code).toBe(3);
    expect(empty.stderr).toContain('officer add');
  });
});
