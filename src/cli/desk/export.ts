import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../desk/errors.ts';
import type { OpenedCase } from '../../desk/open-case.ts';
import { packageOf } from '../../desk/package.ts';
import { FORMATS, type Format, render } from '../../desk/package-formats.ts';
import { confirmed } from './answer.ts';
import { type Command, caseName, required } from './command.ts';
import { makeFolder, saveFiles, writeNew } from './save.ts';
import type { DeskSession } from './session.ts';
import { textOf, type Values } from './values.ts';
import { nameOf } from './words.ts';

const REMINDER = 'Isinya terbuka tanpa sandi. Kirim lewat jalan yang aman, dan hapus salinannya bila selesai.';

export const exportCase: Command = {
  name: 'export',
  usage: '<kasus> --format md|json|csv --out BERKAS --reason ALASAN [--to TUJUAN] [--save FOLDER] [--with-notes]',
  summary: 'Menulis satu kasus dengan isian yang diminta Bawaslu (informasi awal) dan SBT BKN.',
  help: [
    '--out BERKAS   berkas baru; tanda - menulis ke layar',
    '--to TUJUAN    instansi tujuan, misalnya "Bawaslu Kab. Contoh"',
    '--save FOLDER  juga menyimpan berkas bukti di folder itu',
    '--with-notes   sertakan catatan petugas',
    '',
    'Tercatat di audit sebelum ditulis, dengan alasannya.',
  ],
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    reason: { type: 'string' },
    to: { type: 'string' },
    save: { type: 'string' },
    'with-notes': { type: 'boolean' },
  },
  async run(session, words, values) {
    const format = formatOf(required(exportCase, values, 'format'));
    const out = required(exportCase, values, 'out');
    const reason = required(exportCase, values, 'reason');
    const to = textOf(values, 'to') ?? '';
    if (out !== '-') refuseExisting(out);
    const desk = await session.desk();
    const { id } = await desk.find(caseName(exportCase, words));
    const opened = await desk.open(id);
    await desk.exported(id, to === '' ? `${format}: ${reason}` : `${format}, ${to}: ${reason}`);
    const text = await rendered(session, opened, values, { format, to, reason });
    if (out === '-') session.terminal.print(text.trimEnd());
    else {
      writeNew(out, text);
      session.terminal.note(`${out} ditulis. ${REMINDER}`);
    }
    const folder = textOf(values, 'save');
    if (folder !== undefined) saveFiles(session, opened, folder);
  },
};

export const handOn: Command = {
  name: 'hand-on',
  usage: '<kasus> --to TUJUAN --reason ALASAN [--out FOLDER] [--with-notes]',
  summary: 'Meneruskan kasus: menulis paket (md, json, csv, berkas bukti) dan mengubah status menjadi diteruskan.',
  help: [
    '--to TUJUAN   misalnya "BKN (SBT)" atau "Bawaslu Provinsi Contoh"',
    '--out FOLDER  folder baru untuk paketnya; tanpa ini ./paket-<nama kasus>',
    '--with-notes  sertakan catatan petugas',
    '',
    'Pelapor melihat "diteruskan" saat membuka resinya. Paket dikirim oleh Anda sendiri; program ini tidak mengirimnya.',
  ],
  options: {
    to: { type: 'string' },
    reason: { type: 'string' },
    out: { type: 'string' },
    'with-notes': { type: 'boolean' },
  },
  async run(session, words, values) {
    const to = required(handOn, values, 'to');
    const reason = required(handOn, values, 'reason');
    const desk = await session.desk();
    const { id, kind } = await desk.find(caseName(handOn, words));
    if (kind === 'question')
      throw new DeskError(
        'failed',
        'Pertanyaan tidak diteruskan sebagai kasus. Jawab dengan answer, atau tutup dengan close.',
      );
    const opened = await desk.open(id);
    const folder = textOf(values, 'out') ?? `paket-${nameOf({ id }).replace(/\s+/g, '-')}`;
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new DeskError('failed', `Folder ${folder} tidak kosong. Pilih folder lain dengan --out.`);
    if (!(await confirmed(session, `Tulis paket terbuka ke ${folder} dan teruskan ${nameOf({ id })} ke ${to}?`)))
      return;
    makeFolder(folder);
    const version = await desk.exported(id, `${to}: ${reason}`);
    for (const format of FORMATS)
      writeNew(
        join(folder, `informasi-awal.${format}`),
        await rendered(session, opened, values, { format, to, reason }),
      );
    saveFiles(session, opened, join(folder, 'bukti'));
    await desk.setStatus(id, version, 'handed-on', `${to}: ${reason}`);
    session.terminal.print(`${nameOf({ id })} diteruskan ke ${to}. Paketnya di ${folder}. ${REMINDER}`);
  },
};

async function rendered(
  session: DeskSession,
  opened: OpenedCase,
  values: Values,
  { format, to, reason }: { readonly format: Format; readonly to: string; readonly reason: string },
): Promise<string> {
  const { officer } = await session.desk();
  const { today, limits } = session;
  const withNotes = values['with-notes'] === true;
  return render(packageOf(opened, { today, officer, to, reason, limits, withNotes }), format);
}

function formatOf(text: string): Format {
  const found = FORMATS.find((format) => format === text.toLowerCase());
  if (found === undefined) throw new DeskError('usage', `--format adalah ${FORMATS.join(', ')}.`);
  return found;
}

/** Before anything is written into the audit chain. */
function refuseExisting(path: string): void {
  if (existsSync(path)) throw new DeskError('failed', `${path} sudah ada dan tidak ditimpa. Pilih nama lain.`);
}
