/** What people read for the acts of the audit chain, in the terminal and in the browser. */
import { nickname } from '../sealing/receipt.ts';

const EVENTS: Readonly<Record<string, string>> = {
  submitted: 'kiriman masuk',
  added: 'pelapor menambah',
  asked: 'pertanyaan masuk',
  withdrawn: 'pertanyaan ditarik',
  opened: 'dibuka',
  peeked: 'awal isi dimuat',
  answered: 'dijawab',
  'taken-back': 'ditarik kembali',
  noted: 'catatan ditulis',
  status: 'status diubah',
  granted: 'kunci diberikan',
  held: 'ditahan',
  released: 'penahanan dicabut',
  exported: 'diekspor',
  merged: 'digabungkan',
  unmerged: 'penggabungan dibatalkan',
  transferred: 'dialihkan ke kantor lain',
  excluded: 'kantor dikecualikan',
  deleted: 'dihapus',
  restored: 'dipulihkan dari cadangan',
  'officer-added': 'petugas ditambah',
  'officer-retired': 'petugas berhenti',
  'account made': 'akun dibuat',
  'account retired': 'akun dihentikan',
  invited: 'undangan dibuat',
  'invitation revoked': 'undangan dicabut',
  'signed in': 'masuk',
  'signed out everywhere': 'keluar di semua perangkat',
  'locked after wrong passphrases': 'terkunci: terlalu banyak frasa sandi salah',
  'passphrase changed': 'frasa sandi diganti',
  'one-time codes on': 'kode sekali pakai menyala',
  'one-time codes off': 'kode sekali pakai mati',
  'unit changed': 'kantor diubah',
};

/** In lower case; undefined for an event that is not known. */
export const eventWords = (event: string): string | undefined => EVENTS[event];

const ACTORS: Readonly<Record<string, string>> = { reporter: 'pelapor', server: 'server', escrow: 'kunci cadangan' };

/** In lower case; undefined for an officer, whose name stands elsewhere. */
export const actorWords = (actor: string): string | undefined => ACTORS[actor];

/** Details that are words or ids of the server's own; undefined for others, such as a reason that somebody wrote. */
export function detailWords(event: string, detail: string): string | undefined {
  switch (event) {
    case 'peeked':
      return `${Number(detail).toLocaleString('id-ID')} kasus`;
    case 'merged':
    case 'unmerged':
      return nickname(detail);
    case 'exported':
      return detail.replace(/^print: /, 'cetak: ');
    case 'deleted':
      return detail === 'untouched' ? 'lama tidak disentuh' : undefined;
    case 'restored':
      return detail.replace(/ cases$/, ' kasus');
    default:
      return undefined;
  }
}
