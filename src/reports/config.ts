/** The settings of the reports and of the officers' notices, in the manner of src/config.ts, which joins them. */

export interface ReportsConfig {
  /** A further recipient of every case key, for when no officer can open a case any more: `age1pq1...`. */
  readonly escrow: string | undefined;
  /** Days that a closed case is kept. */
  readonly retentionDays: number;
  /** Days that an open case is kept after its last change. */
  readonly openDays: number;
  /** The most bytes that sealed reports may take up together. */
  readonly storageBytes: number;
  /** Where people reach the web door: an origin, and perhaps a path, without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly notices: NoticesConfig;
}

/** Where officers are told that something is new. Both, one or none. */
export interface NoticesConfig {
  /** Telegram's id or @name of the officers' group; needs the bot's token. */
  readonly telegramChat: string | undefined;
  readonly mail: MailConfig | undefined;
}

export interface MailConfig {
  /** `smtp(s)://user:password@host:port`, with the password. */
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
}

export const REPORTS_SETTINGS = [
  {
    name: 'REPORT_ESCROW_RECIPIENT',
    default: undefined,
    help: 'age1pq1... of a key in a safe: every case can be opened with it too; without it only officers open cases',
  },
  { name: 'REPORT_RETENTION_DAYS', default: '90', help: 'days that a closed case is kept, 1 to 3650' },
  {
    name: 'REPORT_OPEN_DAYS',
    default: '730',
    help: 'days after its last change that a case is kept which nobody closes, 60 to 3650; the desk shows it 30 days before',
  },
  { name: 'REPORT_STORAGE_MB', default: '2000', help: 'megabytes that all sealed reports may take up together' },
  {
    name: 'PUBLIC_URL',
    default: undefined,
    help: 'https URL under which people reach this server, told to those who want the web door',
  },
  {
    name: 'DESK_TELEGRAM_CHAT',
    default: undefined,
    help: "id of the officers' Telegram group, such as -1001234567890, for notices without content",
  },
  {
    name: 'DESK_EMAIL',
    default: undefined,
    help: "officers' e-mail addresses for the same notices, with commas between; needs SMTP_URL and SMTP_FROM",
  },
  {
    name: 'SMTP_URL',
    default: undefined,
    secret: true,
    help: 'mail server, such as smtps://user:password@mail.example.go.id:465',
  },
  { name: 'SMTP_FROM', default: undefined, help: 'sender of the notices, such as tanya-netral@example.go.id' },
] as const;

export type ReportsSettingName = (typeof REPORTS_SETTINGS)[number]['name'];

/** Text of a hybrid recipient: 1,216 bytes in bech32. Whether the key is sound is found where it is first used. */
const RECIPIENT = /^age1pq1[02-9ac-hj-np-z]{1952}$/;
const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;".]+(?:\.[^\s@<>,;".]+)*$/;

/** What is wrong is added to `mistakes`, each with its repair; never a secret's value. */
export function readReportsConfig(
  value: (name: ReportsSettingName) => string | undefined,
  hasTelegram: boolean,
  mistakes: string[],
): ReportsConfig {
  return {
    escrow: readEscrow(value('REPORT_ESCROW_RECIPIENT'), mistakes),
    retentionDays: readNumber('REPORT_RETENTION_DAYS', value, [1, 3650], mistakes),
    openDays: readNumber('REPORT_OPEN_DAYS', value, [60, 3650], mistakes),
    storageBytes: 1_000_000 * readNumber('REPORT_STORAGE_MB', value, [1, 10_000_000], mistakes),
    publicUrl: readPublicUrl(value('PUBLIC_URL'), mistakes),
    notices: {
      telegramChat: readChat(value('DESK_TELEGRAM_CHAT'), hasTelegram, mistakes),
      mail: readMail(value('SMTP_URL'), value('SMTP_FROM'), value('DESK_EMAIL'), mistakes),
    },
  };
}

function readEscrow(text: string | undefined, mistakes: string[]): string | undefined {
  if (text === undefined || RECIPIENT.test(text)) return text;
  mistakes.push(
    text.toUpperCase().startsWith('AGE-SECRET-KEY')
      ? 'REPORT_ESCROW_RECIPIENT holds a secret key; put the recipient there (age1pq1...), and make a new key: this one has been exposed'
      : 'REPORT_ESCROW_RECIPIENT must be one post-quantum age recipient (age1pq1..., 1,959 characters, whole); make one with: npm run desk -- officer make',
  );
  return undefined;
}

function readNumber(
  name: ReportsSettingName,
  value: (name: ReportsSettingName) => string | undefined,
  [least, most]: readonly [number, number],
  mistakes: string[],
): number {
  const number = Number(value(name));
  if (!Number.isInteger(number) || number < least || number > most)
    mistakes.push(`${name} must be a whole number from ${least} to ${most}`);
  return number;
}

function readPublicUrl(text: string | undefined, mistakes: string[]): string | undefined {
  if (text === undefined) return undefined;
  const url = asUrl(text);
  const here = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && here)) || url.search || url.hash)
    mistakes.push(
      'PUBLIC_URL must be an https URL without ? and #, such as https://tanya.example.go.id (http only for localhost)',
    );
  else if (url.username !== '' || url.password !== '')
    mistakes.push('PUBLIC_URL is told to everybody: write it without user and password');
  return text.replace(/\/+$/, '');
}

function readChat(text: string | undefined, hasTelegram: boolean, mistakes: string[]): string | undefined {
  if (text === undefined) return undefined;
  if (!/^(?:-?\d{1,20}|@[A-Za-z]\w{3,31})$/.test(text))
    mistakes.push('DESK_TELEGRAM_CHAT must be the id of a group, such as -1001234567890, or the @name of a channel');
  if (!hasTelegram) mistakes.push('DESK_TELEGRAM_CHAT is set without TELEGRAM_BOT_TOKEN; set the token too');
  return text;
}

function readMail(
  url: string | undefined,
  from: string | undefined,
  to: string | undefined,
  mistakes: string[],
): MailConfig | undefined {
  if (url !== undefined && !isSmtp(url))
    mistakes.push(
      'SMTP_URL must look like smtps://user:password@host:465 or smtp://host:587; write @ : / ? # % in user and password percent-encoded, such as %40 for @',
    );
  if (from !== undefined && !ADDRESS.test(from)) mistakes.push('SMTP_FROM must be one e-mail address');
  const addresses = (to ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  if (!addresses.every((address) => ADDRESS.test(address)))
    mistakes.push('DESK_EMAIL must be e-mail addresses with commas between');
  if (to !== undefined && url === undefined)
    mistakes.push('DESK_EMAIL is set without SMTP_URL; set the mail server too');
  if (to !== undefined && from === undefined) mistakes.push('DESK_EMAIL is set without SMTP_FROM; set the sender too');
  if (url === undefined || from === undefined || addresses.length === 0) return undefined;
  return { url, from, to: addresses };
}

function isSmtp(text: string): boolean {
  const url = asUrl(text);
  if (url === undefined || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return false;
  try {
    decodeURIComponent(url.username);
    decodeURIComponent(url.password);
    return true;
  } catch {
    return false;
  }
}

const asUrl = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};
