/** What officers read for the words of the store. */

import { DeskError } from '../../desk/errors.ts';
import type { CaseKind, CaseSummary, Status } from '../../reports/office.ts';
import { STATUSES } from '../../reports/office.ts';
import { nickname } from '../../sealing/receipt.ts';

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  new: 'baru',
  reading: 'dibaca',
  asking: 'menunggu pelapor',
  'handed-on': 'diteruskan',
  closed: 'ditutup',
};

export const KIND_WORDS: Readonly<Record<CaseKind, string>> = { tip: 'informasi awal', question: 'pertanyaan' };

/** A status by either name. Throws {@link DeskError} (`usage`). */
export function statusOf(text: string): Status {
  const wanted = text.trim().toLowerCase();
  const found = STATUSES.find((status) => status === wanted || STATUS_WORDS[status] === wanted);
  if (found !== undefined) return found;
  throw new DeskError(
    'usage',
    `Status "${text}" tidak ada. Pilih: ${STATUSES.map((status) => `${status} (${STATUS_WORDS[status]})`).join(', ')}.`,
  );
}

export const nameOf = ({ id }: Pick<CaseSummary, 'id'>): string => nickname(id);

/** `120 kB`, `3,4 MB`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bita`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1).replace('.', ',')} MB`;
}
