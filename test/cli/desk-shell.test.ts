/** The desk as officers use it: unlocked once, commands one after another, locked when nobody is there. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { words } from '../../src/cli/desk/split.ts';
import { TestDesk } from '../desk/office.ts';
import { SQLITE } from '../support/databases.ts';
import { until } from '../support/until.ts';

// every step is a process of its own, on a machine that may be busy
vi.setConfig({ testTimeout: 600_000 });

/** Lines to type, and what it has written; the two outputs come through pipes of their own, in no certain order. */
function talk(child: ChildProcessWithoutNullStreams) {
  const written = ['', ''];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  [child.stdout, child.stderr].forEach((stream, i) => {
    stream.on('data', (text: string) => {
      written[i] += text;
    });
  });
  return {
    type: (line: string) => child.stdin.write(`${line}\n`),
    /** Waits for a text, and gives all up to there; the next wait begins behind it. */
    sees: async (wanted: string): Promise<string> => {
      const i = await until(() => {
        const found = written.findIndex((text) => text.includes(wanted));
        return found === -1 ? undefined : found;
      });
      const text = written[i] ?? '';
      const at = text.indexOf(wanted) + wanted.length;
      written[i] = text.slice(at);
      return text.slice(0, at);
    },
    end: () => child.stdin.end(),
    ended,
    rest: () => written.join(''),
  };
}

test('one passphrase, many commands; a mistake does not end it', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const { name } = await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
  const shell = talk(desk.shell(rina));
  await shell.sees('1 kasus terbuka, 1 belum dibaca.');
  await shell.sees('Ketik bantuan');
  shell.type(`show ${name}`);
  await shell.sees('  │ Pak Camat membagi kaus.');
  shell.type('show kuda-terbang');
  await shell.sees('Tidak ada kasus "kuda-terbang"');
  shell.type('close "belum ditutup');
  await shell.sees('Tanda kutip belum ditutup');
  shell.type(`note ${name}`);
  shell.type('Baris satu.');
  shell.type('');
  shell.type('Baris tiga.');
  shell.type('.');
  await shell.sees(`Catatan disimpan pada ${name}.`);
  shell.type(`close ${name} --reason 'sudah selesai'`);
  shell.type('t');
  await shell.sees('Dibatalkan.');
  shell.type(`show ${name}`);
  await shell.sees('  │ Baris satu.\n  │ \n  │ Baris tiga.');
  shell.type(`close ${name} --reason 'sudah selesai'`);
  shell.type('y');
  await shell.sees(`${name} ditutup.`);
  shell.type('bantuan');
  await shell.sees('audit verify');
  shell.type('keluar');
  expect(await shell.ended).toBe(0);
});

test('while an officer writes, a colleague answers: it is shown, and asked again', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const budi = await desk.officer('Budi');
  const { name, origin, receipt } = await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
  const shell = talk(desk.shell(rina));
  await shell.sees('Ketik bantuan');
  shell.type(`answer ${name}`);
  await shell.sees('titik di baris sendiri');
  expect((await desk.run(budi, ['answer', name], 'Di mana kejadiannya?')).code).toBe(0);
  shell.type('Kapan kejadiannya?');
  shell.type('.');
  shell.type('y');
  const told = await shell.sees('menunggu pelapor');
  expect(told).toContain('Sementara Anda menulis, kasus ini berubah');
  await shell.sees('Di mana kejadiannya?');
  shell.type('y');
  await shell.sees(`Tersegel untuk pelapor ${name}`);
  shell.end();
  expect(await shell.ended).toBe(0);
  const news = await desk.intake.look(origin, receipt);
  const answers = news === 'limit' ? [] : news.flatMap((item) => (item.kind === 'answer' ? [item.text] : []));
  expect(answers).toEqual(['Di mana kejadiannya?', 'Kapan kejadiannya?']);
});

test('it locks when nobody is there, also in the middle of writing; what was written is not sent', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const { name } = await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
  const shell = talk(desk.shell(rina, ['--lock-after', '0.05']));
  await shell.sees('Ketik bantuan');
  shell.type(`answer ${name}`);
  await shell.sees('titik di baris sendiri');
  shell.type('Setengah jawaban');
  await shell.sees('Terkunci: 3 detik tanpa kegiatan.');
  await shell.sees('Perintah dihentikan karena meja terkunci');
  // the next command unlocks again
  shell.type('inbox');
  await shell.sees('1 kasus terbuka');
  shell.type('kunci');
  await shell.sees('Terkunci.');
  shell.type('keluar');
  expect(await shell.ended).toBe(0);
  expect(await desk.database.selectFrom('entries').select('id').where('author', '=', 'officer').execute()).toEqual([]);
});

test('a wrong passphrase does not open it', async () => {
  const desk = await TestDesk.open(await SQLITE.fresh());
  const rina = await desk.officer('Rina');
  const budi = await desk.officer('Budi');
  await desk.tip(rina, { what: 'Pak Camat membagi kaus.' });
  const shell = talk(desk.shell({ ...rina, passphraseFile: budi.file }));
  shell.type('inbox');
  expect(await shell.ended).toBe(3);
  expect(shell.rest().trim()).toBe('Frasa sandi salah. Coba lagi.');
});

test.each([
  ['show kuda-biru --save "folder saya"', ['show', 'kuda-biru', '--save', 'folder saya']],
  [`  close  x --reason 'kata "dua"' `, ['close', 'x', '--reason', 'kata "dua"']],
  ['a --reason=""', ['a', '--reason=']],
  ['', []],
])('the line %j', (line, wanted) => {
  expect(words(line)).toEqual(wanted);
});
