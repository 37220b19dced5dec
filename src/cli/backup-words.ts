import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Config } from '../config.ts';
import type { BackupCounts } from '../store/backup.ts';
import { BackupError } from '../store/backup.ts';

/** `3 cases, 12 entries, 2 officers`; tables without rows are left out. */
export function countsText(counts: BackupCounts): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => `${count} ${table.replaceAll('_', ' ')}`);
  return parts.length === 0 ? 'no rows' : parts.join(', ');
}

/** An empty backup of a mistyped folder would look like a good one. Throws {@link BackupError}. */
export function existingSqlite({ dataDir, databaseUrl }: Config): void {
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'tanya-netral.db')))
    throw new BackupError(`there is no database in ${dataDir}; set DATA_DIR or DATABASE_URL as for the service`);
}

/** Both paths absolute. */
export const isInside = (path: string, folder: string): boolean => !relative(folder, path).startsWith('..');
