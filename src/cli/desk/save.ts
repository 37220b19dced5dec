/** Writing what was opened to the officer's disk: never over anything, for the owner alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../../desk/errors.ts';
import type { OpenedCase } from '../../desk/open-case.ts';
import { filesOf } from '../../desk/package.ts';
import { codeOf } from '../../store/code-of.ts';
import type { DeskSession } from './session.ts';

/** Saves the evidence under safe names and says so. Throws {@link DeskError}. */
export function saveFiles({ terminal }: DeskSession, { entries }: OpenedCase, folder: string): void {
  const files = filesOf(entries);
  if (files.length === 0) {
    terminal.note('Kasus ini tidak punya berkas bukti.');
    return;
  }
  makeFolder(folder);
  for (const { name, bytes } of files) writeNew(join(folder, name), bytes);
  terminal.note(
    `${files.length} berkas disimpan di ${folder}, terbuka tanpa sandi. Buka di mesin yang aman, dan hapus bila selesai.`,
  );
}

/** Throws {@link DeskError}. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DeskError('failed', `Folder ${folder} tidak bisa dibuat (${codeOf(error)}). Pilih tempat lain.`);
  }
}

/** Throws {@link DeskError}, also where a file of this name is there. */
export function writeNew(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = codeOf(error);
    throw new DeskError(
      'failed',
      code === 'EEXIST'
        ? `${path} sudah ada dan tidak ditimpa. Pilih nama atau folder lain.`
        : `${path} tidak bisa ditulis (${code}). Pilih tempat lain.`,
    );
  }
}
