import { sayDay } from '../../desk/days.ts';
import { DEADLINE_NOTES, deadlinesOf, groundsOf, LATER_DEADLINES, laterGroundsOf } from '../../desk/deadlines.ts';
import type { OpenedCase } from '../../desk/open-case.ts';
import { filesOf } from '../../desk/package.ts';
import { printable, printableLine } from '../../desk/printable.ts';
import { wordsOf } from '../../desk/words-of.ts';
import type { CaseSummary } from '../../reports/office.ts';
import type { Entry, Part } from '../../sealing/entry.ts';
import { type Command, caseName } from './command.ts';
import { saveFiles } from './save.ts';
import type { DeskSession } from './session.ts';
import { textOf } from './values.ts';
import { KIND_WORDS, nameOf, STATUS_WORDS, sayBytes } from './words.ts';

const QUESTIONS: ReadonlyArray<readonly [Part, string]> = [
  ['what', 'Apa yang terjadi'],
  ['who', 'Siapa (jabatan, instansi)'],
  ['where', 'Di mana'],
  ['when', 'Kapan'],
];

export const show: Command = {
  name: 'show',
  usage: '<kasus> [--save FOLDER]',
  summary: 'Membuka satu kasus di mesin ini. Pelapor akan melihat bahwa laporannya sudah dibuka.',
  help: [
    '--save FOLDER  menyimpan berkas bukti di folder itu, dengan nama yang aman',
    '',
    'Garis │ menandai tulisan orang lain. Tanda kendali di dalamnya ditampilkan, tidak dijalankan.',
  ],
  options: { save: { type: 'string' } },
  async run(session, words, values) {
    const desk = await session.desk();
    const { id } = await desk.find(caseName(show, words));
    const opened = await desk.open(id);
    const others = (await desk.cases()).filter(({ follows }) => follows === id);
    session.terminal.print(pageOf(session, opened, others));
    const folder = textOf(values, 'save');
    if (folder !== undefined) saveFiles(session, opened, folder);
  },
};

function pageOf(session: DeskSession, opened: OpenedCase, followers: readonly CaseSummary[]): string {
  const { paint } = session;
  const { record, entries, damaged } = opened;
  const lines: string[] = [];
  const head = (text: string) => lines.push('', paint.bold(text));
  lines.push(
    paint.bold(`${nameOf(record)}: ${KIND_WORDS[record.kind]}, ${STATUS_WORDS[record.status]}`),
    `Nomor ${record.id}. Masuk ${sayDay(record.day)}, berubah ${sayDay(record.changed)} (jam tidak dicatat).`,
  );
  if (record.follows !== undefined) lines.push(`Tambahan untuk ${nameOf({ id: record.follows })}.`);
  for (const other of followers)
    lines.push(`Pelapor menambah: ${nameOf(other)} (${sayDay(other.day)}${other.unread > 0 ? ', belum dibaca' : ''}).`);

  if (damaged.length > 0) {
    head(paint.alarm(`Rusak atau bukan milik kasus ini: ${damaged.length}`));
    for (const { id, day, why } of damaged) lines.push(`  ${printableLine(id)} (${printableLine(day)}): ${why}`);
    lines.push('  Isinya tidak ditampilkan. Jalankan audit verify, dan beri tahu pengelola.');
  }

  if (record.kind === 'tip')
    for (const [part, title] of QUESTIONS) {
      head(title);
      lines.push(quoted(wordsOf(entries, part)));
    }

  const files = filesOf(entries);
  if (files.length > 0) {
    head(`Bukti: ${files.length} berkas (simpan dengan --save FOLDER)`);
    for (const { name, type, bytes } of files)
      lines.push(`  ${name}  ${printableLine(type)}  ${sayBytes(bytes.length)}`);
  }

  const talk = entries.filter(({ author, part, text }) => author !== 'note' && part === 'text' && text !== '');
  if (talk.length > 0) {
    head(record.kind === 'tip' ? 'Percakapan' : 'Pertanyaan');
    lines.push(...talk.flatMap(spoken));
  }
  const notes = entries.filter(({ author }) => author === 'note');
  if (notes.length > 0) {
    head('Catatan petugas (tidak dilihat pelapor)');
    lines.push(...notes.flatMap(spoken));
  }
  if (record.kind === 'tip' && record.status !== 'closed') {
    head('Tenggat');
    lines.push(...deadlineLines(session, record));
  }
  return lines.join('\n');
}

const quoted = (text: string): string =>
  text.trim() === ''
    ? '  (tidak diisi)'
    : printable(text)
        .split('\n')
        .map((line) => `  │ ${line}`)
        .join('\n');

const spoken = (entry: Entry): string[] => [
  `  ${sayDay(printableLine(entry.day))}, ${entry.author === 'reporter' ? 'pelapor' : `petugas ${printableLine(entry.by ?? '')}`}:`,
  quoted(entry.text),
];

function deadlineLines({ limits, today }: DeskSession, { day }: CaseSummary): string[] {
  return [
    ...deadlinesOf(day, limits).map(
      (deadline) =>
        `  ${sayDay(deadline.until)}${deadline.until < today ? ' (lewat)' : ''}: ${deadline.title} (${groundsOf(deadline)})`,
    ),
    '  Berjalan sejak langkah berikutnya:',
    ...LATER_DEADLINES.map((deadline) => `  - ${deadline.title} (${laterGroundsOf(deadline)})`),
    ...DEADLINE_NOTES.map((note) => `  ${note}`),
  ];
}
