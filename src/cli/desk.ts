/**
 * `npm run desk`: the officers' desk. Works on the database itself (DATA_DIR or DATABASE_URL) and opens reports with the officer's
 * identity, which stays on this machine.
 */
import { parseArgs } from 'node:util';
import { DeskError } from '../desk/errors.ts';
import { COMMON } from './desk/command.ts';
import { overview, runLine } from './desk/commands.ts';
import { explain } from './desk/explain.ts';
import { DeskSession } from './desk/session.ts';
import { runShell } from './desk/shell.ts';
import { Interrupted, Terminal } from './desk/terminal.ts';
import type { Values } from './desk/values.ts';

/** The exit status of a program that Ctrl+C has ended. */
const INTERRUPTED = 130;
const LOCK_AFTER_MINUTES = '10';

/** Options without a command start the shell. */
function shellOptions(args: readonly string[]): { readonly values: Values; readonly idle: number } {
  let values: Values;
  try {
    values = parseArgs({ args: [...args], options: { ...COMMON, 'lock-after': { type: 'string' } } }).values as Values;
  } catch {
    throw new DeskError('usage', 'Ada pilihan yang tidak dikenal. Semua perintah: npm run desk -- --help');
  }
  const minutes = Number(values['lock-after'] ?? LOCK_AFTER_MINUTES);
  if (!(minutes > 0 && minutes <= 60)) throw new DeskError('usage', '--lock-after adalah menit, di atas 0 sampai 60.');
  return { values, idle: minutes * 60_000 };
}

async function main(args: readonly string[]): Promise<number> {
  const terminal = new Terminal();
  const first = args[0];
  if (first === '--help' || first === '-h' || first === 'help' || first === 'bantuan') {
    terminal.print(overview());
    return 0;
  }
  let session: DeskSession | undefined;
  try {
    if (first === undefined || first.startsWith('-')) {
      const { values, idle } = shellOptions(args);
      session = new DeskSession(terminal, values);
      await runShell(session, idle);
    } else {
      session = new DeskSession(terminal, {});
      await runLine(session, args);
    }
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return INTERRUPTED;
    const { message, status } = explain(error);
    terminal.note(message);
    return status;
  } finally {
    await session?.close();
  }
}

// whoever reads us may stop early, as `head` does
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
