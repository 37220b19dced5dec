/** A package as a page to read, as data, and as a row of a spreadsheet. */
import { csv } from './csv.ts';
import { sayDay } from './days.ts';
import { DEADLINE_NOTES, groundsOf } from './deadlines.ts';
import type { CasePackage } from './package.ts';
import { escapeUnprintable, printable, printableLine } from './printable.ts';

export const FORMATS = ['md', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export function render(packed: CasePackage, format: Format): string {
  switch (format) {
    case 'md':
      return asMarkdown(packed);
    case 'json':
      return `${escapeUnprintable(JSON.stringify(packed, null, 2))}\n`;
    case 'csv':
      return asCsv(packed);
    default:
      return format satisfies never;
  }
}

/** Longer than any run of tildes inside, so that nothing that a reporter wrote is read as a mark, a picture or a link. */
function quoted(text: string): string {
  if (text.trim() === '') return '_(tidak diisi)_';
  const longest = Math.max(2, ...[...text.matchAll(/~+/g)].map(([run]) => run.length));
  const fence = '~'.repeat(longest + 1);
  return `${fence}\n${printable(text)}\n${fence}`;
}

/** Letters of a name that Markdown would take for marks. */
const named = (text: string): string => printableLine(text).replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&');

function asMarkdown(packed: CasePackage): string {
  const { made, files, talk, notes, deadlines } = packed;
  const part = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`## ${title}`, ...lines]);
  return `${[
    `# Informasi awal: ${named(packed.case.name)}`,
    [
      `- Untuk: ${named(made.to)}`,
      `- Dari: ${named(made.by)}, ${named(made.unit)}, ${sayDay(made.day)}`,
      `- Keperluan: ${named(made.reason)}`,
      `- Masuk: ${sayDay(packed.case.day)} (jam tidak dicatat)`,
      `- Nomor: ${packed.case.id}`,
      '- Pelapor: anonim; identitas tidak diketahui dan tidak tersimpan',
      '- Sifat: informasi awal, bukan laporan',
    ].join('\n'),
    ...part('Uraian kejadian', [quoted(packed.what)]),
    ...part('Terlapor (jabatan, instansi)', [quoted(packed.reported), '- NIP/NIK: tidak ditanyakan kepada pelapor']),
    ...part('Waktu kejadian', [quoted(packed.when)]),
    ...part('Tempat kejadian', [quoted(packed.where)]),
    ...part('Bukti', [
      files.length === 0
        ? '_(tidak ada berkas)_'
        : files
            .map(
              ({ name, type, bytes, sha256 }) =>
                `- ${named(name)} (${named(type)}, ${bytes} bita)\n  SHA-256 ${sha256}`,
            )
            .join('\n'),
    ]),
    ...part(
      'Percakapan sesudahnya',
      talk.flatMap(({ day, from, text }) => [`${sayDay(day)}, ${from}:`, quoted(text)]),
    ),
    ...part(
      'Catatan petugas',
      notes.flatMap(({ day, by, text }) => [`${sayDay(day)}, ${named(by)}:`, quoted(text)]),
    ),
    ...part(
      'Tenggat',
      deadlines.length === 0
        ? []
        : [
            deadlines
              .map((deadline) => `- ${sayDay(deadline.until)}: ${deadline.title} (${groundsOf(deadline)})`)
              .join('\n'),
            ...DEADLINE_NOTES,
          ],
    ),
    ...(packed.damaged > 0 ? [`**${packed.damaged} bagian kasus ini tidak terbuka dan tidak ada di sini.**`] : []),
  ].join('\n\n')}\n`;
}

function asCsv(packed: CasePackage): string {
  const { made, files, talk, notes } = packed;
  const said = (list: ReadonlyArray<{ day: string; text: string }>, who: (i: number) => string) =>
    list.map(({ day, text }, i) => `${day} ${who(i)}: ${text}`).join('\n');
  const columns: ReadonlyArray<readonly [string, string]> = [
    ['nama_kasus', packed.case.name],
    ['nomor', packed.case.id],
    ['jenis', packed.case.kind],
    ['status', packed.case.status],
    ['tanggal_masuk', packed.case.day],
    ['pelapor', packed.reporter],
    ['terlapor', packed.reported],
    ['nip_nik_terlapor', packed.reportedNumber],
    ['uraian_kejadian', packed.what],
    ['waktu_kejadian', packed.when],
    ['tempat_kejadian', packed.where],
    ['bukti', files.map(({ name, sha256 }) => `${name} ${sha256}`).join('\n')],
    ['percakapan', said(talk, (i) => talk[i]?.from ?? '')],
    ['catatan_petugas', said(notes, (i) => notes[i]?.by ?? '')],
    ['untuk', made.to],
    ['keperluan', made.reason],
    ['petugas', made.by],
    ['unit', made.unit],
    ['dibuat', made.day],
  ];
  return csv([columns.map(([name]) => name), columns.map(([, value]) => printable(value))]);
}
