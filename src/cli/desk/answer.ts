import { DeskError } from '../../desk/errors.ts';
import { newEntriesSince } from '../../desk/officer-desk.ts';
import type { OpenedCase } from '../../desk/open-case.ts';
import { printable } from '../../desk/printable.ts';
import { type Command, caseName } from './command.ts';
import { compose } from './compose.ts';
import type { DeskSession } from './session.ts';
import { nameOf, STATUS_WORDS } from './words.ts';

const WRITING = [
  '--file BERKAS  mengambil teks dari berkas',
  '',
  'Tanpa --file: dari editor (EDITOR), dari pipa, atau diketik lalu diakhiri satu titik di baris sendiri.',
] as const;

const GUIDE = [
  'Hanya pemegang kata resi yang bisa membacanya.',
  'Jangan tanyakan nama, nomor, atau hal yang hanya diketahui sedikit orang.',
  'Jangan menjanjikan perlindungan yang tidak diberikan undang-undang.',
] as const;

const CHAT_GUIDE = [
  'Jawaban ini masuk terbuka ke obrolan si penanya (Telegram atau WhatsApp), lalu alamatnya dihapus.',
  'Sebut dasar aturannya bila ada.',
] as const;

export const answer: Command = {
  name: 'answer',
  usage: '<kasus> [--file BERKAS]',
  summary: 'Menjawab atau bertanya balik kepada pelapor; untuk pertanyaan: menjawab ke obrolannya, dan menutupnya.',
  help: WRITING,
  options: { file: { type: 'string' } },
  async run(session, words, values) {
    const { terminal } = session;
    const desk = await session.desk();
    const { id, kind } = await desk.find(caseName(answer, words));
    if (kind === 'question' && !session.canAnswerChats)
      throw new DeskError(
        'failed',
        'Pertanyaan obrolan hanya bisa dijawab di mesin layanan: alamatnya tersegel dengan server.key di DATA_DIR.',
      );
    const opened = await desk.open(id);
    const text = await compose(session, values, kind === 'question' ? CHAT_GUIDE : GUIDE);
    if (!(await confirmed(session, `Kirim ke ${kind === 'tip' ? 'pelapor' : 'penanya'} ${nameOf(opened.record)}?`)))
      return;
    await sendOn(session, opened, (now) => desk.answer(now, text));
    terminal.print(
      kind === 'question'
        ? `Terkirim. ${nameOf(opened.record)} ditutup; jawaban diantar ke obrolannya.`
        : `Tersegel untuk pelapor ${nameOf(opened.record)}. Ia membacanya saat membuka resinya; kami tidak bisa memberitahunya.`,
    );
  },
};

export const note: Command = {
  name: 'note',
  usage: '<kasus> [--file BERKAS]',
  summary: 'Menambah catatan untuk sesama petugas. Pelapor tidak bisa membacanya.',
  help: WRITING,
  options: { file: { type: 'string' } },
  async run(session, words, values) {
    const desk = await session.desk();
    const { id } = await desk.find(caseName(note, words));
    const opened = await desk.open(id);
    const text = await compose(session, values, ['Catatan untuk sesama petugas; pelapor tidak bisa membacanya.']);
    await sendOn(session, opened, (now) => desk.note(now, text));
    session.terminal.print(`Catatan disimpan pada ${nameOf(opened.record)}.`);
  },
};

/** Asks where somebody is there to be asked. */
export async function confirmed({ terminal, values }: DeskSession, question: string): Promise<boolean> {
  if (values.yes === true || !(terminal.interactive || terminal.inShell)) return true;
  if (await terminal.confirm(question)) return true;
  terminal.print('Dibatalkan.');
  return false;
}

/** Where the case changed while the officer was writing, shows what is new and asks once more. */
async function sendOn(
  session: DeskSession,
  opened: OpenedCase,
  send: (opened: OpenedCase) => Promise<number>,
): Promise<void> {
  const { terminal } = session;
  for (let current = opened; ; ) {
    try {
      await send(current);
      return;
    } catch (error) {
      const asked = error instanceof DeskError && error.kind === 'stale' && (terminal.interactive || terminal.inShell);
      if (!asked) throw error;
      const again = await (await session.desk()).open(current.record.id);
      terminal.note(`Sementara Anda menulis, kasus ini berubah (sekarang: ${STATUS_WORDS[again.record.status]}).`);
      for (const { author, text } of newEntriesSince(current.record, again))
        terminal.note(`${author === 'reporter' ? 'Pelapor' : 'Petugas'}:\n${printable(text).replace(/^/gm, '  │ ')}`);
      if (!(await terminal.confirm('Tetap kirim?'))) throw new DeskError('stale', 'Tidak dikirim.');
      current = again;
    }
  }
}
