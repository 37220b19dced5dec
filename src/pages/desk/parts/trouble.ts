import { DeskError } from '../api.ts';

const minutes = (seconds: number): string => (seconds < 90 ? `${seconds} detik` : `${Math.ceil(seconds / 60)} menit`);

/** What to tell a person of an error; of our own mistakes only that there was one. */
export function troubleOf(error: unknown): string {
  if (!(error instanceof DeskError)) return 'Ada yang salah di halaman ini. Muat ulang, lalu coba lagi.';
  return error.wait === undefined ? error.message : `${error.message} Coba lagi dalam ${minutes(error.wait)}.`;
}
