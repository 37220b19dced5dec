/** Backup and restore: everything that must last comes back, on either database, and nothing that must not. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { auditHead, verifyAudit } from '../../src/reports/audit.ts';
import { makeReceipt } from '../../src/sealing/receipt.ts';
import { BackupError, backupTo, restoreFrom } from '../../src/store/backup.ts';
import { all, DAY, file, openWorld, World } from '../reports/world.ts';
import { DATABASES, POSTGRES, SQLITE } from '../support/databases.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ME = '628127340051';
const target = () => join(tempFolder(), 'backup.jsonl.gz');
const linesOf = (path: string): string[] => gunzipSync(readFileSync(path)).toString().trimEnd().split('\n');
const write = (path: string, lines: readonly string[]) => writeFileSync(path, gzipSync(`${lines.join('\n')}\n`));

/** A world with a little of everything. */
async function filled(world: World) {
  const [first, second] = [await world.hire('Dewi'), await world.hire('Budi')];
  await world.intake.begin(world.from(ME));
  await world.intake.write(world.from(ME), 'what', 'sembako bergambar calon');
  await world.intake.attach(world.from(ME), file('pict', 300_000));
  const submitted = await world.intake.submit(world.from(ME));
  const receipt = submitted.kind === 'receipt' ? submitted.receipt : makeReceipt();
  const opened = await world.openOnly(first);
  await world.answer(first, opened, 'kapan?');
  await world.office.hold(first.officer.id, opened.record.id, 'sidang');
  await world.office.hold(second.officer.id, opened.record.id, 'sidang');
  // what ties chats to cases, or waits: not to be found in a backup
  await world.intake.begin(world.from('draft'));
  await world.intake.write(world.from('draft'), 'what', 'belum dikirim');
  await world.intake.ask(world.from('question'), 'boleh?');
  return { first, second, receipt, id: opened.record.id };
}

describe.each([
  ['SQLite', 'SQLite', SQLITE, SQLITE],
  ['SQLite', 'PostgreSQL', SQLITE, POSTGRES],
  ['PostgreSQL', 'SQLite', POSTGRES, SQLITE],
  ['PostgreSQL', 'PostgreSQL', POSTGRES, POSTGRES],
] as const)('from %s to %s', (_from, _to, from, to) => {
  test('officers read, reporters look, holds hold, the chain goes on', async () => {
    const world = await openWorld(await from.fresh());
    const { first, second, receipt, id } = await filled(world);
    const noted = await auditHead(world.database);
    const path = target();
    const counts = await backupTo(world.database, path);
    expect(counts).toMatchObject({ officers: 2, cases: 2, entries: 7, case_keys: 4, receipts: 1, holds: 2 });

    const restored = new World(await (await to.fresh()).open(), { key: world.key });
    expect(await restoreFrom(restored.database, path, world.now)).toEqual(counts);
    expect(await restored.office.officers()).toEqual(await world.office.officers());
    expect(await restored.intake.look(restored.from('elsewhere'), receipt)).toContainEqual({
      kind: 'answer',
      day: '2026-11-21',
      text: 'kapan?',
    });
    const { record, entries } = await restored.open(second, id);
    expect([record.holds, record.status, entries.map(({ part }) => part)]).toEqual([
      2,
      'asking',
      ['what', 'file', 'who', 'where', 'when', 'text'],
    ]);
    expect(entries[1]?.file?.bytes.length).toBe(300_000);
    expect(await verifyAudit(restored.database, noted)).toMatchObject({ kind: 'whole' });
    const events = (await all(restored.office.audit())).map(({ event, detail }) => `${event} ${detail}`.trim());
    expect(events.slice(-2)).toEqual(['restored 2 cases', 'opened']);
    // life goes on
    await restored.tip('new');
    await restored.answer(first, await restored.open(first, id), 'terima kasih');
    restored.now += 400 * DAY;
    await restored.retention.run();
  });
});

describe.each(DATABASES)('a backup of $name', ({ fresh }) => {
  test('holds no thread between chats and cases, no draft, and nothing in clear', async () => {
    const world = await openWorld(await fresh());
    await filled(world);
    const [draft] = await world.database.selectFrom('drafts').selectAll().execute();
    const [question] = await world.database.selectFrom('questions').selectAll().execute();
    const [day] = await world.database.selectFrom('day_keys').selectAll().execute();
    const path = target();
    await backupTo(world.database, path);
    const text = linesOf(path).join('\n');
    const secrets = [draft?.chat, draft?.case_id, question?.chat, ME, 'sembako', 'kapan?'];
    for (const secret of secrets) expect(text).not.toContain(secret ?? 'missing');
    for (const bytes of [question?.address, day?.wrapped])
      expect(text).not.toContain(
        Buffer.from(bytes ?? [])
          .toString('base64')
          .slice(0, 40),
      );
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('that was changed, cut, or is none restores nothing', async () => {
    const world = await openWorld(await fresh());
    await filled(world);
    const path = target();
    await backupTo(world.database, path);
    const lines = linesOf(path);
    const rowAt = lines.findIndex((line) => line.includes('"table":"cases"'));
    const changed = (line: string): string => line.replace('"asking"', '"closed"').replace('"new"', '"closed"');
    const damages: ReadonlyArray<readonly [string, () => void]> = [
      [
        'a changed row',
        () =>
          write(
            path,
            lines.map((line, i) => (i === rowAt ? changed(line) : line)),
          ),
      ],
      [
        'a row left out',
        () =>
          write(
            path,
            lines.filter((_, i) => i !== rowAt),
          ),
      ],
      [
        'a row twice',
        () =>
          write(
            path,
            lines.flatMap((line, i) => (i === rowAt ? [line, line] : [line])),
          ),
      ],
      ['no end', () => write(path, lines.slice(0, -1))],
      ['more after the end', () => write(path, [...lines, lines[rowAt] ?? ''])],
      ['a table that is none', () => write(path, [lines[0] ?? '', '{"table":"chats","row":{}}', lines.at(-1) ?? ''])],
      ['no header', () => write(path, lines.slice(1))],
      ['half a file', () => writeFileSync(path, gzipSync(lines.join('\n')).subarray(0, 5000))],
      ['a picture', () => writeFileSync(path, Buffer.from('ffd8ffe000104a464946', 'hex'))],
      ['nothing', () => writeFileSync(path, '')],
    ];
    const empty = await openWorld(await fresh());
    for (const [name, damage] of damages) {
      damage();
      const outcome = await restoreFrom(empty.database, path).then(
        () => 'restored',
        (error: unknown) => (error instanceof BackupError ? error.message : error),
      );
      expect([name, outcome]).toEqual([name, expect.stringMatching(/nothing was changed/)]);
      for (const table of ['officers', 'cases', 'entries', 'audit'] as const)
        expect([name, await empty.database.selectFrom(table).selectAll().execute()]).toEqual([name, []]);
    }
    // and the whole one can still be restored
    write(path, lines);
    expect(await restoreFrom(empty.database, path)).toMatchObject({ cases: 2 });
  });

  test('is not restored over what is there, nor by an older version, nor from nowhere', async () => {
    const world = await openWorld(await fresh());
    await filled(world);
    const path = target();
    await backupTo(world.database, path);
    await expect(restoreFrom(world.database, path)).rejects.toThrow(/in use/);
    const empty = await openWorld(await fresh());
    const [header = '', ...rest] = linesOf(path);
    write(path, [header.replace('"004-reports"', '"004-reports","999-later"'), ...rest]);
    await expect(restoreFrom(empty.database, path)).rejects.toThrow(/newer version/);
    await expect(restoreFrom(empty.database, join(tempFolder(), 'none'))).rejects.toThrow(/is not there/);
  });

  test('does not write over a file, and leaves none behind where it fails', async () => {
    const world = await openWorld(await fresh());
    await filled(world);
    const path = target();
    writeFileSync(path, 'mine');
    await expect(backupTo(world.database, path)).rejects.toThrow(/is there already/);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const nowhere = join(tempFolder(), 'no', 'folder');
    await expect(backupTo(world.database, nowhere)).rejects.toThrow(/failed \(ENOENT\)/);
    await world.database.schema.dropTable('holds').execute();
    const broken = target();
    await expect(backupTo(world.database, broken)).rejects.toThrow(BackupError);
    expect(() => statSync(broken)).toThrow(/ENOENT/);
  });

  test('an empty database is backed up and restored', async () => {
    const world = await openWorld(await fresh());
    const path = target();
    expect(await backupTo(world.database, path)).toEqual({ audit_head: 1 });
    const empty = await openWorld(await fresh());
    expect(await restoreFrom(empty.database, path)).toEqual({ audit_head: 1 });
    expect(await verifyAudit(empty.database)).toMatchObject({ kind: 'whole', head: { seq: 1 } });
  });
});
