/** Settings: what an operator reads who got them wrong. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { ConfigError, cacheFolder, loadEnvFile, readConfig, SETTINGS, settingsHelp } from '../../src/config.ts';
import { PROJECT } from '../support/run-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const TOKEN = '123456789:AAExampleExampleExampleExampleExamp';
const SECRET = 'a-secret-of-the-webhook';

/** The mistakes of an environment. */
function mistakes(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe('settings that are right', () => {
  test('nothing set: the defaults, Telegram off, listening only on this machine', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      trustedProxies: ['loopback'],
      dataDir: resolve('./data'),
      knowledgeDir: undefined,
      logLevel: 'info',
      telegram: undefined,
      reports: { retentionDays: 90, openDays: 730, storageBytes: 2_000_000_000, notices: {} },
    });
  });

  test('an empty or blank value is no value', () => {
    expect(
      readConfig({ PORT: '', HOST: '  ', DATA_DIR: '', LOG_LEVEL: ' ', TELEGRAM_BOT_TOKEN: '', KNOWLEDGE_DIR: '' }),
    ).toEqual(readConfig({}));
  });

  test('a token alone switches on polling; with URL and secret the webhook', () => {
    expect(readConfig({ TELEGRAM_BOT_TOKEN: TOKEN }).telegram).toEqual({
      token: TOKEN,
      apiRoot: 'https://api.telegram.org',
      webhook: undefined,
    });
    const { telegram } = readConfig({
      TELEGRAM_BOT_TOKEN: ` ${TOKEN} `,
      TELEGRAM_WEBHOOK_URL: 'https://bot.example.go.id',
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    });
    expect(telegram?.token).toBe(TOKEN);
    expect(telegram?.webhook).toEqual({ url: new URL('https://bot.example.go.id'), secret: SECRET });
  });

  test.each(['postgres', 'postgresql'])('%s:// is the database', (scheme) => {
    const url = `${scheme}://me:a%40b@db.example.go.id:5433/tanya?sslmode=verify-full`;
    expect(readConfig({ DATABASE_URL: ` ${url} ` }).databaseUrl).toBe(url);
  });

  test('proxies are names, addresses and networks', () => {
    const { trustedProxies } = readConfig({
      TRUSTED_PROXIES: 'loopback, uniquelocal,10.1.2.3 ,10.0.0.0/8,2001:db8::/32',
    });
    expect(trustedProxies).toEqual(['loopback', 'uniquelocal', '10.1.2.3', '10.0.0.0/8', '2001:db8::/32']);
    for (const wrong of ['nginx', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0', 'loopback;10.1.2.3', '10.0.0.0/'])
      expect(mistakes({ TRUSTED_PROXIES: wrong })).toEqual([expect.stringContaining(`"${wrong}" is none`)]);
  });

  test('PORT may be 0 for a free one', () => {
    expect(readConfig({ PORT: '0' }).port).toBe(0);
  });
});

describe('settings that are wrong', () => {
  test.each([
    ['PORT', { PORT: '80a' }, 'PORT', '0 to 65535'],
    ['PORT too large', { PORT: '65536' }, 'PORT', '0 to 65535'],
    ['PORT below zero', { PORT: '-1' }, 'PORT', '0 to 65535'],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL', 'trace, debug, info'],
    ['a token', { TELEGRAM_BOT_TOKEN: 'my-bot' }, 'TELEGRAM_BOT_TOKEN', '@BotFather'],
    ['an API root', { TELEGRAM_API_ROOT: 'api.telegram.org' }, 'TELEGRAM_API_ROOT', 'https://api.telegram.org'],
    [
      'a webhook without a token',
      { TELEGRAM_WEBHOOK_URL: 'https://a.go.id', TELEGRAM_WEBHOOK_SECRET: SECRET },
      'TELEGRAM_WEBHOOK_URL',
      'set the token',
    ],
    [
      'a webhook without a secret',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://a.go.id' },
      'TELEGRAM_WEBHOOK_SECRET',
      'openssl rand',
    ],
    [
      'a short secret',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'https://a.go.id', TELEGRAM_WEBHOOK_SECRET: 'short' },
      'TELEGRAM_WEBHOOK_SECRET',
      '16 to 256',
    ],
    [
      'a webhook that is no URL',
      { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_WEBHOOK_URL: 'bot', TELEGRAM_WEBHOOK_SECRET: SECRET },
      'TELEGRAM_WEBHOOK_URL',
      'https://bot.example.go.id',
    ],
    ['a database of another kind', { DATABASE_URL: 'mysql://a:b@c/d' }, 'DATABASE_URL', 'postgres://user:password@'],
    ['a database without a name', { DATABASE_URL: 'postgres://a:b@c' }, 'DATABASE_URL', 'postgres://user:password@'],
    ['a password with a #', { DATABASE_URL: 'postgres://a:x#y@c/d' }, 'DATABASE_URL', 'percent-encoded'],
    ['a password with a bare %', { DATABASE_URL: 'postgres://a:100%@c/d' }, 'DATABASE_URL', 'percent-encoded'],
    ['a rule base that is not there', { KNOWLEDGE_DIR: '/nowhere' }, 'KNOWLEDGE_DIR', 'copy of knowledge/'],
  ])('%s: the only mistake names the setting and the repair', (_what, env, name, repair) => {
    const found = mistakes(env);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(name);
    expect(found[0]).toContain(repair);
  });

  test('are told all at once', () => {
    const env = {
      PORT: 'x',
      LOG_LEVEL: 'y',
      TELEGRAM_BOT_TOKEN: 'z',
      TELEGRAM_API_ROOT: 'q',
      TELEGRAM_WEBHOOK_URL: 'w',
      KNOWLEDGE_DIR: '/nowhere',
    };
    expect(mistakes(env)).toHaveLength(7);
    expect(() => readConfig(env)).toThrow(/7 mistake\(s\)(?:.|\n)*PORT(?:.|\n)*KNOWLEDGE_DIR(?:.|\n)*--help/);
  });

  test('never tell the value of a secret', () => {
    const secrets = SETTINGS.filter((setting) => 'secret' in setting && setting.secret).map(({ name }) => name);
    expect(secrets).toEqual([
      'DATABASE_URL',
      'TELEGRAM_BOT_TOKEN',
      'TELEGRAM_WEBHOOK_SECRET',
      'WHATSAPP_CLOUD_TOKEN',
      'WHATSAPP_CLOUD_APP_SECRET',
      'WHATSAPP_CLOUD_VERIFY_TOKEN',
      'SMTP_URL',
    ]);
    const value = fc.stringMatching(/^[A-Z]{12}[!-~]{0,20}$/);
    fc.assert(
      fc.property(fc.array(value, { minLength: secrets.length, maxLength: secrets.length }), (values) => {
        const env = Object.fromEntries(secrets.map((name, i) => [name, values[i] ?? '']));
        const told = mistakes({ ...env, TELEGRAM_WEBHOOK_URL: 'x', PORT: 'x' }).join('\n');
        expect(told).toContain('DATABASE_URL');
        for (const text of values) expect(told).not.toContain(text);
      }),
    );
  });
});

describe('.env', () => {
  const before = { ...process.env };
  afterEach(() => {
    for (const { name } of SETTINGS) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test('is read, and what the environment already has stays', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '.env'), '# the office\nPORT=9191\nHOST="0.0.0.0"\nLOG_LEVEL=debug\n');
    process.env.PORT = '7070';
    delete process.env.HOST;
    delete process.env.LOG_LEVEL;
    loadEnvFile(folder);
    expect(readConfig(process.env)).toMatchObject({ port: 7070, host: '0.0.0.0', logLevel: 'debug' });
  });

  test('need not be there', () => {
    expect(() => loadEnvFile(tempFolder())).not.toThrow();
  });
});

test('the help lists every setting with its default, and the program reads no other', () => {
  const help = settingsHelp();
  for (const setting of SETTINGS) {
    const line = help.split('\n').find((text) => text.trim().startsWith(`${setting.name} `));
    expect(line).toContain(setting.help);
    if (setting.default !== undefined) expect(line).toContain(`(default ${setting.default})`);
  }
  const read = readFileSync(join(PROJECT, 'src/config.ts'), 'utf8').matchAll(/value\('([A-Z_]+)'\)/g);
  for (const [, name] of read) expect(SETTINGS.map((setting) => setting.name as string)).toContain(name);
});

test('trained models lie in the data folder', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'models'));
  expect(cacheFolder({ DATA_DIR: folder })).toBe(join(folder, 'models'));
  expect(cacheFolder({ DATA_DIR: ' ' })).toBe(resolve('data/models'));
});
