/** Opens a case on the officer's own machine, and says of every entry that does not open, or does not belong there, what is wrong. */
import { NativeOpener } from '../reports/native-open.ts';
import type { CaseRecord, SealedEntry } from '../reports/office.ts';
import { type Entry, EntryError } from '../sealing/entry.ts';
import { type Identity, SealError, unwrapCaseKey } from '../sealing/seal.ts';
import { DeskError } from './errors.ts';

export interface OpenedCase {
  readonly record: CaseRecord;
  /** The case's own private key. */
  readonly key: Identity;
  /** In the order of writing. */
  readonly entries: readonly Entry[];
  readonly damaged: readonly DamagedEntry[];
}

export interface DamagedEntry {
  readonly id: string;
  readonly day: string;
  /** In Indonesian. */
  readonly why: string;
}

/** Throws {@link DeskError} where the officer has no key for the case, or one that does not fit. */
export async function openCase(record: CaseRecord, officer: Identity): Promise<OpenedCase> {
  if (record.wrapped === undefined)
    throw new DeskError(
      'locked',
      'Anda belum punya kunci kasus ini. Minta rekan yang bisa membukanya: grant <kasus> --to <nama Anda>.',
    );
  const key = await openKey(record.id, record.wrapped, officer);
  const { entries, damaged } = openEntries(record.id, record.contents, key);
  return { record, key, entries, damaged };
}

/** Throws {@link DeskError}. */
export async function openKey(caseId: string, wrapped: Uint8Array, officer: Identity): Promise<Identity> {
  try {
    return await unwrapCaseKey(caseId, wrapped, officer);
  } catch {
    throw new DeskError(
      'locked',
      'Kunci kasus ini tidak terbuka dengan identitas Anda: rusak, atau milik kasus atau petugas lain. Minta rekan membungkusnya lagi dengan grant.',
    );
  }
}

export function openEntries(
  caseId: string,
  sealed: readonly SealedEntry[],
  key: Identity,
): { readonly entries: readonly Entry[]; readonly damaged: readonly DamagedEntry[] } {
  const opener = new NativeOpener(key);
  const entries: Entry[] = [];
  const damaged: DamagedEntry[] = [];
  for (const row of sealed) {
    try {
      const entry = opener.openEntry(row.sealed, { case: caseId, id: row.id });
      if (entry.author === row.author) entries.push(entry);
      else damaged.push({ id: row.id, day: row.day, why: 'penulisnya tidak sama dengan yang tertera di dalam' });
    } catch (error) {
      damaged.push({ id: row.id, day: row.day, why: reason(error) });
    }
  }
  entries.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1));
  return { entries, damaged };
}

function reason(error: unknown): string {
  if (error instanceof SealError) return 'tidak terbuka: rusak, diubah, atau disegel untuk kunci lain';
  if (!(error instanceof EntryError)) throw error;
  if (/another case/.test(error.message)) return 'milik kasus lain yang dipindahkan ke sini';
  if (/copy of another/.test(error.message)) return 'salinan dari catatan lain';
  return 'isinya bukan catatan yang dikenal';
}
