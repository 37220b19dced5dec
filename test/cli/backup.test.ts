/** `npm run backup` and `npm run restore`: from one kind of database into the other, and everything opens. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { TestDesk, type TestOfficer } from '../desk/office.ts';
import { type FreshDatabase, POSTGRES, SQLITE } from '../support/databases.ts';
import { run } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

// every step is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 600_000 });

const environment = ({ folder, url }: FreshDatabase): Readonly<Record<string, string>> => ({
  DATA_DIR: folder,
  ...(url === undefined ? {} : { DATABASE_URL: url }),
});
const backup = (from: FreshDatabase, args: readonly string[]) =>
  run('src/cli/backup.ts', args, { env: environment(from) });
const restore = (to: FreshDatabase, args: readonly string[]) =>
  run('src/cli/restore.ts', args, { env: environment(to) });

describe.each([
  ['SQLite', 'PostgreSQL', SQLITE, POSTGRES],
  ['PostgreSQL', 'SQLite', POSTGRES, SQLITE],
] as const)('from %s to %s', (_from, _to, from, to) => {
  test('cases, answers, keys, holds and the audit chain are there, and officers and reporters open them', async () => {
    const [old, fresh] = [await from.fresh(), await to.fresh()];
    const desk = await TestDesk.open(old);
    const rina = await desk.officer('Rina');
    const budi = await desk.officer('Budi');
    const { name, origin, receipt } = await desk.tip(rina, { what: 'Pak Camat membagi kaus.', when: 'Kamis' });
    await desk.tip(rina, { what: 'Kepala sekolah ikut kampanye.' });
    await desk.run(rina, ['answer', name], 'Di mana?');
    await desk.run(budi, ['hold', name, '--reason', 'banding']);
    const head = /^Ujung: (\S+)$/m.exec((await desk.run(undefined, ['audit', 'verify'])).stdout)?.[1] ?? '';

    const file = join(tempFolder(), 'laporan.bak');
    const made = await backup(old, [file]);
    expect([made.code, made.stderr]).toEqual([0, '']);
    expect(made.stdout).toContain('2 officers');
    expect(made.stdout).toContain('2 cases');
    for (const kept of ['identity files', 'server.key', 'REPORT_ESCROW_RECIPIENT', 'REPORT_RETENTION_DAYS (90)'])
      expect(made.stdout).toContain(kept);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const restored = await restore(fresh, [file]);
    expect([restored.code, restored.stderr]).toEqual([0, '']);
    expect(restored.stdout).toContain('2 cases');
    expect(restored.stdout).toContain('server.key');

    const again = await TestDesk.open(fresh);
    const verified = await again.run(undefined, ['audit', 'verify', '--head', head]);
    expect(verified.code).toBe(0);
    for (const officer of [rina, budi] satisfies TestOfficer[]) {
      const shown = await again.run(officer, ['show', name]);
      expect(shown.stdout).toContain('  │ Pak Camat membagi kaus.');
      expect(shown.stdout).toMatch(/petugas Rina:\n {2}│ Di mana\?/);
    }
    expect((await again.run(rina, ['hold', name, '--reason', 'banding'])).stdout).toContain('tidak akan dihapus');
    const news = await again.intake.look(origin, receipt);
    expect(news === 'limit' ? [] : news.map(({ kind }) => kind)).toEqual(['opened', 'answer']);
    expect(await again.intake.add(origin, 'Di aula kecamatan.')).toBe('kept');
    expect((await again.run(rina, ['show', name])).stdout).toContain('  │ Di aula kecamatan.');
  });
});

describe('refused, with the reason, and nothing is changed', () => {
  const filled = async () => {
    const old = await SQLITE.fresh();
    const desk = await TestDesk.open(old);
    const rina = await desk.officer('Rina');
    await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
    const file = join(tempFolder(), 'laporan.bak');
    expect((await backup(old, [file])).code).toBe(0);
    return { old, file };
  };

  test('over a file that is there, and from a folder without a database', async () => {
    const { old, file } = await filled();
    const content = readFileSync(file);
    const over = await backup(old, [file]);
    expect([over.code, over.stdout]).toEqual([1, '']);
    expect(over.stderr).toContain('is there already');
    expect(readFileSync(file).equals(content)).toBe(true);
    const nowhere = join(tempFolder(), 'x.bak');
    const empty = await backup(await SQLITE.fresh(), [nowhere]);
    expect([empty.code, existsSync(nowhere)]).toEqual([1, false]);
    expect(empty.stderr).toContain('DATA_DIR');
  });

  test('into a database in use; a file that is cut, changed, none, or not there', async () => {
    const { old, file } = await filled();
    const used = await restore(old, [file]);
    expect(used.code).toBe(1);
    expect(used.stderr).toContain('empty');

    const whole = readFileSync(file);
    const changed = Buffer.from(whole);
    changed[Math.floor(whole.length / 2)] = (changed[Math.floor(whole.length / 2)] ?? 0) ^ 1;
    for (const bytes of [whole.subarray(0, whole.length - 40), changed, Buffer.from('halo')]) {
      const broken = join(tempFolder(), 'rusak.bak');
      writeFileSync(broken, bytes);
      const fresh = await SQLITE.fresh();
      const ran = await restore(fresh, [broken]);
      expect(ran.code).toBe(1);
      expect(ran.stderr).toMatch(/damaged|cannot be restored/);
      expect(ran.stderr).not.toMatch(/^\s+at /m);
      const database = await fresh.open();
      expect(await database.selectFrom('officers').select('id').execute()).toEqual([]);
    }
    const missing = await restore(await SQLITE.fresh(), ['/tidak/ada.bak']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain('is not there');
  });

  test('without a file: the usage', async () => {
    const fresh = await SQLITE.fresh();
    for (const ran of [await backup(fresh, []), await restore(fresh, []), await restore(fresh, ['a', 'b'])]) {
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toMatch(/usage: npm run (?:backup|restore) -- FILE/);
    }
    expect((await backup(fresh, ['--help'])).code).toBe(0);
  });
});

test('a backup inside DATA_DIR is warned of', async () => {
  const old = await SQLITE.fresh();
  await (await TestDesk.open(old)).officer('Rina');
  const made = await backup(old, [join(old.folder, 'laporan.bak')]);
  expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('DATA_DIR')]);
});
