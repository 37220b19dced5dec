/** The audit chain: whatever is done to it is noticed, and says where. */
import { describe, expect, test } from 'vitest';
import { auditHead, readAudit, verifyAudit } from '../../src/reports/audit.ts';
import { linkHash } from '../../src/store/reports/audit.ts';
import { inOneChange } from '../../src/store/reports/change.ts';
import { DATABASES } from '../support/databases.ts';
import { run } from '../support/run-program.ts';
import { all, openWorld, type World } from './world.ts';

const ME = '628127340051';

describe.each(DATABASES)('on $name', ({ fresh }) => {
  const filled = async (): Promise<World> => {
    const world = await openWorld(await fresh());
    const officer = await world.hire();
    await world.tip(ME);
    const { record } = await world.openOnly(officer);
    await world.office.hold(officer.officer.id, record.id, 'untuk sidang');
    await world.office.exported(officer.officer.id, record.id, 'diminta Bawaslu');
    await world.office.release(officer.officer.id, record.id);
    return world;
  };
  const link = (seq: number) => (world: World) => world.database.updateTable('audit').where('seq', '=', seq);

  test('tells who did what to which case, officers to the second, reporters to the day', async () => {
    const world = await filled();
    const [officer] = await world.office.officers();
    const [one] = await world.database.selectFrom('cases').select('id').execute();
    const rows = (await all(readAudit(world.database))).map(({ hash: _, ...row }) => row);
    const at = '2026-11-21T03:00:00Z';
    expect(rows).toEqual([
      { seq: 1, at, actor: 'server', event: 'officer-added', case: undefined, detail: officer?.id },
      { seq: 2, at: '2026-11-21', actor: 'reporter', event: 'submitted', case: one?.id, detail: '' },
      { seq: 3, at, actor: officer?.id, event: 'opened', case: one?.id, detail: '' },
      { seq: 4, at, actor: officer?.id, event: 'held', case: one?.id, detail: 'untuk sidang' },
      { seq: 5, at, actor: officer?.id, event: 'exported', case: one?.id, detail: 'diminta Bawaslu' },
      { seq: 6, at, actor: officer?.id, event: 'released', case: one?.id, detail: '' },
    ]);
    expect(await verifyAudit(world.database)).toEqual({ kind: 'whole', head: await auditHead(world.database) });
  });

  test('an empty chain is whole', async () => {
    const world = await openWorld(await fresh());
    expect(await verifyAudit(world.database)).toEqual({ kind: 'whole', head: { seq: 0, hash: '0'.repeat(64) } });
  });

  test.each([
    ['time', { at: '2026-11-20' }],
    ['actor', { actor: 'server' }],
    ['event', { event: 'noted' }],
    ['case', { case_id: null }],
    ['detail', { detail: 'x' }],
    ['hash', { hash: 'f'.repeat(64) }],
  ])('a changed %s is found', async (_what, change) => {
    const world = await filled();
    await link(3)(world).set(change).execute();
    expect(await verifyAudit(world.database)).toEqual({ kind: 'broken', seq: 3, why: 'changed' });
  });

  test('a link left out, put in, or changed about is found', async () => {
    const world = await filled();
    await world.database.deleteFrom('audit').where('seq', '=', 4).execute();
    expect(await verifyAudit(world.database)).toEqual({ kind: 'broken', seq: 4, why: 'missing' });
    const other = await filled();
    await link(3)(other).set({ seq: 99 }).execute();
    await link(4)(other).set({ seq: 3 }).execute();
    await link(99)(other).set({ seq: 4 }).execute();
    expect(await verifyAudit(other.database)).toEqual({ kind: 'broken', seq: 3, why: 'changed' });
  });

  test('a missing tail is found by the head, and by a noted end where the head was cut as well', async () => {
    const world = await filled();
    const noted = await auditHead(world.database);
    await world.database.deleteFrom('audit').where('seq', '>', 4).execute();
    expect(await verifyAudit(world.database)).toEqual({ kind: 'broken', seq: 5, why: 'tail' });
    const last = (await all(readAudit(world.database))).at(-1);
    await world.database
      .updateTable('audit_head')
      .set({ seq: 4, hash: last?.hash ?? '' })
      .execute();
    expect(await verifyAudit(world.database)).toMatchObject({ kind: 'whole' });
    expect(await verifyAudit(world.database, noted)).toEqual({ kind: 'broken', seq: 5, why: 'tail' });
  });

  test('a chain that was made anew is found by a noted end', async () => {
    const world = await filled();
    const noted = await auditHead(world.database);
    // whoever can write the database makes every hash fit again
    let before = '0'.repeat(64);
    for (const row of await world.database.selectFrom('audit').selectAll().orderBy('seq').execute()) {
      const forged = { ...row, detail: row.event === 'exported' ? '' : row.detail };
      before = linkHash(before, forged);
      await link(row.seq)(world).set({ detail: forged.detail, hash: before }).execute();
    }
    await world.database.updateTable('audit_head').set({ hash: before }).execute();
    expect(await verifyAudit(world.database)).toMatchObject({ kind: 'whole' });
    expect(await verifyAudit(world.database, noted)).toEqual({ kind: 'broken', seq: noted.seq, why: 'tail' });
    // and an end that was noted is no hindrance for what comes after it
    const later = await filled();
    const end = await auditHead(later.database);
    await later.tip('other');
    expect(await verifyAudit(later.database, end)).toMatchObject({ kind: 'whole' });
  });

  test('four processes open a new database at once, and what they add is one chain', async () => {
    const stored = await fresh();
    const args = (name: string) => [stored.folder, stored.url ?? '', name];
    const names = ['1', '2', '3', '4'];
    for (const { code, stderr } of await Promise.all(
      names.map((name) => run('test/reports/audit-process.ts', args(name))),
    ))
      expect([code, stderr]).toEqual([0, '']);
    const database = await stored.open();
    expect(await verifyAudit(database)).toMatchObject({ kind: 'whole', head: { seq: 160 } });
    const rows = await all(readAudit(database));
    // the two of one change stand side by side
    for (let i = 0; i < rows.length; i += 2)
      expect([rows[i]?.event, rows[i + 1]?.event, rows[i + 1]?.detail]).toEqual(['a', 'b', rows[i]?.detail]);
  }, 120_000);

  test('a change that fails adds nothing', async () => {
    const world = await filled();
    const before = await auditHead(world.database);
    const failing = inOneChange(world.database, async ({ audit }) => {
      audit({ at: '2026-11-21', actor: 'server', event: 'never' });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await auditHead(world.database)).toEqual(before);
  });
});
