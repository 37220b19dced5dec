/** `npm run backup -- FILE`: the reports, with officers and the audit chain, as one file that either kind of database takes back. */
import { join, resolve } from 'node:path';
import { loadEnvFile, readConfig } from '../config.ts';
import { BackupError, backupTo } from '../store/backup.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { commandLine } from './arguments.ts';
import { countsText, existingSqlite, isInside } from './backup-words.ts';
import { explainStartError } from './banner.ts';

const USAGE = 'npm run backup -- FILE';
const { values, positionals } = commandLine(
  { options: { help: { type: 'boolean', short: 'h', default: false } }, allowPositionals: true },
  USAGE,
);
const [file, ...more] = positionals;
if (values.help || file === undefined || more.length > 0) {
  console.error(
    `usage: ${USAGE}\n\nWrites all reports (sealed as they are), officers' public keys and the audit chain to a new file. The service may run meanwhile.`,
  );
  process.exit(values.help ? 0 : 2);
}

let database: Database | undefined;
try {
  loadEnvFile();
  const config = readConfig(process.env);
  existingSqlite(config);
  database = await openDatabase({ folder: config.dataDir, url: config.databaseUrl });
  const path = resolve(file);
  const counts = await backupTo(database, path);
  console.log(`${path} written: ${countsText(counts)}.

It opens no report by itself. Keep with it, but not in the same place:
  - officers' identity files (~/.config/tanya-netral/*.age on their machines) and their passphrases: without them, nobody
    ever reads a report again;
  - the secret half of REPORT_ESCROW_RECIPIENT, where you have set one;
  - ${join(config.dataDir, 'server.key')}: without it, questions that wait for an answer cannot be answered into their chats.
Cases that were deleted since stay in old backups: delete backups that are older than REPORT_RETENTION_DAYS (${config.reports.retentionDays}).`);
  if (isInside(path, config.dataDir))
    console.error(
      `\nWarning: the backup lies in DATA_DIR itself; a broken disk takes both. Copy it to another machine.`,
    );
} catch (error) {
  if (!(error instanceof BackupError)) explainStartError(error);
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await database?.destroy();
}
