/** Where identity files lie. */
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DeskError } from './errors.ts';

const ENDING = '.age';

/** `~/.config/tanya-netral`, or below XDG_CONFIG_HOME. */
export const identityFolder = (env: Readonly<Record<string, string | undefined>>): string =>
  join(env.XDG_CONFIG_HOME?.trim() || join(homedir(), '.config'), 'tanya-netral');

/** A place is a file where it ends in `.age`, and a folder otherwise. */
export const isFilePlace = (place: string): boolean => place.endsWith(ENDING);

/** The identity file at a place: the file itself, or the only one in the folder. Throws {@link DeskError}. */
export function findIdentityFile(place: string): string {
  if (isFilePlace(place) || (existsSync(place) && statSync(place).isFile())) return place;
  const found = existsSync(place) ? readdirSync(place).filter((name) => name.endsWith(ENDING)) : [];
  const only = found[0];
  if (only === undefined)
    throw new DeskError(
      'locked',
      `Di ${place} belum ada berkas identitas. Buat dengan "officer add" atau "officer make", atau tunjukkan tempatnya dengan --identity BERKAS.`,
    );
  if (found.length > 1)
    throw new DeskError(
      'usage',
      `Di ${place} ada ${found.length} berkas identitas. Pilih satu dengan --identity:\n${found.map((name) => `  ${join(place, name)}`).join('\n')}`,
    );
  return join(place, only);
}

/** Throws {@link DeskError}. */
export function readIdentityFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new DeskError(
      'locked',
      `Berkas identitas ${path} tidak bisa dibaca (${codeOf(error)}). Periksa tempat dan izinnya.`,
    );
  }
}

/** True where others on this machine may read it: only the passphrase protects it then. */
export const isExposed = (path: string): boolean => process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;

/** Writes a new file that only its owner may read, in a folder of the same kind. Never over another file. Throws {@link DeskError}. */
export function writeIdentityFile(path: string, content: string): void {
  const folder = dirname(path);
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    // only a folder of ours: somebody's home or stick keeps its own
    else if (basename(folder) === 'tanya-netral') chmodSync(folder, 0o700);
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = codeOf(error);
    throw new DeskError(
      'failed',
      code === 'EEXIST'
        ? `${path} sudah ada dan tidak ditimpa. Pilih tempat lain dengan --identity.`
        : `${path} tidak bisa ditulis (${code}). Pilih tempat lain dengan --identity.`,
    );
  }
}

/** Puts new content in its place, all or nothing: a loss of power leaves the old file or the new one. Throws {@link DeskError}. */
export function replaceIdentityFile(path: string, content: string): void {
  const beside = `${path}.baru`;
  writeIdentityFile(beside, content);
  const file = openSync(beside, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(beside, path);
}

/** Gives it another name; never over another file. */
export function renameIdentityFile(from: string, to: string): void {
  if (existsSync(to))
    throw new DeskError('failed', `${to} sudah ada dan tidak ditimpa. Identitas baru ada di ${from}.`);
  renameSync(from, to);
}

/** True where `path` lies inside `folder`, links followed as far as both exist. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(real(folder), real(path));
  return way === '' || (!way.startsWith('..') && resolve(way) !== way);
}

/** The real path of the part that exists, with the rest behind it. */
function real(path: string): string {
  const whole = resolve(path);
  if (existsSync(whole)) return realpathSync(whole);
  const above = dirname(whole);
  return above === whole ? whole : join(real(above), basename(whole));
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'tidak diketahui';
