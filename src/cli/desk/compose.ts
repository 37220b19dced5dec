/** The text that an officer writes: from a file, a pipe, an editor, or line by line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeskError } from '../../desk/errors.ts';
import { codeOf } from '../../store/code-of.ts';
import type { DeskSession } from './session.ts';
import { textOf, type Values } from './values.ts';

/** What fits one message of every channel, with the words around it. */
const LONGEST = 3000;

/** @param guide shown before writing; lines that begin with # in the editor. Throws {@link DeskError} where nothing was written. */
export async function compose(session: DeskSession, values: Values, guide: readonly string[]): Promise<string> {
  const text = (await written(session, values, guide)).replaceAll('\r\n', '\n').trim();
  if (text === '') throw new DeskError('failed', 'Tidak ada yang ditulis; tidak ada yang dikirim.');
  if (text.length > LONGEST)
    throw new DeskError('failed', `Terlalu panjang: ${text.length} huruf, paling banyak ${LONGEST}. Bagi menjadi dua.`);
  return text;
}

async function written({ terminal }: DeskSession, values: Values, guide: readonly string[]): Promise<string> {
  const file = textOf(values, 'file');
  if (file !== undefined) {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new DeskError('failed', `Berkas ${file} tidak bisa dibaca (${codeOf(error)}).`);
    }
  }
  if (!terminal.interactive && !terminal.inShell) return terminal.readAll();
  const editor = process.env.VISUAL?.trim() || process.env.EDITOR?.trim();
  if (editor && terminal.interactive) {
    terminal.suspend();
    return inEditor(editor, guide);
  }
  for (const line of guide) terminal.note(line);
  terminal.note('Tulis, lalu akhiri dengan satu titik di baris sendiri. Ctrl+C membatalkan.');
  const lines: string[] = [];
  for (;;) {
    const line = await terminal.ask('│ ');
    if (line.trim() === '.') return lines.join('\n');
    lines.push(line);
  }
}

/** In memory where there is such a folder; the file is overwritten before it goes. */
function inEditor(editor: string, guide: readonly string[]): string {
  const folder = mkdtempSync(join(memoryFolder(), 'tanya-netral-'));
  const path = join(folder, 'jawaban.txt');
  try {
    writeFileSync(path, `\n${guide.map((line) => `# ${line}\n`).join('')}`, { mode: 0o600 });
    // an editor may come with its own arguments, as in "code --wait"
    const [program = '', ...args] = editor.split(/\s+/);
    const { status, error } = spawnSync(program, [...args, path], { stdio: 'inherit' });
    if (error !== undefined || status !== 0)
      throw new DeskError('failed', 'Editor tidak selesai dengan baik; tidak ada yang dikirim. Periksa EDITOR.');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, ' '.repeat(statSync(path).size));
    return text
      .split('\n')
      .filter((line) => !line.startsWith('# '))
      .join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const memoryFolder = (): string =>
  [process.env.XDG_RUNTIME_DIR, '/dev/shm'].find((folder) => folder !== undefined && existsSync(folder)) ?? tmpdir();
