/** Commands that make or use an identity file on this machine. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeIdentity, wrapIdentity } from '../../desk/identity.ts';
import {
  findIdentityFile,
  isFilePlace,
  isInside,
  renameIdentityFile,
  replaceIdentityFile,
  writeIdentityFile,
} from '../../desk/identity-files.ts';
import { fingerprint } from '../../sealing/fingerprint.ts';
import type { RecipientText } from '../../sealing/seal.ts';
import { choosePassphrase } from './choose-passphrase.ts';
import type { Command } from './command.ts';
import { nameAndUnit, sayAdded } from './officer.ts';
import type { DeskSession } from './session.ts';
import { textOf, type Values } from './values.ts';

const KEEP_SAFE = [
  'Tanpa berkas itu dan frasa sandinya Anda tidak bisa membuka laporan. Kalau petugas lain juga tidak, isinya hilang selamanya.',
  'Simpan salinan berkasnya di tempat lain, dan frasa sandinya terpisah dari berkasnya.',
] as const;

export const officerAdd: Command = {
  name: 'officer add',
  usage: '--name NAMA --unit UNIT [--recovery BERKAS]',
  summary: 'Menambah petugas: membuat identitas di mesin ini dan mendaftarkan kunci publiknya.',
  help: [
    '--name NAMA        seperti rekan memanggilnya',
    '--unit UNIT        misalnya "Bawaslu Kab. Contoh"',
    '--recovery BERKAS  salinan berkas identitas, misalnya di flashdisk (frasa sandinya sama)',
    '',
    'Hanya nama, unit dan kunci publik yang masuk ke basis data. Identitasnya tinggal di ~/.config/tanya-netral, tersegel frasa sandi.',
    'Kalau petugas punya mesin sendiri: di sana "officer make", lalu di server "officer admit".',
  ],
  options: { name: { type: 'string' }, unit: { type: 'string' }, recovery: { type: 'string' } },
  async run(session, _words, values) {
    const { name, unit } = nameAndUnit(officerAdd, values);
    const office = await session.office(true);
    const { recipient, path } = await makeFile(session, values);
    const officer = await office.addOfficer({ name, unit, recipient }).catch((error: unknown) => {
      // not deleted: where only the answer of the database was lost, reports are sealed to this key already
      session.terminal.note(
        `Identitas ada di ${path}, tetapi pendaftarannya gagal. Lihat officer list; kalau belum ada: officer recipient, lalu officer admit.`,
      );
      throw error;
    });
    const final = isFilePlace(session.identityPlace) ? path : join(session.identityPlace, `${officer.id}.age`);
    if (final !== path) renameIdentityFile(path, final);
    await sayAdded(session, officer);
    session.terminal.print(`Berkas identitas: ${final}`);
    for (const line of KEEP_SAFE) session.terminal.print(line);
  },
};

export const officerMake: Command = {
  name: 'officer make',
  usage: '[--recovery BERKAS]',
  summary: 'Membuat identitas di mesin Anda sendiri, tanpa basis data. Kunci publiknya lalu didaftarkan di server.',
  help: [
    '--recovery BERKAS  salinan berkas identitas, misalnya di flashdisk (frasa sandinya sama)',
    '',
    'Kirim kunci publiknya (age1pq1...) kepada pengelola, dan bacakan sidik kuncinya lewat telepon.',
  ],
  options: { recovery: { type: 'string' } },
  async run(session, _words, values) {
    const { recipient, path } = await makeFile(session, values);
    session.terminal.print(recipient);
    session.terminal.print(`Sidik kunci: ${await fingerprint([recipient])}`);
    session.terminal.print(`Berkas identitas: ${path}`);
    for (const line of KEEP_SAFE) session.terminal.print(line);
  },
};

export const officerRecipient: Command = {
  name: 'officer recipient',
  usage: '',
  summary: 'Mencetak kunci publik dan sidik kunci dari berkas identitas Anda.',
  help: [],
  options: {},
  async run(session) {
    const { recipient } = await session.unlockIdentity();
    session.terminal.print(recipient);
    session.terminal.print(`Sidik kunci: ${await fingerprint([recipient])}`);
  },
};

export const officerPassphrase: Command = {
  name: 'officer passphrase',
  usage: '[--new-passphrase-file BERKAS]',
  summary: 'Mengganti frasa sandi berkas identitas Anda. Kuncinya tetap sama.',
  help: [
    '--new-passphrase-file BERKAS  frasa sandi baru dari baris pertama berkas, untuk dijalankan tanpa orang',
    '',
    'Salinan cadangan yang lama tetap terbuka dengan frasa sandi lama: ganti atau hancurkan juga.',
  ],
  options: { 'new-passphrase-file': { type: 'string' } },
  async run(session, _words, values) {
    const pair = await session.unlockIdentity();
    const path = findIdentityFile(session.identityPlace);
    const passphrase = await choosePassphrase(session, { 'passphrase-file': textOf(values, 'new-passphrase-file') });
    const file = await session.terminal.during('Menyegel identitas', () => wrapIdentity(pair, passphrase));
    replaceIdentityFile(path, file);
    session.terminal.print(`Frasa sandi ${path} diganti. Salinan cadangan yang lama masih memakai frasa sandi lama.`);
  },
};

/** Makes an identity and writes its file; in a folder under its fingerprint. */
async function makeFile(
  session: DeskSession,
  values: Values,
): Promise<{ readonly recipient: RecipientText; readonly path: string }> {
  const { terminal } = session;
  const pair = makeIdentity();
  await warnOfPlace(session, pair.recipient);
  const passphrase = await choosePassphrase(session, values);
  const file = await terminal.during('Menyegel identitas', () => wrapIdentity(pair, passphrase));
  const path = await writeNewIdentity(session, pair.recipient, file);
  const asked = textOf(values, 'recovery');
  const recovery =
    asked ??
    (terminal.interactive ? (await terminal.ask('Salinan cadangan di mana? (kosong: tidak usah) ')).trim() : '');
  if (recovery !== '') {
    const isFolder = existsSync(recovery) && statSync(recovery).isDirectory();
    const copy = isFolder ? join(recovery, await nameFor(pair.recipient)) : recovery;
    writeIdentityFile(copy, file);
    terminal.print(`Salinan cadangan: ${copy}`);
  }
  return { recipient: pair.recipient, path };
}

const nameFor = async (recipient: RecipientText): Promise<string> =>
  `${(await fingerprint([recipient])).replaceAll(' ', '')}.age`;

const pathFor = async ({ identityPlace: place }: DeskSession, recipient: RecipientText): Promise<string> =>
  isFilePlace(place) ? place : join(place, await nameFor(recipient));

/** Says so where the file would lie beside the data that it opens. */
export async function warnOfPlace(session: DeskSession, recipient: RecipientText): Promise<void> {
  const path = await pathFor(session, recipient);
  if (isInside(path, session.config.dataDir))
    session.terminal.note(
      `Peringatan: ${path} ada di dalam DATA_DIR. Siapa pun yang mencuri data server mendapat kuncinya juga; pilih tempat lain dengan --identity.`,
    );
}

/** Writes a sealed identity; in a folder under its fingerprint. Gives its path. */
export async function writeNewIdentity(session: DeskSession, recipient: RecipientText, file: string): Promise<string> {
  const path = await pathFor(session, recipient);
  writeIdentityFile(path, file);
  return path;
}
