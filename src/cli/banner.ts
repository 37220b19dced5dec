/** What the service prints at its start, its help, and its errors: for a person at a terminal. */
import type { AddressInfo } from 'node:net';
import { inviteLink } from '../channels/web/desk/team-routes.ts';
import { type Config, ConfigError, settingsHelp } from '../config.ts';
import { KnowledgeError } from '../knowledge/problem.ts';
import type { LiveBrain } from '../learning/live.ts';
import { StoreError } from '../store/database.ts';

export const needsHelp = (argv: readonly string[]): boolean => argv.includes('--help') || argv.includes('-h');

export function printHelp(): void {
  console.log(`Tanya Netral: answers questions about the election neutrality of Indonesian civil servants.

usage: npm start            start the service
       npm run chat         talk to it in this terminal
       npm run ask -- "..." one question
       npm run check        check the rule base
       npm run eval         measure the answers
       npm run desk         the officers' desk in this terminal
       npm run backup -- <file>    copy the database; npm run restore -- <file> puts it back

Settings come from the environment or from a .env file in the working directory:

${settingsHelp()}`);
}

/** The web server's own address, where no public one is set. */
export function rootOf(config: Config, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const host = ['0.0.0.0', '::'].includes(config.host)
    ? 'localhost'
    : config.host.includes(':')
      ? `[${config.host}]`
      : config.host;
  return `http://${host}:${port}`;
}

/**
 * What runs, where, and how to go on.
 * @param firstLink token for the first admin of the desk; undefined where there is one
 */
export function banner(config: Config, root: string, live: LiveBrain, firstLink: string | undefined): string {
  const telegram = config.telegram
    ? config.telegram.webhook
      ? 'on (webhook)'
      : 'on (long polling)'
    : 'off; set TELEGRAM_BOT_TOKEN to switch it on';
  const baileys = config.whatsapp ? 'on (linked device); codes for linking appear here' : undefined;
  const cloud = config.whatsappCloud ? 'on (Cloud API)' : undefined;
  const whatsapp = [baileys, cloud].filter(Boolean).join('; ') || 'off; see the README: two ways to switch it on';
  return `
Tanya Netral is running.

  Web chat   ${root}/
  Tips       ${root}/lapor
  Desk       ${firstLink === undefined ? `${root}/desk` : `not set up; the first admin opens this link, once:\n             ${inviteLink(root, firstLink)}`}
  Telegram   ${telegram}
  WhatsApp   ${whatsapp}
  Rule base  ${live.current.knowledge.rules.size} rules${live.ready ? '' : '; still learning, answers are careful for half a minute'}
  Data       ${config.dataDir}
  Database   ${config.databaseUrl === undefined ? `SQLite in ${config.dataDir}` : 'PostgreSQL'}

  Try        npm run ask -- "boleh like postingan calon?"
  Settings   npm start -- --help      Stop  Ctrl+C
`;
}

/** Ends the process with a message that names the mistake and the repair; a stack only for what nobody foresaw. */
export function explainStartError(error: unknown): never {
  if (error instanceof ConfigError || error instanceof KnowledgeError || error instanceof StoreError)
    console.error(error.message);
  else if (isPortTaken(error))
    console.error(
      `port ${error.port} is already in use; stop the other program, or set PORT to another number (0 takes a free one)`,
    );
  else if (error instanceof Error && 'code' in error && UNUSABLE_ADDRESS.includes(String(error.code)))
    console.error(
      `cannot listen there (${String(error.code)}); set HOST and PORT to an address of this machine and a port above 1023`,
    );
  else console.error(error);
  process.exit(1);
}

const UNUSABLE_ADDRESS: readonly string[] = ['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'];

const isPortTaken = (error: unknown): error is Error & { port: number } =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EADDRINUSE' &&
  'port' in error &&
  typeof error.port === 'number';
