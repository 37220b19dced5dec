import { daysBetween, sayDay, sayShortDay } from '../../desk/days.ts';
import { deadlinesOf, nextDeadline } from '../../desk/deadlines.ts';
import { DeskError } from '../../desk/errors.ts';
import type { Group } from '../../desk/likeness.ts';
import { foldedInbox } from '../../desk/overview.ts';
import { deletionDay, leavesSoon } from '../../reports/keeping.ts';
import type { CaseSummary } from '../../reports/office.ts';
import type { Command } from './command.ts';
import { failedNotices } from './failed-notices.ts';
import { columns } from './paint.ts';
import type { DeskSession } from './session.ts';
import { textOf, type Values } from './values.ts';
import { KIND_WORDS, nameOf, STATUS_WORDS, statusOf } from './words.ts';

export const inbox: Command = {
  name: 'inbox',
  usage: '[--all] [--unread] [--status STATUS] [--kind tip|question] [--no-fold]',
  summary: 'Menampilkan kasus: nama sandi, jenis, status, hari masuk, yang belum dibaca, tenggat terdekat.',
  help: [
    '--all            juga kasus yang sudah ditutup',
    '--unread         hanya yang ada isinya belum Anda baca',
    '--status STATUS  new (baru), reading (dibaca), asking (menunggu pelapor), handed-on (diteruskan), closed (ditutup)',
    '--kind JENIS     tip (informasi awal) atau question (pertanyaan)',
    '--no-fold        jangan satukan kiriman yang isinya hampir sama',
    '',
    'Isi dibandingkan di mesin ini untuk menemukan kiriman berulang; itu belum dihitung "dibuka".',
  ],
  options: {
    all: { type: 'boolean' },
    unread: { type: 'boolean' },
    status: { type: 'string' },
    kind: { type: 'string' },
    'no-fold': { type: 'boolean' },
  },
  async run(session, _words, values) {
    const { terminal, paint } = session;
    const wanted = filterOf(values);
    const desk = await session.desk();
    const cases = await desk.cases();
    const chosen = cases.filter(wanted);
    const groups: readonly Group<CaseSummary>[] =
      values['no-fold'] === true
        ? chosen.map((first) => ({ first, others: [] }))
        : await terminal.during('Membandingkan isi', (progress) => foldedInbox(desk, chosen, session.cache, progress));
    const open = cases.filter(({ status }) => status !== 'closed');
    const unread = open.filter((found) => found.unread > 0).length;
    terminal.print(paint.bold(`Meja petugas: ${desk.officer.name}, ${desk.officer.unit}. ${sayDay(session.today)}.`));
    terminal.print(`${open.length} kasus terbuka, ${unread} belum dibaca.`);
    for (const line of await failedNotices(session)) terminal.print(paint.alarm(line));
    terminal.print();
    if (groups.length === 0) terminal.print('Tidak ada kasus yang cocok.');
    else terminal.print(table(session, groups));
    terminal.print();
    terminal.print(
      paint.dim('Tenggat dihitung dari hari masuk; belum menghitung libur nasional. Rinciannya: show <nama>'),
    );
  },
};

function filterOf(values: Values): (found: CaseSummary) => boolean {
  const status = textOf(values, 'status');
  const wanted = status === undefined ? undefined : status.split(',').map(statusOf);
  const kind = textOf(values, 'kind');
  if (kind !== undefined && kind !== 'tip' && kind !== 'question')
    throw new DeskError('usage', '--kind adalah tip atau question.');
  return (found) =>
    (wanted === undefined ? values.all === true || found.status !== 'closed' : wanted.includes(found.status)) &&
    (kind === undefined || found.kind === kind) &&
    (values.unread !== true || found.unread > 0);
}

function table(session: DeskSession, groups: readonly Group<CaseSummary>[]): string {
  const { paint } = session;
  const rows = groups.map(({ first, others }) => [
    nameOf(first),
    KIND_WORDS[first.kind],
    STATUS_WORDS[first.status],
    `masuk ${sayShortDay(first.day)}`,
    first.unread > 0 ? `${first.unread} belum dibaca` : '',
    dueOf(session, first),
    others.length > 0 ? `+${others.length} serupa` : '',
  ]);
  const lines = columns(rows).split('\n');
  return groups
    .flatMap(({ first, others }, i) => {
      const line = lines[i] ?? '';
      const remarks = [
        ...(others.length > 0 ? [`serupa: ${others.map(nameOf).join(', ')}`] : []),
        ...(first.follows === undefined ? [] : [`tambahan untuk ${nameOf({ id: first.follows })}`]),
        ...(first.holds > 0
          ? [first.holds > 1 ? 'ditahan dari penghapusan' : 'satu petugas ingin menahan; perlu dua']
          : []),
        ...goes(session, first),
        ...(first.readable ? [] : ['Anda belum punya kuncinya; minta rekan: grant']),
      ];
      return [first.unread > 0 ? paint.bold(line) : line, ...remarks.map((remark) => paint.dim(`    ${remark}`))];
    })
    .join('\n');
}

function goes({ config, today }: DeskSession, found: CaseSummary): string[] {
  const day = deletionDay(found, config.reports);
  return leavesSoon(day, today) ? [`akan dihapus pada ${sayDay(day)}; tahan dengan hold bila masih perlu`] : [];
}

function dueOf(session: DeskSession, { kind, status, day }: CaseSummary): string {
  if (kind !== 'tip' || status === 'closed' || status === 'handed-on') return '';
  const next = nextDeadline(deadlinesOf(day, session.limits), session.today);
  if (next === undefined) return 'semua tenggat lewat';
  const left = daysBetween(session.today, next.until);
  return `${sayShortDay(next.until)} ${left === 0 ? '(hari ini)' : `(${left} hari lagi)`}: ${next.title}`;
}
