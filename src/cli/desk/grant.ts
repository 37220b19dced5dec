import { DeskError } from '../../desk/errors.ts';
import { sameFingerprint } from '../../desk/identity.ts';
import { printableLine } from '../../desk/printable.ts';
import type { Officer } from '../../reports/office.ts';
import { fingerprint } from '../../sealing/fingerprint.ts';
import { confirmed } from './answer.ts';
import { type Command, caseName, required } from './command.ts';
import { textOf } from './values.ts';
import { nameOf } from './words.ts';

export const grant: Command = {
  name: 'grant',
  usage: '<kasus|all> --to PETUGAS [--fingerprint SIDIK]',
  summary: 'Memberi petugas lain kunci kasus yang bisa Anda buka: untuk petugas baru, atau kunci yang hilang.',
  help: [
    '--to PETUGAS         nama atau id (lihat officer list)',
    '--fingerprint SIDIK  sidik kunci yang dibacakan petugas itu sendiri; tanpa ini Anda diminta mencocokkannya',
    '',
    'Cocokkan sidik kunci lewat telepon atau tatap muka: siapa pun yang bisa menulis ke basis data bisa menyelipkan kunci lain.',
  ],
  options: { to: { type: 'string' }, fingerprint: { type: 'string' } },
  async run(session, words, values) {
    const { terminal } = session;
    const name = caseName(grant, words);
    const desk = await session.desk();
    const to = pickOfficer(await desk.office.officers(), required(grant, values, 'to'));
    if (to.retired) throw new DeskError('failed', `${printableLine(to.name)} sudah tidak bertugas.`);
    const print = await fingerprint([to.recipient]);
    const heard = textOf(values, 'fingerprint');
    if (heard !== undefined && !sameFingerprint(heard, print))
      throw new DeskError(
        'failed',
        `Sidik kunci tidak cocok: di sini ${print}. Jangan berikan; tanyakan kepada pengelola.`,
      );
    const missing = new Set((await desk.office.cases(to.id)).filter(({ readable }) => !readable).map(({ id }) => id));
    const mine = name === 'all' ? (await desk.cases()).filter(({ readable }) => readable) : [await desk.find(name)];
    const ids = mine.map(({ id }) => id).filter((id) => missing.has(id));
    if (ids.length === 0) {
      terminal.print(`${printableLine(to.name)} sudah punya kunci ${name === 'all' ? 'semua kasus' : 'kasus'} itu.`);
      return;
    }
    if (
      heard === undefined &&
      !(await confirmed(
        session,
        `${printableLine(to.name)}, ${printableLine(to.unit)}, sidik kunci ${print}. Sudah dicocokkan dengan orangnya? Beri kunci ${ids.length} kasus?`,
      ))
    )
      return;
    const { granted, failed } = await terminal.during('Membungkus kunci', (progress) => desk.grant(ids, to, progress));
    terminal.print(`${granted} kasus sekarang bisa dibuka ${printableLine(to.name)}.`);
    if (failed.length > 0)
      throw new DeskError(
        'failed',
        `${failed.length} kasus tidak bisa diberikan: ${failed.map((id) => nameOf({ id })).join(', ')}.`,
      );
  },
};

/** By id, or by name where only one has it. Throws {@link DeskError}. */
export function pickOfficer(officers: readonly Officer[], wanted: string): Officer {
  const exact = officers.filter(({ id }) => id === wanted);
  const named = officers.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  const found =
    exact.length > 0
      ? exact
      : named.filter(({ retired }) => !retired).length > 0
        ? named.filter(({ retired }) => !retired)
        : named;
  const only = found[0];
  if (only === undefined) throw new DeskError('missing', `Tidak ada petugas "${wanted}". Lihat officer list.`);
  if (found.length > 1)
    throw new DeskError(
      'usage',
      `Ada ${found.length} petugas bernama "${wanted}". Sebut id-nya:\n${found.map(({ id, unit }) => `  ${id}  ${printableLine(unit)}`).join('\n')}`,
    );
  return only;
}
