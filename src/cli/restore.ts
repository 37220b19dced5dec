/** `npm run restore -- FILE`: puts a backup into a database without reports, of either kind. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadEnvFile, readConfig } from '../config.ts';
import { BackupError, restoreFrom } from '../store/backup.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { commandLine } from './arguments.ts';
import { countsText } from './backup-words.ts';
import { explainStartError } from './banner.ts';

const USAGE = 'npm run restore -- FILE';
const { values, positionals } = commandLine(
  { options: { help: { type: 'boolean', short: 'h', default: false } }, allowPositionals: true },
  USAGE,
);
const [file, ...more] = positionals;
if (values.help || file === undefined || more.length > 0) {
  console.error(
    `usage: ${USAGE}\n\nRestores into the database of DATA_DIR or DATABASE_URL, which must not have officers or reports yet: all or nothing.\nStop the service first.`,
  );
  process.exit(values.help ? 0 : 2);
}

let database: Database | undefined;
try {
  loadEnvFile();
  const config = readConfig(process.env);
  const path = resolve(file);
  if (!existsSync(path)) throw new BackupError(`${path} is not there; give the file that npm run backup has written`);
  database = await openDatabase({ folder: config.dataDir, url: config.databaseUrl });
  const counts = await restoreFrom(database, path);
  console.log(`restored from ${path}: ${countsText(counts)}.

Now:
  - npm run desk -- audit verify      the chain is whole, and ends where the noted head says (--head)
  - npm run desk -- inbox             an officer opens a case with their own identity file`);
  if (!existsSync(join(config.dataDir, 'server.key')))
    console.log(
      `  - put the old server.key into ${config.dataDir} before the service starts: a new one is made otherwise, and questions that
    wait for an answer cannot be answered into their chats`,
    );
} catch (error) {
  if (!(error instanceof BackupError)) explainStartError(error);
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await database?.destroy();
}
