import { actorWords, detailWords, eventWords } from '../../desk/audit-words.ts';
import { DeskError } from '../../desk/errors.ts';
import { isNamed } from '../../desk/officer-desk.ts';
import { printableLine } from '../../desk/printable.ts';
import { type AuditHead, readAudit, verifyAudit } from '../../reports/audit.ts';
import type { AuditEntry } from '../../reports/office.ts';
import type { Command } from './command.ts';
import { columns } from './paint.ts';
import { textOf } from './values.ts';
import { nameOf } from './words.ts';

const BROKEN = {
  changed: 'isinya diubah',
  missing: 'ada catatan yang hilang atau disisipkan',
  tail: 'ujungnya dipotong atau diganti',
} as const;

export const auditVerify: Command = {
  name: 'audit verify',
  usage: '[--head NOMOR:SIDIK]',
  summary: 'Memeriksa rantai catatan audit dari awal sampai ujung.',
  help: [
    '--head NOMOR:SIDIK  ujung yang Anda catat dulu: membuktikan bahwa tidak ada yang dipotong sejak itu',
    '',
    'Catat ujungnya secara berkala di luar server ini, misalnya di buku atau surel.',
  ],
  options: { head: { type: 'string' } },
  async run(session, _words, values) {
    const noted = headOf(textOf(values, 'head'));
    const verdict = await verifyAudit(await session.database(), noted);
    if (verdict.kind === 'broken')
      throw new DeskError(
        'failed',
        `Rantai audit PUTUS pada catatan ${verdict.seq}: ${BROKEN[verdict.why]}. Simpan salinan basis data sekarang, dan hubungi pengelola.`,
      );
    session.terminal.print(`Rantai audit utuh: ${verdict.head.seq} catatan.`);
    session.terminal.print(`Ujung: ${verdict.head.seq}:${verdict.head.hash}`);
    if (noted === undefined)
      session.terminal.note('Catat ujung ini di luar server; nanti periksa dengan audit verify --head UJUNG.');
  },
};

export const auditShow: Command = {
  name: 'audit show',
  usage: '[--last JUMLAH] [--case KASUS]',
  summary: 'Menampilkan catatan audit: siapa melakukan apa pada kasus mana.',
  help: ['--last JUMLAH  hanya sebanyak ini dari yang terbaru (tanpa ini 50)', '--case KASUS   nama sandi atau id'],
  options: { last: { type: 'string' }, case: { type: 'string' } },
  async run(session, _words, values) {
    const last = Number(textOf(values, 'last') ?? '50');
    if (!Number.isInteger(last) || last < 1) throw new DeskError('usage', '--last adalah angka mulai 1.');
    const database = await session.database();
    const names = new Map((await (await session.office()).officers()).map(({ id, name }) => [id, name]));
    const wanted = textOf(values, 'case');
    const rows: AuditEntry[] = [];
    for await (const entry of readAudit(database)) {
      if (wanted !== undefined && (entry.case === undefined || !isNamed(entry.case, wanted))) continue;
      rows.push(entry);
      if (rows.length > last) rows.shift();
    }
    session.terminal.print(
      columns(
        rows.map(({ seq, at, actor, event, case: id, detail }) => [
          String(seq),
          at,
          printableLine(names.get(actor) ?? actorWords(actor) ?? actor),
          eventWords(event) ?? printableLine(event),
          id === undefined ? '' : nameOf({ id }),
          printableLine(detailWords(event, detail) ?? names.get(detail) ?? detail),
        ]),
      ),
    );
  },
};

/** Throws {@link DeskError} (`usage`). */
function headOf(text: string | undefined): AuditHead | undefined {
  if (text === undefined) return undefined;
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new DeskError('usage', '--head ditulis NOMOR:SIDIK, persis seperti yang dicetak audit verify.');
  return { seq: Number(seq), hash: hash.toLowerCase() };
}
