/** `npm run desk` without a command: unlocks once, takes commands, and locks when nobody is there any more. */
import { DeskError } from '../../desk/errors.ts';
import { overview, runLine } from './commands.ts';
import { explain } from './explain.ts';
import type { DeskSession } from './session.ts';
import { words } from './split.ts';
import { Interrupted } from './terminal.ts';

const MINUTE = 60_000;

/** @param idle milliseconds without a line after which it locks */
export async function runShell(session: DeskSession, idle: number): Promise<void> {
  const { terminal } = session;
  terminal.inShell = true;
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(lock, idle);
  };
  const lock = () => {
    // a command at work is no idleness; it is looked at again when the same time has passed
    if (!terminal.waiting) return restart();
    if (!session.unlocked) return;
    session.lock();
    terminal.clear();
    terminal.print(`Terkunci: ${sayIdle(idle)} tanpa kegiatan.`);
    // what was being written goes too
    terminal.interrupt(
      terminal.remembers
        ? new Interrupted('locked')
        : new DeskError('locked', 'Perintah dihentikan karena meja terkunci; tidak ada yang dikirim.'),
    );
  };
  terminal.onActivity = restart;
  await session.desk();
  restart();
  try {
    await runLine(session, ['inbox']);
    terminal.print('\nKetik bantuan untuk semua perintah, kunci untuk mengunci, keluar untuk selesai.');
    await takeCommands(session, restart);
  } finally {
    clearTimeout(timer);
    session.lock();
    terminal.clear();
  }
}

async function takeCommands(session: DeskSession, done: () => void): Promise<void> {
  const { terminal } = session;
  for (;;) {
    try {
      const line = words(await terminal.askCommand(session.unlocked ? 'meja> ' : 'meja (terkunci)> '));
      switch (line[0]) {
        case undefined:
          break;
        case 'keluar':
        case 'exit':
        case 'quit':
          return;
        case 'kunci':
        case 'lock':
          session.lock();
          terminal.clear();
          terminal.print('Terkunci.');
          break;
        case 'bantuan':
        case 'help':
          terminal.print(overview());
          break;
        default:
          await runLine(session, line);
      }
    } catch (error) {
      if (error instanceof Interrupted) {
        if (terminal.ended) return;
        terminal.print();
      } else terminal.note(explain(error).message);
    }
    done();
  }
}

const sayIdle = (idle: number): string =>
  idle >= MINUTE ? `${Math.round(idle / MINUTE)} menit` : `${Math.round(idle / 1000)} detik`;
