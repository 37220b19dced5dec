import { DeskError } from '../../desk/errors.ts';
import { checked } from '../../desk/officer-desk.ts';
import { openKey } from '../../desk/open-case.ts';
import { printableLine } from '../../desk/printable.ts';
import { escrowedCases, handFromEscrow } from '../../reports/escrow.ts';
import { nativeRecipient } from '../../reports/native-keys.ts';
import { fingerprint } from '../../sealing/fingerprint.ts';
import { wrapCaseKey } from '../../sealing/seal.ts';
import { confirmed } from './answer.ts';
import { type Command, required } from './command.ts';
import { pickOfficer } from './grant.ts';
import { nameOf } from './words.ts';

export const recover: Command = {
  name: 'recover',
  usage: '--to PETUGAS --identity BERKAS-KUNCI-CADANGAN',
  summary: 'Memberi petugas kunci semua kasus dengan kunci cadangan di brankas, bila tidak ada petugas lain yang bisa.',
  help: [
    '--to PETUGAS       nama atau id (lihat officer list)',
    '--identity BERKAS  berkas identitas kunci cadangan: kunci yang kunci publiknya ada di REPORT_ESCROW_RECIPIENT',
    '',
    'Kunci cadangan dibuat dengan officer make. Ia tidak membaca apa pun; yang diberikan tercatat di audit.',
  ],
  options: { to: { type: 'string' } },
  async run(session, _words, values) {
    const { terminal } = session;
    const wanted = required(recover, values, 'to');
    const database = await session.database();
    const to = pickOfficer(await (await session.office()).officers(), wanted);
    const cases = await escrowedCases(database, to.id);
    if (to.retired || cases.length === 0)
      throw new DeskError(
        'failed',
        `Tidak ada kasus yang bisa diberikan kepada ${printableLine(to.name)} dengan kunci cadangan.`,
      );
    const { identity } = await session.unlockIdentity();
    const print = await fingerprint([to.recipient]);
    const question = `Beri kunci ${cases.length} kasus kepada ${printableLine(to.name)}, sidik kunci ${print}? Sudah dicocokkan?`;
    if (!(await confirmed(session, question))) return;
    const recipient = nativeRecipient(to.recipient);
    const failed: string[] = [];
    await terminal.during('Membungkus kunci', async (progress) => {
      for (const [i, { id, wrapped }] of cases.entries()) {
        try {
          const key = await openKey(id, wrapped, identity);
          checked(
            await handFromEscrow(database, session.now(), {
              id,
              to: to.id,
              wrapped: await wrapCaseKey(id, key, recipient),
            }),
          );
        } catch (error) {
          if (!(error instanceof DeskError)) throw error;
          failed.push(nameOf({ id }));
        }
        progress(i + 1, cases.length);
      }
    });
    if (failed.length === cases.length)
      throw new DeskError('locked', 'Tidak satu pun terbuka: berkas itu bukan kunci cadangan kasus-kasus ini.');
    terminal.print(`${cases.length - failed.length} kasus sekarang bisa dibuka ${printableLine(to.name)}.`);
    if (failed.length > 0) throw new DeskError('failed', `Tidak terbuka: ${failed.join(', ')}.`);
  },
};
