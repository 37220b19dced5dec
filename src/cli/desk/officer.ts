import { DeskError } from '../../desk/errors.ts';
import { checked } from '../../desk/officer-desk.ts';
import { printableLine } from '../../desk/printable.ts';
import { nativeRecipient } from '../../reports/native-keys.ts';
import type { Officer } from '../../reports/office.ts';
import { fingerprint } from '../../sealing/fingerprint.ts';
import { asRecipient, type RecipientText } from '../../sealing/seal.ts';
import { confirmed } from './answer.ts';
import { type Command, required } from './command.ts';
import { pickOfficer } from './grant.ts';
import { columns } from './paint.ts';
import type { DeskSession } from './session.ts';
import type { Values } from './values.ts';

const LONGEST_NAME = 80;

export const officerAdmit: Command = {
  name: 'officer admit',
  usage: '--recipient age1pq1... --name NAMA --unit UNIT',
  summary: 'Mendaftarkan petugas yang identitasnya dibuat di mesinnya sendiri.',
  help: ['Cocokkan sidik kunci yang dicetak dengan yang dibacakan petugas itu, sebelum ada laporan yang masuk.'],
  options: { recipient: { type: 'string' }, name: { type: 'string' }, unit: { type: 'string' } },
  async run(session, _words, values) {
    const recipient = readRecipient(required(officerAdmit, values, 'recipient'));
    const { name, unit } = nameAndUnit(officerAdmit, values);
    const office = await session.office(true);
    if ((await office.officers()).some((officer) => officer.recipient === recipient && !officer.retired))
      throw new DeskError('failed', 'Kunci publik itu sudah terdaftar. Lihat officer list.');
    await sayAdded(session, await office.addOfficer({ name, unit, recipient }));
  },
};

export const officerList: Command = {
  name: 'officer list',
  usage: '',
  summary: 'Menampilkan petugas dengan sidik kuncinya.',
  help: [],
  options: {},
  async run(session) {
    const officers = await (await session.office()).officers();
    if (officers.length === 0) {
      session.terminal.print('Belum ada petugas: /lapor belum menerima apa pun. Tambah dengan officer add.');
      return;
    }
    const rows = await Promise.all(
      officers.map(async ({ id, name, unit, since, retired, recipient }) => [
        printableLine(name),
        printableLine(unit),
        retired ? 'berhenti' : 'bertugas',
        `sejak ${since}`,
        await fingerprint([recipient]),
        id,
      ]),
    );
    session.terminal.print(columns(rows));
    const active = officers.filter(({ retired }) => !retired).length;
    if (active === 1)
      session.terminal.note(
        'Hanya satu petugas: kalau identitas atau frasa sandinya hilang, tidak ada yang bisa membuka laporan. Tambah seorang lagi, atau atur REPORT_ESCROW_RECIPIENT.',
      );
  },
};

export const officerRetire: Command = {
  name: 'officer retire',
  usage: '<nama atau id> [--lose-cases]',
  summary: 'Menghentikan petugas: laporan baru tidak lagi disegel untuknya, dan kuncinya dicabut.',
  help: [
    '--lose-cases  juga bila ada kasus yang lalu tidak bisa dibuka siapa pun, untuk selamanya',
    '',
    'Yang pernah dibukanya tetap diketahuinya; itu tidak bisa ditarik kembali.',
  ],
  options: { 'lose-cases': { type: 'boolean' } },
  async run(session, words, values) {
    const office = await session.office();
    const officer = pickOfficer(await office.officers(), words.join(' '));
    if (officer.retired) throw new DeskError('failed', `${printableLine(officer.name)} sudah berhenti.`);
    if (!(await confirmed(session, `Hentikan ${printableLine(officer.name)}, ${printableLine(officer.unit)}?`))) return;
    checked(
      await office.retireOfficer('server', officer.id, values['lose-cases'] === true),
      `Ada kasus yang hanya bisa dibuka ${printableLine(officer.name)}. Minta ia memberi kuncinya dulu: grant all --to REKAN. Kalau identitasnya sudah hilang: --lose-cases.`,
    );
    session.terminal.print(`${printableLine(officer.name)} berhenti bertugas.`);
  },
};

export async function sayAdded({ terminal }: DeskSession, officer: Officer): Promise<void> {
  terminal.print(`Petugas ditambahkan: ${printableLine(officer.name)}, ${printableLine(officer.unit)}.`);
  terminal.print(`Id: ${officer.id}`);
  terminal.print(`Sidik kunci: ${await fingerprint([officer.recipient])}`);
  terminal.print(
    'Laporan baru mulai sekarang tersegel juga untuknya. Untuk kasus yang sudah ada: rekan yang bisa membukanya menjalankan grant all --to.',
  );
}

/** Throws {@link DeskError} (`usage`). */
export function nameAndUnit(command: Command, values: Values): { readonly name: string; readonly unit: string } {
  const name = printableLine(required(command, values, 'name'));
  const unit = printableLine(required(command, values, 'unit'));
  if (name.length > LONGEST_NAME || unit.length > LONGEST_NAME)
    throw new DeskError('usage', `Nama dan unit paling panjang ${LONGEST_NAME} huruf.`);
  return { name, unit };
}

/** Throws {@link DeskError} (`usage`). */
function readRecipient(text: string): RecipientText {
  if (text.toUpperCase().startsWith('AGE-SECRET-KEY'))
    throw new DeskError(
      'usage',
      'Itu kunci rahasia! Jangan kirimkan kepada siapa pun. Buat identitas baru dengan officer make; yang ini sudah bocor.',
    );
  const recipient = asRecipient(text);
  try {
    if (recipient !== undefined) {
      nativeRecipient(recipient);
      return recipient;
    }
  } catch {
    // told below
  }
  throw new DeskError(
    'usage',
    'Itu bukan kunci publik yang utuh. Salin seluruhnya dari officer make: age1pq1... sepanjang 1.959 huruf.',
  );
}
