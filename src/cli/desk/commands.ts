/** All commands of the desk. */
import { DeskError } from '../../desk/errors.ts';
import { answer, note } from './answer.ts';
import { auditShow, auditVerify } from './audit.ts';
import { type Command, helpOf, parseLine } from './command.ts';
import { exportCase, handOn } from './export.ts';
import { grant } from './grant.ts';
import { inbox } from './inbox.ts';
import { officerAdmit, officerList, officerRetire } from './officer.ts';
import { officerFromBrowser } from './officer-from-browser.ts';
import { officerAdd, officerMake, officerPassphrase, officerRecipient } from './officer-identity.ts';
import { recover } from './recover.ts';
import type { DeskSession } from './session.ts';
import { show } from './show.ts';
import { close, hold, release, status } from './status.ts';

const GROUPS: ReadonlyArray<readonly [title: string, commands: readonly Command[]]> = [
  ['Kasus', [inbox, show, answer, note, status, handOn, close, exportCase, hold, release, grant]],
  [
    'Petugas',
    [
      officerAdd,
      officerMake,
      officerAdmit,
      officerList,
      officerRetire,
      officerRecipient,
      officerPassphrase,
      officerFromBrowser,
      recover,
    ],
  ],
  ['Audit', [auditVerify, auditShow]],
];

export const COMMANDS = GROUPS.flatMap(([, commands]) => commands);

/** What is there, for `--help` and `bantuan`. */
export function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'Meja petugas Tanya Netral. Isi laporan dibuka di mesin ini saja.',
    '',
    'Pemakaian: npm run desk                      membuka meja: sekali frasa sandi, terkunci sendiri bila ditinggal',
    '           npm run desk -- <perintah> ...    satu perintah',
    '           npm run desk -- <perintah> --help',
    ...GROUPS.flatMap(([title, commands]) => [
      '',
      title,
      ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    ]),
    '',
    'Kasus disebut dengan nama sandinya (dua kata) atau nomornya. --lock-after MENIT mengatur kapan meja terkunci (10).',
  ].join('\n');
}

/** Finds the command of a line and runs it. Throws `DeskError` and what the store throws. */
export async function runLine(session: DeskSession, line: readonly string[]): Promise<void> {
  const command = COMMANDS.find(({ name }) => name === line.slice(0, name.split(' ').length).join(' '));
  if (command === undefined) throw unknown(line);
  const { words, values } = parseLine(command, line.slice(command.name.split(' ').length));
  if (values.help === true) {
    session.terminal.print(helpOf(command));
    return;
  }
  session.use(values);
  await command.run(session, words, values);
}

function unknown(line: readonly string[]): DeskError {
  const within = COMMANDS.filter(({ name }) => name.startsWith(`${line[0]} `)).map(({ name }) => name);
  return new DeskError(
    'usage',
    within.length > 0
      ? `Perintah "${line.join(' ')}" tidak ada. Yang ada: ${within.join(', ')}.`
      : `Perintah "${line[0] ?? ''}" tidak ada. Semua perintah: npm run desk -- --help`,
  );
}
