/**
 * Backup and restore of the reports: one file for both databases, so that a service may also move from one to the other. Gzip'd lines of
 * JSON: a header, a line for each row, and at the end the SHA-256 of all lines before.
 *
 * What is in it is as it lies in the database: sealed to the officers, who must keep their own keys. The server's key is not in it: it
 * opens no report, and whoever has both could do more than with either.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type BackedUp, backupRows, isEmpty, isRecord, readRow, restoreRow, writeRow } from './backup-rows.ts';
import { codeOf } from './code-of.ts';
import type { Database } from './database.ts';
import { MIGRATION_NAMES } from './migrations.ts';
import { inOneChange } from './reports/change.ts';

/** Rows of each table. */
export type BackupCounts = Readonly<Partial<Record<BackedUp, number>>>;

/** Thrown where a backup cannot be made or restored; the message says why and what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}

const FORMAT = 'tanya-netral-backup';
const VERSION = 1;
/** Ciphertext does not get smaller than base64 made it larger, which the fastest level manages too. */
const LEVEL = 1;
/** Bytes that are unpacked at once. */
const CHUNK = 1024 * 1024;
const LINE_END = 0x0a;

/** Writes a backup to a new file (owner-readable only), as of one moment. Throws {@link BackupError}, also where the file is there already. */
export async function backupTo(database: Database, path: string): Promise<BackupCounts> {
  const counts: Partial<Record<BackedUp, number>> = {};
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'wx', 0o600);
    // it is on the disk when the stream is closed
    const out = file.createWriteStream({ flush: true });
    await database
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => pipeline(Readable.from(lines(trx, counts)), createGzip({ level: LEVEL }), out));
    return counts;
  } catch (error) {
    if (file) await rm(path, { force: true });
    throw new BackupError(
      codeOf(error) === 'EEXIST'
        ? `${path} is there already; choose another name`
        : `the backup to ${path} failed (${codeOf(error)}); check the disk and the database`,
    );
  } finally {
    await file?.close();
  }
}

async function* lines(trx: Database, counts: Partial<Record<BackedUp, number>>): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const line = (text: string): string => {
    hash.update(`${text}\n`);
    return `${text}\n`;
  };
  yield line(JSON.stringify({ format: FORMAT, version: VERSION, migrations: MIGRATION_NAMES }));
  for await (const row of backupRows(trx)) {
    counts[row.table] = (counts[row.table] ?? 0) + 1;
    yield line(writeRow(row));
  }
  yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
}

/** Restores into a database that has no officers, cases and audit entries yet, all or nothing. Throws {@link BackupError}. */
export async function restoreFrom(database: Database, path: string, now = Date.now()): Promise<BackupCounts> {
  try {
    return await inOneChange(database, async ({ trx, audit }) => {
      if (!(await isEmpty(trx)))
        throw new BackupError(
          'this database is in use; a backup is only restored into an empty one (another DATA_DIR)',
        );
      const counts: Partial<Record<BackedUp, number>> = {};
      for await (const line of verified(path)) {
        const row = readRow(line);
        if (!row) throw damaged(path);
        counts[row.table] = (counts[row.table] ?? 0) + 1;
        await restoreRow(trx, row);
      }
      const at = `${new Date(now).toISOString().slice(0, 19)}Z`;
      audit({ at, actor: 'server', event: 'restored', detail: `${counts.cases ?? 0} cases` });
      return counts;
    });
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError(
      codeOf(error) === 'ENOENT'
        ? `${path} is not there`
        : `${path} cannot be restored (${codeOf(error)}); nothing was changed`,
    );
  }
}

const damaged = (path: string): BackupError =>
  new BackupError(`${path} is damaged or no backup; nothing was changed, try an older one`);

/** The lines of the rows. Throws after the last one where a line was changed or the file was cut. */
async function* verified(path: string): AsyncGenerator<unknown> {
  const hash = createHash('sha256');
  let checksum: unknown;
  let isFirst = true;
  for await (const text of textLines(path)) {
    const line = parse(text);
    if (checksum !== undefined || !isRecord(line)) throw damaged(path);
    if (typeof line.sha256 === 'string') {
      checksum = line.sha256;
      continue;
    }
    hash.update(`${text}\n`);
    if (isFirst) checkHeader(line, path);
    else yield line;
    isFirst = false;
  }
  if (checksum !== hash.digest('hex')) throw damaged(path);
}

/** The file's lines. Throws the error of the file or of what is packed in it. */
async function* textLines(path: string): AsyncGenerator<string> {
  const unpacked = createGunzip({ chunkSize: CHUNK });
  const flowing = pipeline(createReadStream(path), unpacked);
  // told by the reading below; here it is only kept from being nobody's
  flowing.catch(() => {});
  let parts: Buffer[] = [];
  for await (const chunk of unpacked as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString();
      parts = [];
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield Buffer.concat(parts).toString();
}

function checkHeader(header: Record<string, unknown>, path: string): void {
  const { migrations } = header;
  if (header.format !== FORMAT || !Array.isArray(migrations)) throw damaged(path);
  if (header.version !== VERSION || migrations.some((name) => !MIGRATION_NAMES.includes(name)))
    throw new BackupError(`${path} was made by a newer version; restore it with that one`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
