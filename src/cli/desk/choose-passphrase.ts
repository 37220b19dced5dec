/** How an officer comes to a passphrase: given, made here, or typed twice. */
import { DeskError } from '../../desk/errors.ts';
import { generatePassphrase, judgePassphrase } from '../../desk/passphrase.ts';
import { type DeskSession, givenPassphrase } from './session.ts';
import type { Values } from './values.ts';

/** @param values where it may be given. Throws {@link DeskError} where it is too weak, or where nobody can type one. */
export async function choosePassphrase(session: DeskSession, values: Values): Promise<string> {
  const { terminal } = session;
  const given = givenPassphrase(values);
  if (given !== undefined) {
    const { ok, says, repair } = judgePassphrase(given);
    if (!ok) throw new DeskError('usage', `Frasa sandi ${says}. ${repair}`);
    terminal.note(`Frasa sandi: ${says}.`);
    return given;
  }
  if (!terminal.interactive) return terminal.askSecret('');
  if (await terminal.confirm('Buatkan frasa sandi dari enam kata acak?')) return memorised(session);
  for (;;) {
    const passphrase = await terminal.askSecret('Frasa sandi baru: ');
    const { ok, says, repair } = judgePassphrase(passphrase);
    terminal.note(`Kekuatan: ${says}.${ok ? '' : ` ${repair}`}`);
    if (!ok) continue;
    if ((await terminal.askSecret('Sekali lagi: ')) === passphrase) return passphrase;
    terminal.note('Keduanya tidak sama. Ulangi.');
  }
}

/** Shows it once, and has it typed, so that nobody goes on without having it. */
async function memorised({ terminal }: DeskSession): Promise<string> {
  const passphrase = generatePassphrase();
  terminal.print(`\n  ${passphrase}\n`);
  terminal.print(
    'Tulis di kertas sekarang, dan simpan terpisah dari berkas identitas. Ia tidak akan ditampilkan lagi.',
  );
  while ((await terminal.askSecret('Ketik ulang: ')).trim().replace(/\s+/g, ' ') !== passphrase)
    terminal.note('Belum sama. Periksa catatan Anda.');
  terminal.clear();
  return passphrase;
}
