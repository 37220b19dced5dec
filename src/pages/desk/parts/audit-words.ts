/** What people read for the acts of the audit chain. */
import { nickname } from '../../../sealing/receipt.ts';
import { showNumber } from './format.ts';

const EVENTS: Readonly<Record<string, string>> = {
  submitted: 'Kiriman masuk',
  asked: 'Pertanyaan masuk',
  added: 'Pelapor menambahkan',
  withdrawn: 'Ditarik penanya',
  opened: 'Dibuka',
  peeked: 'Awal isi dimuat',
  answered: 'Dijawab',
  'taken-back': 'Ditarik kembali',
  noted: 'Catatan ditulis',
  status: 'Status diubah',
  held: 'Ditahan',
  released: 'Tahanan dilepas',
  granted: 'Kunci diberikan',
  exported: 'Diserahkan',
  merged: 'Digabungkan',
  unmerged: 'Penggabungan dibatalkan',
  transferred: 'Dialihkan',
  excluded: 'Kantor dikecualikan',
  deleted: 'Dihapus',
  restored: 'Dipulihkan dari cadangan',
  'officer-added': 'Petugas ditambah',
  'officer-retired': 'Petugas berhenti',
  'account made': 'Akun dibuat',
  'account retired': 'Akun dihentikan',
  invited: 'Undangan dibuat',
  'invitation revoked': 'Undangan dicabut',
  'signed in': 'Masuk',
  'signed out everywhere': 'Keluar di semua perangkat',
  'locked after wrong passphrases': 'Terkunci: terlalu banyak frasa sandi salah',
  'passphrase changed': 'Frasa sandi diganti',
  'one-time codes on': 'Kode sekali pakai menyala',
  'one-time codes off': 'Kode sekali pakai mati',
  'unit changed': 'Kantor diubah',
};

export const eventWords = (event: string): string => EVENTS[event] ?? event;

const ACTORS: Readonly<Record<string, string>> = { reporter: 'Pelapor', server: 'Server', escrow: 'Kunci cadangan' };

/** Undefined for an officer, whose name stands elsewhere. */
export const actorWords = (actor: string): string | undefined => ACTORS[actor];

/** Details that are words or ids of the server's own; undefined for others. */
export function plainDetail(event: string, detail: string): string | undefined {
  switch (event) {
    case 'peeked':
      return `${showNumber(Number(detail))} kasus`;
    case 'merged':
    case 'unmerged':
      return nickname(detail);
    case 'exported':
      return detail.replace(/^print: /, 'cetak: ');
    case 'deleted':
      return detail === 'untouched' ? 'lama tidak disentuh' : detail;
    case 'restored':
      return detail.replace(/ cases$/, ' kasus');
    default:
      return undefined;
  }
}
