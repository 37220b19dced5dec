/**
 * Settings from the environment, and from a `.env` file in the working directory. Read once at the start; every mistake is told at
 * once, each with its repair. `SETTINGS` is the one list: the help text, the checks and the documentation come from it.
 */
import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { readWhatsAppConfig, WHATSAPP_SETTINGS, type WhatsAppConfig } from './channels/whatsapp/config.ts';
import {
  readWhatsAppCloudConfig,
  WHATSAPP_CLOUD_SETTINGS,
  type WhatsAppCloudConfig,
} from './channels/whatsapp-cloud/config.ts';
import { REPORTS_SETTINGS, type ReportsConfig, readReportsConfig } from './reports/config.ts';

interface Setting {
  readonly name: string;
  readonly default: string | undefined;
  readonly secret?: boolean;
  readonly help: string;
}

export const SETTINGS = [
  { name: 'HOST', default: '127.0.0.1', help: 'address the web server listens on; 0.0.0.0 for all' },
  { name: 'PORT', default: '8080', help: 'port of the web server; 0 takes a free one' },
  {
    name: 'TRUSTED_PROXIES',
    default: 'loopback',
    help: 'reverse proxies whose X-Forwarded-For is believed: loopback, linklocal, uniquelocal (private networks), addresses or networks, with commas',
  },
  {
    name: 'DATA_DIR',
    default: './data',
    help: 'folder for the database, the trained model and the key of the conversation states',
  },
  {
    name: 'DATABASE_URL',
    default: undefined,
    secret: true,
    help: 'PostgreSQL, such as postgres://user:password@host:5432/name; without it SQLite in DATA_DIR',
  },
  { name: 'KNOWLEDGE_DIR', default: undefined, help: "folder of the rule base; default: the program's own" },
  { name: 'LOG_LEVEL', default: 'info', help: 'trace, debug, info, warn, error or silent' },
  {
    name: 'TELEGRAM_BOT_TOKEN',
    default: undefined,
    secret: true,
    help: 'token from @BotFather; Telegram is off without it',
  },
  { name: 'TELEGRAM_API_ROOT', default: 'https://api.telegram.org', help: 'Bot API server, for a local one' },
  {
    name: 'TELEGRAM_WEBHOOK_URL',
    default: undefined,
    help: 'public https URL of this server; switches from polling to a webhook',
  },
  {
    name: 'TELEGRAM_WEBHOOK_SECRET',
    default: undefined,
    secret: true,
    help: 'required with TELEGRAM_WEBHOOK_URL: 16 to 256 of A-Z a-z 0-9 _ -',
  },
  ...WHATSAPP_SETTINGS,
  ...WHATSAPP_CLOUD_SETTINGS,
  ...REPORTS_SETTINGS,
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]['name'];
export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly host: string;
  readonly port: number;
  /** As Fastify's `trustProxy` takes them. */
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  /** Of PostgreSQL, with the password; SQLite in `dataDir` without it. */
  readonly databaseUrl: string | undefined;
  readonly knowledgeDir: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly telegram: TelegramConfig | undefined;
  readonly whatsapp: WhatsAppConfig | undefined;
  readonly whatsappCloud: WhatsAppCloudConfig | undefined;
  readonly reports: ReportsConfig;
}

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly webhook: { readonly url: URL; readonly secret: string } | undefined;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Thrown with every mistake in the settings; messages name the setting and the repair, never a secret's value. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(
      `the settings have ${mistakes.length} mistake(s):\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}\nRun with --help for all settings.`,
    );
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

/** Reads `.env` in the working directory, if there is one, without overriding what the environment already has. */
export function loadEnvFile(folder: string = process.cwd()): void {
  const path = join(folder, '.env');
  if (existsSync(path)) process.loadEnvFile(path);
}

/** Checks the whole environment. Throws {@link ConfigError}. */
export function readConfig(env: Environment): Config {
  const mistakes: string[] = [];
  const value = (name: SettingName): string | undefined => {
    const text = env[name]?.trim();
    return text === undefined || text === '' ? SETTINGS.find((setting) => setting.name === name)?.default : text;
  };
  const port = Number(value('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    mistakes.push('PORT must be a whole number from 0 to 65535, such as 8080');
  const logLevel = value('LOG_LEVEL') as Config['logLevel'];
  if (!LOG_LEVELS.includes(logLevel)) mistakes.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}`);
  const trustedProxies = (value('TRUSTED_PROXIES') as string).split(',').map((one) => one.trim());
  for (const one of trustedProxies)
    if (!isProxy(one))
      mistakes.push(
        `TRUSTED_PROXIES must name loopback, linklocal, uniquelocal, addresses or networks such as 10.0.0.0/8, with commas; "${one}" is none`,
      );
  const config: Config = {
    host: value('HOST') as string,
    port,
    trustedProxies,
    dataDir: resolve(value('DATA_DIR') as string),
    databaseUrl: value('DATABASE_URL'),
    knowledgeDir: value('KNOWLEDGE_DIR') === undefined ? undefined : resolve(value('KNOWLEDGE_DIR') as string),
    logLevel,
    telegram: readTelegram(value, mistakes),
    whatsapp: readWhatsAppConfig(value, mistakes),
    whatsappCloud: readWhatsAppCloudConfig(value, mistakes),
    reports: readReportsConfig(value, value('TELEGRAM_BOT_TOKEN') !== undefined, mistakes),
  };
  if (config.knowledgeDir !== undefined && !existsSync(join(config.knowledgeDir, 'rules')))
    mistakes.push(`KNOWLEDGE_DIR (${config.knowledgeDir}) has no folder "rules"; point it at a copy of knowledge/`);
  if (config.databaseUrl !== undefined && !isPostgres(config.databaseUrl))
    mistakes.push(
      'DATABASE_URL must look like postgres://user:password@host:5432/name; write @ : / ? # % in user and password percent-encoded, such as %40 for @',
    );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

function readTelegram(
  value: (name: SettingName) => string | undefined,
  mistakes: string[],
): TelegramConfig | undefined {
  const token = value('TELEGRAM_BOT_TOKEN');
  const webhookUrl = value('TELEGRAM_WEBHOOK_URL');
  const secret = value('TELEGRAM_WEBHOOK_SECRET');
  const apiRoot = value('TELEGRAM_API_ROOT') as string;
  if (!isHttp(apiRoot)) mistakes.push('TELEGRAM_API_ROOT must be an http(s) URL, such as https://api.telegram.org');
  if (token !== undefined && !/^\d{3,}:[\w-]{20,}$/.test(token))
    mistakes.push(
      'TELEGRAM_BOT_TOKEN does not look like a token; copy it from @BotFather (digits, a colon, about 35 letters)',
    );
  if (token === undefined && webhookUrl !== undefined)
    mistakes.push('TELEGRAM_WEBHOOK_URL is set without TELEGRAM_BOT_TOKEN; set the token too');
  let webhook: TelegramConfig['webhook'];
  if (webhookUrl !== undefined) {
    if (!isHttp(webhookUrl)) mistakes.push('TELEGRAM_WEBHOOK_URL must be a URL, such as https://bot.example.go.id');
    if (secret === undefined || !/^[\w-]{16,256}$/.test(secret))
      mistakes.push(
        'TELEGRAM_WEBHOOK_SECRET is required with TELEGRAM_WEBHOOK_URL: 16 to 256 of A-Z a-z 0-9 _ -; make one with: openssl rand -hex 32',
      );
    else if (isHttp(webhookUrl)) webhook = { url: new URL(webhookUrl), secret };
  }
  return token === undefined ? undefined : { token, apiRoot, webhook };
}

/** A name, an address, or a network: an address with the length of its prefix. */
function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...more] = text.split('/');
  const kind = isIP(address);
  const longest = kind === 4 ? 32 : 128;
  return kind !== 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest));
}

const isHttp = (text: string): boolean => {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
};

function isPostgres(text: string): boolean {
  try {
    const { protocol, hostname, pathname, username, password } = new URL(text);
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return ['postgres:', 'postgresql:'].includes(protocol) && hostname !== '' && pathname.length > 1;
  } catch {
    return false;
  }
}

/** The text of `--help`: every setting with its default. */
export function settingsHelp(): string {
  const width = Math.max(...SETTINGS.map(({ name }) => name.length));
  return SETTINGS.map(
    (setting: Setting) =>
      `  ${setting.name.padEnd(width)}  ${setting.help}${setting.default === undefined ? '' : ` (default ${setting.default})`}`,
  ).join('\n');
}

/** Where trained models are kept, for commands that need no other setting. */
export function cacheFolder(env: Environment = process.env): string {
  return resolve(env.DATA_DIR?.trim() || './data', 'models');
}
