import { DoorError } from '../api.ts';

/** What a person is told of an error. */
export const messageOf = (error: unknown): string =>
  error instanceof DoorError
    ? error.message
    : 'Bagian pembuka kunci belum bisa dimuat. Periksa internet Anda, lalu coba lagi.';
