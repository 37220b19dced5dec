/** Settings of the reports: what an operator reads who got them wrong. */
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.ts';
import { makeKeyPairFast } from '../../src/reports/native-keys.ts';

const TOKEN = '123456789:AAExampleExampleExampleExampleExamp';
const MAIL = {
  SMTP_URL: 'smtps://tanya:rahasia@mail.contoh.go.id:465',
  SMTP_FROM: 'tanya@contoh.go.id',
  DESK_EMAIL: 'rina@contoh.go.id, budi@contoh.go.id',
};

function mistakes(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

test('all of them set', () => {
  const { recipient } = makeKeyPairFast();
  const { reports } = readConfig({
    ...MAIL,
    TELEGRAM_BOT_TOKEN: TOKEN,
    REPORT_ESCROW_RECIPIENT: recipient,
    REPORT_RETENTION_DAYS: '30',
    REPORT_OPEN_DAYS: '365',
    REPORT_STORAGE_MB: '500',
    PUBLIC_URL: 'https://tanya.contoh.go.id/asn/',
    DESK_TELEGRAM_CHAT: '-1001234567890',
  });
  expect(reports).toEqual({
    escrow: recipient,
    retentionDays: 30,
    openDays: 365,
    storageBytes: 500_000_000,
    publicUrl: 'https://tanya.contoh.go.id/asn',
    notices: {
      telegramChat: '-1001234567890',
      mail: { url: MAIL.SMTP_URL, from: 'tanya@contoh.go.id', to: ['rina@contoh.go.id', 'budi@contoh.go.id'] },
    },
  });
});

describe('the only mistake names the setting and the repair', () => {
  test.each([
    [
      'an escrow key of another kind',
      { REPORT_ESCROW_RECIPIENT: 'age1abc' },
      'REPORT_ESCROW_RECIPIENT',
      'officer make',
    ],
    ['a secret in its place', { REPORT_ESCROW_RECIPIENT: 'AGE-SECRET-KEY-PQ-1QQ' }, 'secret key', 'make a new key'],
    ['no days', { REPORT_RETENTION_DAYS: '0' }, 'REPORT_RETENTION_DAYS', '1 to 3650'],
    ['days in words', { REPORT_RETENTION_DAYS: 'sembilan' }, 'REPORT_RETENTION_DAYS', '1 to 3650'],
    ['no time for the warning', { REPORT_OPEN_DAYS: '59' }, 'REPORT_OPEN_DAYS', '60 to 3650'],
    ['no room', { REPORT_STORAGE_MB: '0.5' }, 'REPORT_STORAGE_MB', 'whole number'],
    ['http for everybody', { PUBLIC_URL: 'http://tanya.contoh.go.id' }, 'PUBLIC_URL', 'https://tanya.example.go.id'],
    ['a password for everybody', { PUBLIC_URL: 'https://a:b@contoh.go.id' }, 'PUBLIC_URL', 'without user'],
    ['a group without a bot', { DESK_TELEGRAM_CHAT: '-100123' }, 'DESK_TELEGRAM_CHAT', 'set the token'],
    [
      'a group by its title',
      { DESK_TELEGRAM_CHAT: 'Meja Petugas', TELEGRAM_BOT_TOKEN: TOKEN },
      'DESK_TELEGRAM_CHAT',
      '-1001234567890',
    ],
    ['mail without a server', { DESK_EMAIL: 'a@b.id', SMTP_FROM: 'a@b.id' }, 'DESK_EMAIL', 'mail server'],
    ['mail without a sender', { DESK_EMAIL: 'a@b.id', SMTP_URL: MAIL.SMTP_URL }, 'SMTP_FROM', 'sender'],
    ['a web server for mail', { ...MAIL, SMTP_URL: 'https://mail.contoh.go.id' }, 'SMTP_URL', 'smtps://'],
    ['a mail password with a bare %', { ...MAIL, SMTP_URL: 'smtp://a:100%@b.id' }, 'SMTP_URL', 'percent-encoded'],
    ['an address with a blank', { ...MAIL, DESK_EMAIL: 'rina contoh' }, 'DESK_EMAIL', 'commas'],
    ['two senders', { ...MAIL, SMTP_FROM: 'a@b.id, c@d.id' }, 'SMTP_FROM', 'one e-mail address'],
  ])('%s', (_what, env, name, repair) => {
    const found = mistakes(env);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
    expect(found[0]).toContain(repair);
  });
});

test('a web door on this machine needs no https', () => {
  expect(readConfig({ PUBLIC_URL: 'http://localhost:8080' }).reports.publicUrl).toBe('http://localhost:8080');
});

test('a secret is never told, also where it stands in the wrong place', () => {
  const told = mistakes({ REPORT_ESCROW_RECIPIENT: 'AGE-SECRET-KEY-PQ-1GEHEIM', SMTP_URL: 'ftp://a:geheim@b' }).join();
  expect(told).toContain('SMTP_URL');
  expect(told.toLowerCase()).not.toContain('geheim');
});
