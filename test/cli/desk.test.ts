/** The officers' desk through its commands, from a tip to its end, on both databases. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test, vi } from 'vitest';
import { DESK, TestDesk } from '../desk/office.ts';
import { DATABASES, SQLITE } from '../support/databases.ts';
import { run } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

// every step is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 600_000 });

const WHAT = 'Pak Camat mengumpulkan lurah di aula dan meminta memenangkan nomor dua.';
const TIP = { what: WHAT, who: 'Camat Mawar, Pemkab Contoh', where: 'Aula Kecamatan Mawar', when: 'Kamis pagi' };

const photo = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#3366cc' } })
    .jpeg()
    .toBuffer();

describe.each(DATABASES)('on $name', ({ fresh }) => {
  test('from a tip to its end: read, answered, noted, handed on, held, closed; the reporter sees it', async () => {
    const desk = await TestDesk.open(await fresh());
    const rina = await desk.officer('Rina');
    const budi = await desk.officer('Budi');
    const { name, origin, receipt } = await desk.tip(rina, TIP, [{ name: 'a.jpg', bytes: await photo() }]);

    const inbox = await desk.run(rina, ['inbox']);
    expect([inbox.code, inbox.stderr]).toEqual([0, '']);
    expect(inbox.stdout).toContain('Meja petugas: Rina, Bawaslu Kab. Contoh.');
    expect(inbox.stdout).toContain('1 kasus terbuka, 1 belum dibaca.');
    expect(inbox.stdout).toMatch(new RegExp(`^${name} +informasi awal +baru .*belum dibaca .*hari lagi`, 'm'));
    // looking at the list is not reading
    expect(await desk.intake.look(origin, receipt)).toEqual([]);

    const folder = join(tempFolder(), 'bukti');
    const shown = await desk.run(rina, ['show', name, '--save', folder]);
    expect(shown.code).toBe(0);
    for (const text of Object.values(TIP)) expect(shown.stdout).toContain(`  │ ${text}`);
    expect(shown.stdout).toContain('Tenggat');
    expect(shown.stdout).toContain('belum menghitung libur nasional');
    expect(readdirSync(folder)).toEqual(['01-foto.jpg']);
    expect((await sharp(readFileSync(join(folder, '01-foto.jpg'))).metadata()).width).toBe(40);
    expect(statSync(join(folder, '01-foto.jpg')).mode & 0o777).toBe(0o600);
    expect((await desk.intake.look(origin, receipt)) as unknown[]).toMatchObject([{ kind: 'opened' }]);

    const asked = await desk.run(rina, ['answer', name], 'Jam berapa kejadiannya?\r\nAda foto lain?\n');
    expect([asked.code, asked.stderr]).toEqual([0, '']);
    expect(await desk.intake.look(origin, receipt)).toMatchObject([
      { kind: 'opened' },
      { kind: 'answer', text: 'Jam berapa kejadiannya?\nAda foto lain?' },
    ]);
    expect(await desk.intake.add(origin, 'Jam sembilan.')).toBe('kept');

    expect((await desk.run(budi, ['note', name], 'Saya cek ke lokasi.')).code).toBe(0);
    const seen = await desk.run(rina, ['show', name]);
    expect(seen.stdout).toMatch(/petugas Rina:\n {2}│ Jam berapa kejadiannya\?\n {2}│ Ada foto lain\?/);
    expect(seen.stdout).toMatch(/pelapor:\n {2}│ Jam sembilan\./);
    expect(seen.stdout).toMatch(/Catatan petugas[\s\S]*petugas Budi:\n {2}│ Saya cek ke lokasi\./);
    // a note is not for the reporter
    expect(JSON.stringify(await desk.intake.look(origin, receipt))).not.toContain('lokasi');

    const held = await desk.run(rina, ['hold', name, '--reason', 'banding']);
    expect(held.stdout).toContain('perlu satu lagi');
    expect((await desk.run(budi, ['hold', name, '--reason', 'banding'])).stdout).toContain('tidak akan dihapus');
    expect((await desk.run(budi, ['hold', name, '--reason', 'banding'])).code).toBe(1);
    expect((await desk.run(budi, ['release', name])).stdout).toContain('perlu satu lagi');

    const out = join(tempFolder(), 'paket');
    const handed = await desk.run(budi, ['hand-on', name, '--to', 'BKN (SBT)', '--reason', 'lengkap', '--out', out]);
    expect(handed.code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([
      'bukti',
      'informasi-awal.csv',
      'informasi-awal.json',
      'informasi-awal.md',
    ]);
    expect(readdirSync(join(out, 'bukti'))).toEqual(['01-foto.jpg']);
    expect(JSON.parse(readFileSync(join(out, 'informasi-awal.json'), 'utf8'))).toMatchObject({
      made: { by: 'Budi', to: 'BKN (SBT)' },
      reporter: 'anonim',
      what: WHAT,
    });

    const closed = await desk.run(rina, ['close', name, '--reason', 'diterima BKN']);
    expect(closed.stdout).toContain('Dihapus sesudah 90 hari');
    expect((await desk.run(rina, ['inbox'])).stdout).toContain('Tidak ada kasus yang cocok.');
    expect((await desk.run(rina, ['inbox', '--all'])).stdout).toMatch(new RegExp(`^${name} .*ditutup`, 'm'));
    const news = await desk.intake.look(origin, receipt);
    expect(news === 'limit' ? news : news.map(({ kind }) => kind)).toEqual(['opened', 'answer', 'handed-on', 'closed']);

    const audit = await desk.run(undefined, ['audit', 'show', '--case', name]);
    for (const line of [
      /Rina +dibuka/,
      /Rina +dijawab/,
      /Budi +catatan/,
      /Budi +diekspor .*BKN \(SBT\): lengkap/,
      /Rina +status .*closed: diterima BKN/,
    ])
      expect(audit.stdout).toMatch(line);
    expect(audit.stdout).not.toContain('Camat');
    const verified = await desk.run(undefined, ['audit', 'verify']);
    expect(verified.code).toBe(0);
    expect(verified.stdout).toMatch(/^Rantai audit utuh: \d+ catatan\.\nUjung: \d+:[0-9a-f]{64}$/m);
  });

  test('a question is answered into its chat, and closed', async () => {
    const desk = await TestDesk.open(await fresh());
    const rina = await desk.officer('Rina');
    const { name, id } = await desk.question(rina, 'Bolehkah istri saya jadi caleg?');
    expect((await desk.run(rina, ['inbox', '--kind', 'question'])).stdout).toMatch(
      new RegExp(`^${name} +pertanyaan`, 'm'),
    );
    const shown = await desk.run(rina, ['show', name]);
    expect(shown.stdout).toContain('  │ Bolehkah istri saya jadi caleg?');
    const sent = await desk.run(rina, ['answer', name], 'Boleh, Anda tetap netral.');
    expect([sent.code, sent.stderr]).toEqual([0, '']);
    expect(sent.stdout).toContain('ditutup');
    const waiting = await desk.database.selectFrom('chat_answers').select('id').execute();
    expect(waiting).toEqual([{ id }]);
    const again = await desk.run(rina, ['answer', name], 'Sekali lagi.');
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('sudah dijawab');
    expect((await desk.run(rina, ['show', name])).stdout).toMatch(/petugas Rina:\n {2}│ Boleh, Anda tetap netral\./);
  });

  test('a newcomer opens nothing that came before; a colleague hands the keys over', async () => {
    const desk = await TestDesk.open(await fresh());
    const rina = await desk.officer('Rina');
    const tips = [await desk.tip(rina, TIP), await desk.tip(rina, { what: 'Kepala sekolah membagi kaus calon.' })];
    const budi = await desk.officer('Budi');
    const [first] = tips;
    const refused = await desk.run(budi, ['show', first?.name ?? '']);
    expect(refused.code).toBe(3);
    expect(refused.stdout + refused.stderr).not.toContain('Camat');
    expect(refused.stderr).toContain('grant');
    expect((await desk.run(budi, ['inbox'])).stdout).toContain('Anda belum punya kuncinya');
    expect((await desk.run(budi, ['grant', 'all', '--to', 'Budi'])).code).toBe(0);

    const wrong = await desk.run(rina, ['grant', 'all', '--to', 'Budi', '--fingerprint', '0000 0000 0000 0000 0000']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('tidak cocok');
    const listed = await desk.run(undefined, ['officer', 'list']);
    const print = /^Budi .* ((?:[0-9a-f]{4} ){4}[0-9a-f]{4}) /m.exec(listed.stdout)?.[1] ?? '';
    const granted = await desk.run(rina, ['grant', 'all', '--to', 'Budi', '--fingerprint', print.toUpperCase()]);
    expect([granted.code, granted.stdout]).toEqual([0, '2 kasus sekarang bisa dibuka Budi.\n']);
    // handing over keys is not reading
    expect((await desk.office.cases(rina.officer.id)).map(({ status }) => status)).toEqual(['new', 'new']);
    expect((await desk.run(budi, ['show', first?.name ?? ''])).stdout).toContain(`  │ ${WHAT}`);
    expect((await desk.run(rina, ['grant', 'all', '--to', 'Budi'])).stdout).toContain('sudah punya');
  });

  test('audit verify notices a changed row and a cut end', async () => {
    const desk = await TestDesk.open(await fresh());
    const rina = await desk.officer('Rina');
    const { name } = await desk.tip(rina, TIP);
    await desk.run(rina, ['show', name]);
    const whole = await desk.run(undefined, ['audit', 'verify']);
    const head = /^Ujung: (\S+)$/m.exec(whole.stdout)?.[1] ?? '';
    expect((await desk.run(undefined, ['audit', 'verify', '--head', head])).code).toBe(0);

    await desk.database.updateTable('audit').set({ actor: 'server' }).where('event', '=', 'opened').execute();
    const changed = await desk.run(undefined, ['audit', 'verify']);
    expect(changed.code).toBe(1);
    expect(changed.stderr).toMatch(/PUTUS pada catatan \d+: isinya diubah/);
    await desk.database.updateTable('audit').set({ actor: rina.officer.id }).where('event', '=', 'opened').execute();
    expect((await desk.run(undefined, ['audit', 'verify'])).code).toBe(0);

    const [seq] = head.split(':');
    const last = Number(seq);
    await desk.database.deleteFrom('audit').where('seq', '=', last).execute();
    const before = await desk.database.selectFrom('audit').selectAll().orderBy('seq', 'desc').executeTakeFirstOrThrow();
    await desk.database.updateTable('audit_head').set({ seq: before.seq, hash: before.hash }).execute();
    // whoever cuts the end and mends the head is found out only by whoever noted the end
    expect((await desk.run(undefined, ['audit', 'verify'])).code).toBe(0);
    const cut = await desk.run(undefined, ['audit', 'verify', '--head', head]);
    expect(cut.code).toBe(1);
    expect(cut.stderr).toContain('ujungnya dipotong');
  });
});

test('all officers have lost their keys: the key in the safe hands the cases to a new one', async () => {
  const elsewhere = await TestDesk.open(await SQLITE.fresh());
  const safe = await elsewhere.officer('Brankas');
  const desk = await TestDesk.open(await SQLITE.fresh(), safe.officer.recipient);
  const rina = await desk.officer('Rina');
  const { name } = await desk.tip(rina, TIP);
  const budi = await desk.officer('Budi');
  const wrong = await desk.run(budi, ['recover', '--to', 'Budi']);
  expect([wrong.code, wrong.stdout]).toEqual([3, '']);
  expect(wrong.stderr).toContain('bukan kunci cadangan');
  expect((await desk.run(budi, ['show', name])).code).toBe(3);

  const handed = await desk.run(safe, ['recover', '--to', 'Budi']);
  expect([handed.code, handed.stdout]).toEqual([0, '1 kasus sekarang bisa dibuka Budi.\n']);
  expect((await desk.run(budi, ['show', name])).stdout).toContain(`  │ ${WHAT}`);
  expect((await desk.run(undefined, ['audit', 'show'])).stdout).toMatch(
    new RegExp(`kunci cadangan +kunci diberikan +${name} +Budi$`, 'm'),
  );
  expect((await desk.run(safe, ['recover', '--to', 'Budi'])).code).toBe(1);
  // it is no officer: it reads nothing
  expect((await desk.run(safe, ['inbox'])).code).toBe(3);
});

describe('damage and forgery', () => {
  test('entries that were swapped, copied, mislabelled or changed are named, and the rest is shown', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const one = await desk.tip(rina, TIP);
    const two = await desk.tip(rina, { what: 'Isi kasus kedua.' });
    const entriesOf = (id: string) =>
      desk.database.selectFrom('entries').selectAll().where('case_id', '=', id).orderBy('id').execute();
    const [a, b, c] = await entriesOf(one.id);
    const [foreign] = await entriesOf(two.id);
    if (!a || !b || !c || !foreign) throw new Error('too few entries');
    const put = (id: string, sealed: Uint8Array) =>
      desk.database.updateTable('entries').set({ sealed }).where('id', '=', id).execute();
    await put(a.id, foreign.sealed);
    await put(b.id, c.sealed);
    const flipped = Uint8Array.from(c.sealed);
    flipped[flipped.length - 1] = (flipped[flipped.length - 1] ?? 0) ^ 1;
    await put(c.id, flipped);
    const { code, stdout } = await desk.run(rina, ['show', one.name]);
    expect(code).toBe(0);
    expect(stdout).toContain('Rusak atau bukan milik kasus ini: 3');
    expect(stdout).toContain(`${b.id}`);
    expect(stdout).toContain('salinan dari catatan lain');
    expect(stdout).toContain('tidak terbuka: rusak, diubah, atau disegel untuk kunci lain');
    expect(stdout).not.toContain('Isi kasus kedua');
  });

  test("another case's key in this case's place opens nothing", async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const one = await desk.tip(rina, TIP);
    const two = await desk.tip(rina, { what: 'Isi kasus kedua.' });
    const key = await desk.database
      .selectFrom('case_keys')
      .select('wrapped')
      .where('case_id', '=', two.id)
      .executeTakeFirstOrThrow();
    await desk.database.updateTable('case_keys').set(key).where('case_id', '=', one.id).execute();
    const { code, stdout, stderr } = await desk.run(rina, ['show', one.name]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('milik kasus atau petugas lain');
  });

  test('what a reporter writes does nothing in the terminal and nothing in the files', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina\x1b[31m');
    const { name } = await desk.tip(rina, {
      what: '\x1b]0;diretas\x07\x1b[2Jhapus layar\nTenggat\n\u202egnalet',
      who: '=HYPERLINK("http://jahat.example","klik")',
      where: '~~~~\n![x](http://jahat.example/x.png)',
      when: '+62-811',
    });
    const folder = tempFolder();
    const shown = await desk.run(rina, ['show', name]);
    expect(shown.stdout).toContain('  │ ␛]0;diretas␇␛[2Jhapus layar\n  │ Tenggat\n  │ <U+202E>gnalet');
    for (const format of ['md', 'json', 'csv']) {
      const out = join(folder, `x.${format}`);
      const done = await desk.run(rina, ['export', name, '--format', format, '--out', out, '--reason', 'uji']);
      expect(done.code).toBe(0);
      const text = readFileSync(out, 'utf8');
      expect(text).toContain('hapus layar');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be left
      for (const where of [text, done.stdout, shown.stdout]) expect(where).not.toMatch(/[\x07\x1b\u202e]/);
    }
    const sheet = readFileSync(join(folder, 'x.csv'), 'utf8');
    expect(sheet).toContain(`"'=HYPERLINK(""http://jahat.example"",""klik"")"`);
    expect(sheet).toContain(`"'+62-811"`);
    const page = readFileSync(join(folder, 'x.md'), 'utf8');
    // the fence is longer than what stands inside
    expect(page).toContain('~~~~~\n~~~~\n![x](http://jahat.example/x.png)\n~~~~~');
    expect(JSON.parse(readFileSync(join(folder, 'x.json'), 'utf8')).what).toContain('\x1b[2J');
  });
});

test('the same tip again and again is one line with a count, and stays unopened', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const first = await desk.tip(rina, TIP);
  const again = await desk.tip(rina, { ...TIP, what: `${WHAT.toUpperCase()} !!` });
  const other = await desk.tip(rina, { ...TIP, who: 'Kepala Dinas Melati, Pemkab Contoh', when: 'Senin malam' });
  const inbox = await desk.run(rina, ['inbox']);
  const lines = inbox.stdout.split('\n');
  const folded = lines.filter((line) => line.includes('+1 serupa'));
  expect(folded).toHaveLength(1);
  expect([first.name, again.name].some((name) => folded[0]?.startsWith(name))).toBe(true);
  expect(inbox.stdout).toMatch(new RegExp(`serupa: (?:${first.name}|${again.name})$`, 'm'));
  expect(lines.some((line) => line.startsWith(other.name))).toBe(true);
  expect(inbox.stdout).toContain('3 kasus terbuka, 3 belum dibaca.');
  expect((await desk.run(rina, ['inbox', '--no-fold'])).stdout).not.toContain('serupa');
  expect((await desk.office.cases(rina.officer.id)).every(({ status, unread }) => status === 'new' && unread > 0)).toBe(
    true,
  );
});

test('what a reporter adds through the web door is shown with what it adds to; a notice that fails is told', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const first = await desk.tip(rina, TIP);
  const added = await desk.tip(rina, { what: 'Tambahan: ada juga kepala desa.' });
  await desk.database.updateTable('cases').set({ follows: first.id }).where('id', '=', added.id).execute();
  const row = { id: 'mail', due_at: Date.now() + 60_000, attempts: 3, created_day: '2026-11-21' };
  await desk.database.insertInto('notices').values(row).execute();
  const inbox = await desk.run(rina, ['inbox']);
  expect(inbox.stdout).toMatch(new RegExp(`^${added.name} .*\\n +tambahan untuk ${first.name}$`, 'm'));
  expect(inbox.stdout).toContain('Pemberitahuan lewat surel belum sampai (3 kali dicoba).');
  expect((await desk.run(rina, ['show', first.name])).stdout).toContain(`Pelapor menambah: ${added.name}`);
  expect((await desk.run(rina, ['show', added.name])).stdout).toContain(`Tambahan untuk ${first.name}.`);
});

describe('what is refused', () => {
  test('before anything leaves the desk, the audit chain knows; nothing is written over', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const { name } = await desk.tip(rina, TIP);
    const out = join(tempFolder(), 'x.md');
    const without = await desk.run(rina, ['export', name, '--format', 'md', '--out', out]);
    expect([without.code, existsSync(out)]).toEqual([2, false]);
    expect(without.stderr).toContain('--reason');
    const wanted = ['export', name, '--format', 'md', '--out', out, '--reason', 'rapat pleno'];
    expect((await desk.run(rina, wanted)).code).toBe(0);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    const over = await desk.run(rina, wanted);
    expect(over.code).toBe(1);
    expect(over.stderr).toContain('tidak ditimpa');
    const audit = await desk.run(undefined, ['audit', 'show']);
    expect(audit.stdout.match(/diekspor .*md: rapat pleno/g)).toHaveLength(1);
    expect((await desk.run(rina, ['export', name, '--format', 'docx', '--out', 'y', '--reason', 'z'])).code).toBe(2);
  });

  test('commands, options, cases and settings that are not there: plain words, a repair, a status of its own', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const tries: ReadonlyArray<readonly [readonly string[], number, string]> = [
      [['hapus-semua'], 2, 'npm run desk -- --help'],
      [['officer', 'promote'], 2, 'officer add'],
      [['show', '--salah'], 2, 'Pemakaian: show'],
      [['show'], 2, 'Kasus yang mana?'],
      [['show', 'kuda-terbang'], 4, 'inbox --all'],
      [['status', 'kuda-terbang', 'mantap', '--reason', 'x'], 2, 'reading (dibaca)'],
      [['grant', 'all', '--to', 'Siapa'], 4, 'officer list'],
      [['audit', 'verify', '--head', 'abc'], 2, 'NOMOR:SIDIK'],
      [['answer', 'kuda-terbang', '--file', '/tidak/ada'], 4, 'Tidak ada kasus'],
    ];
    for (const [args, code, repair] of tries) {
      const ran = await desk.run(rina, args);
      expect([args, ran.code, ran.stdout]).toEqual([args, code, '']);
      expect(ran.stderr).toContain(repair);
      expect(ran.stderr).not.toMatch(/^\s+at /m);
    }
    const elsewhere = { DATA_DIR: join(tempFolder(), 'kosong') };
    const nowhere = await run(DESK, ['inbox', '--identity', rina.file], { env: elsewhere });
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('DATA_DIR');
  });

  test('a closed or changed case: nothing is sent', async () => {
    const desk = await TestDesk.open(await SQLITE.fresh());
    const rina = await desk.officer('Rina');
    const { name } = await desk.tip(rina, TIP);
    expect((await desk.run(rina, ['answer', name], '  \n')).code).toBe(1);
    const long = await desk.run(rina, ['answer', name], 'x'.repeat(3001));
    expect(long.stderr).toContain('paling banyak 3000');
    expect((await desk.run(rina, ['status', name, 'baru', '--reason', 'x'])).code).toBe(1);
    expect((await desk.run(rina, ['status', name, 'menunggu', 'pelapor', '--reason', 'x'])).stdout).toContain(
      'dibaca → menunggu pelapor',
    );
    expect(await desk.database.selectFrom('entries').select('id').where('author', '=', 'officer').execute()).toEqual(
      [],
    );
  });
});
