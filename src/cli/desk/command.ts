/** What a command of the desk is, and how its line is read. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { DeskError, EXIT } from '../../desk/errors.ts';
import type { DeskSession } from './session.ts';
import { textOf, type Values } from './values.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Command {
  /** As it is typed: `officer add`. */
  readonly name: string;
  /** What follows the name. */
  readonly usage: string;
  readonly summary: string;
  /** Longer explanations for `--help`. */
  readonly help: readonly string[];
  readonly options: Options;
  run(session: DeskSession, words: readonly string[], values: Values): Promise<void>;
}

/** Taken by every command. */
export const COMMON: Options = {
  identity: { type: 'string' },
  'passphrase-file': { type: 'string' },
  'passphrase-fd': { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
};

const COMMON_HELP = [
  '--identity BERKAS        berkas identitas Anda, atau foldernya (atau TANYA_NETRAL_IDENTITY)',
  '--passphrase-file BERKAS frasa sandi dari baris pertama berkas, untuk dijalankan tanpa orang',
  '--passphrase-fd NOMOR    frasa sandi dari file descriptor',
  '--yes                    jangan bertanya lagi',
];

/** Throws {@link DeskError} (`usage`). */
export function parseLine(command: Command, args: readonly string[]): { words: readonly string[]; values: Values } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
    });
    return { words: positionals, values: values as Values };
  } catch {
    throw new DeskError('usage', `Ada pilihan yang tidak dikenal atau tidak lengkap.\n${usageOf(command)}`);
  }
}

export const usageOf = (command: Command): string => `Pemakaian: ${command.name} ${command.usage}`.trimEnd();

export const helpOf = (command: Command): string =>
  [
    command.summary,
    '',
    usageOf(command),
    ...(command.help.length === 0 ? [] : ['', ...command.help]),
    '',
    'Untuk semua perintah:',
    ...COMMON_HELP.map((line) => `  ${line}`),
    '',
    `Status keluar: 0 berhasil, ${EXIT.failed} gagal, ${EXIT.usage} salah tulis, ${EXIT.locked} tidak terbuka, ${EXIT.missing} tidak ada, ${EXIT.stale} berubah sementara itu`,
  ].join('\n');

/** The value of an option that must be there. Throws {@link DeskError} (`usage`). */
export function required(command: Command, values: Values, name: string): string {
  const value = textOf(values, name);
  if (value === undefined) throw new DeskError('usage', `Perlu --${name}.\n${usageOf(command)}`);
  return value;
}

/** The words as the name of a case: `show kuda-biru`. Throws {@link DeskError} (`usage`). */
export function caseName(command: Command, words: readonly string[]): string {
  if (words.length === 0) throw new DeskError('usage', `Kasus yang mana?\n${usageOf(command)}`);
  return words.join(' ');
}
