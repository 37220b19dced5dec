/** From the spare file of the browser's desk to an identity file: where the server is lost, or the page does not run. */
import { readFileSync } from 'node:fs';
import { openBrowserKey, readBrowserKey } from '../../desk/browser-key.ts';
import { DeskError } from '../../desk/errors.ts';
import { wrapIdentity } from '../../desk/identity.ts';
import { fingerprint } from '../../sealing/fingerprint.ts';
import type { Command } from './command.ts';
import { warnOfPlace, writeNewIdentity } from './officer-identity.ts';

export const officerFromBrowser: Command = {
  name: 'officer from-browser',
  usage: 'BERKAS',
  summary: 'Membuat berkas identitas dari berkas cadangan meja petugas di peramban (kunci-cadangan-....json).',
  help: [
    'Frasa sandinya tetap sama. Dengan berkas identitas itu kasus dibuka dari terminal, juga dari cadangan data (restore).',
    'Berkas cadangan tidak berubah. Jangan jalankan di server: di sana kunci dan datanya berdampingan.',
  ],
  options: {},
  async run(session, words) {
    const [path, ...more] = words;
    if (path === undefined || more.length > 0)
      throw new DeskError(
        'usage',
        'Sebutkan satu berkas cadangan, misalnya: officer from-browser kunci-cadangan-budi.json',
      );
    const key = readBrowserKey(textIn(path));
    let passphrase = '';
    const pair = await session.withPassphrase('Membuka kunci', (typed) => {
      passphrase = typed;
      return openBrowserKey(key, typed);
    });
    await warnOfPlace(session, pair.recipient);
    const file = await session.terminal.during('Menyegel identitas', () => wrapIdentity(pair, passphrase));
    const written = await writeNewIdentity(session, pair.recipient, file);
    session.terminal.print(`Sidik kunci: ${await fingerprint([pair.recipient])}`);
    session.terminal.print(`Berkas identitas: ${written}`);
  },
};

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new DeskError('failed', `${path} tidak bisa dibaca. Periksa nama dan tempatnya.`);
  }
}
