import { expect, test } from 'vitest';
import { readWhatsAppCloudConfig, WHATSAPP_CLOUD_SETTINGS } from '../../../src/channels/whatsapp-cloud/config.ts';

const GOOD = {
  WHATSAPP_CLOUD_TOKEN: 'EAAtoken0123456789abcdef',
  WHATSAPP_CLOUD_PHONE_ID: '106540352242922',
  WHATSAPP_CLOUD_APP_SECRET: '0123456789abcdef0123456789abcdef',
  WHATSAPP_CLOUD_VERIFY_TOKEN: 'kata-verifikasi-0123',
};

function read(env: Readonly<Record<string, string | undefined>>) {
  const mistakes: string[] = [];
  const config = readWhatsAppCloudConfig(
    (name) => env[name] ?? WHATSAPP_CLOUD_SETTINGS.find((setting) => setting.name === name)?.default,
    mistakes,
  );
  return { config, mistakes };
}

test('off without any setting', () => {
  expect(read({})).toEqual({ config: undefined, mistakes: [] });
});

test('on with all of them, with the default Graph API', () => {
  expect(read(GOOD)).toEqual({
    config: {
      token: GOOD.WHATSAPP_CLOUD_TOKEN,
      phoneId: GOOD.WHATSAPP_CLOUD_PHONE_ID,
      appSecret: GOOD.WHATSAPP_CLOUD_APP_SECRET,
      verifyToken: GOOD.WHATSAPP_CLOUD_VERIFY_TOKEN,
      graphUrl: 'https://graph.facebook.com/v23.0',
    },
    mistakes: [],
  });
  expect(read({ ...GOOD, WHATSAPP_GRAPH_URL: 'http://127.0.0.1:1/v24.0//' }).config?.graphUrl).toBe(
    'http://127.0.0.1:1/v24.0',
  );
});

test('a token alone: every missing setting is told at once, with its repair', () => {
  const { mistakes } = read({ WHATSAPP_CLOUD_TOKEN: GOOD.WHATSAPP_CLOUD_TOKEN });
  expect(mistakes).toHaveLength(3);
  expect(mistakes.join('\n')).toMatch(/PHONE_ID is required.*API Setup[\s\S]*APP_SECRET is required.*App secret/);
  expect(mistakes.join('\n')).toMatch(/VERIFY_TOKEN is required.*openssl rand/);
});

test.each(Object.keys(GOOD).slice(1))('%s without the token is a mistake', (name) => {
  expect(read({ [name]: GOOD[name as keyof typeof GOOD] }).mistakes).toEqual([
    `${name} is set without WHATSAPP_CLOUD_TOKEN; set the token too, or leave both out`,
  ]);
});

test('wrong values are named, never shown', () => {
  const wrong = {
    WHATSAPP_CLOUD_TOKEN: 'nilai rahasia yang panjang sekali',
    WHATSAPP_CLOUD_PHONE_ID: '+62 812 nilai',
    WHATSAPP_CLOUD_APP_SECRET: 'nilai-pendek',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'nilai',
    WHATSAPP_GRAPH_URL: 'ftp://nilai',
  };
  const { mistakes } = read(wrong);
  expect(mistakes).toHaveLength(5);
  for (const name of Object.keys(wrong)) expect(mistakes.some((mistake) => mistake.startsWith(name))).toBe(true);
  expect(mistakes.join('\n')).not.toContain('nilai');
});
