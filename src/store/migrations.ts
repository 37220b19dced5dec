import type { Migration, MigrationProvider } from 'kysely/migration';
import { conversations } from './migrations/001-conversations.ts';
import { whatsapp } from './migrations/002-whatsapp.ts';
import { whatsappCloud } from './migrations/003-whatsapp-cloud.ts';
import { reports } from './migrations/004-reports.ts';
import { desk } from './migrations/005-desk.ts';
import { insights } from './migrations/006-insights.ts';

/** Migrations in order; the name is never changed once it has been on `main`. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-conversations': conversations,
  '002-whatsapp': whatsapp,
  '003-whatsapp-cloud': whatsappCloud,
  '004-reports': reports,
  '005-desk': desk,
  '006-insights': insights,
};

/** What a backup says it was made with. */
export const MIGRATION_NAMES: readonly string[] = Object.keys(MIGRATIONS);

export const migrations: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };
