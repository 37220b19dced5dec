import { sayDay } from '../../desk/days.ts';
import { DeskError } from '../../desk/errors.ts';
import { addDays } from '../../reports/days.ts';
import { confirmed } from './answer.ts';
import { type Command, caseName, required, usageOf } from './command.ts';
import type { DeskSession } from './session.ts';
import { nameOf, STATUS_WORDS, statusOf } from './words.ts';

export const status: Command = {
  name: 'status',
  usage: '<kasus> <status> --reason ALASAN',
  summary: 'Mengubah status kasus.',
  help: [
    'Status: new (baru), reading (dibaca), asking (menunggu pelapor), handed-on (diteruskan), closed (ditutup).',
    'Alasan masuk ke catatan audit yang tidak bisa dihapus: jangan tulis isi laporan atau nama orang di sana.',
  ],
  options: { reason: { type: 'string' } },
  async run(session, words, values) {
    // the last word is the status, or the last two: "menunggu pelapor"
    const wanted = words.at(-1);
    if (wanted === undefined || words.length < 2) throw new DeskError('usage', usageOf(status));
    const two = words.slice(-2).join(' ').toLowerCase();
    const last = two === STATUS_WORDS.asking ? 2 : 1;
    const to = statusOf(last === 2 ? two : wanted);
    const name = words.slice(0, -last).join(' ');
    const reason = required(status, values, 'reason');
    const desk = await session.desk();
    const found = await desk.find(name);
    await desk.setStatus(found.id, found.version, to, reason);
    session.terminal.print(`${nameOf(found)}: ${STATUS_WORDS[found.status]} → ${STATUS_WORDS[to]}.`);
    if (to === 'closed') sayDeletion(session);
  },
};

export const close: Command = {
  name: 'close',
  usage: '<kasus> --reason ALASAN',
  summary: 'Menutup kasus. Sesudah masa simpan, kasus dan isinya dihapus, kecuali ditahan dua petugas.',
  help: ['Alasan masuk ke catatan audit yang tidak bisa dihapus: jangan tulis isi laporan atau nama orang di sana.'],
  options: { reason: { type: 'string' } },
  async run(session, words, values) {
    const reason = required(close, values, 'reason');
    const desk = await session.desk();
    const found = await desk.find(caseName(close, words));
    if (!(await confirmed(session, `Tutup ${nameOf(found)}?`))) return;
    await desk.setStatus(found.id, found.version, 'closed', reason);
    session.terminal.print(`${nameOf(found)} ditutup. Pelapor melihatnya saat membuka resinya.`);
    sayDeletion(session);
  },
};

export const hold: Command = {
  name: 'hold',
  usage: '<kasus> --reason ALASAN',
  summary: 'Menahan kasus dari penghapusan. Berlaku bila dua petugas menahannya.',
  help: [],
  options: { reason: { type: 'string' } },
  async run(session, words, values) {
    const reason = required(hold, values, 'reason');
    const desk = await session.desk();
    const found = await desk.find(caseName(hold, words));
    await desk.hold(found.id, reason);
    await sayHolds(session, found.id);
  },
};

export const release: Command = {
  name: 'release',
  usage: '<kasus>',
  summary: 'Mencabut penahanan Anda.',
  help: [],
  options: {},
  async run(session, words) {
    const desk = await session.desk();
    const found = await desk.find(caseName(release, words));
    await desk.release(found.id);
    await sayHolds(session, found.id);
  },
};

async function sayHolds(session: DeskSession, id: string): Promise<void> {
  const found = (await (await session.desk()).cases()).find((known) => known.id === id);
  const holds = found?.holds ?? 0;
  session.terminal.print(
    `${nameOf({ id })}: ${
      holds > 1
        ? `ditahan oleh ${holds} petugas; tidak akan dihapus.`
        : holds === 1
          ? 'satu petugas menahan; perlu satu lagi supaya tidak dihapus.'
          : 'tidak ditahan.'
    }`,
  );
}

function sayDeletion({ config, today, terminal }: DeskSession): void {
  const { retentionDays } = config.reports;
  terminal.print(
    `Dihapus sesudah ${retentionDays} hari (sekitar ${sayDay(addDays(today, retentionDays))}), kecuali dua petugas menahannya dengan hold.`,
  );
}
