import { expect, test } from 'vitest';
import { readWhatsAppConfig, WHATSAPP_SETTINGS } from '../../../src/channels/whatsapp/config.ts';

function read(env: Record<string, string>) {
  const mistakes: string[] = [];
  const defaults = new Map<string, string | undefined>(
    WHATSAPP_SETTINGS.map((setting) => [setting.name, setting.default]),
  );
  return { config: readWhatsAppConfig((name) => env[name] ?? defaults.get(name), mistakes), mistakes };
}

test('off until it is switched on', () => {
  expect(read({})).toEqual({ config: undefined, mistakes: [] });
  expect(read({ WHATSAPP_ENABLED: 'false', WHATSAPP_PAIRING_NUMBER: '6281234567890' }).config).toBeUndefined();
});

test('everything that can be set', () => {
  expect(read({ WHATSAPP_ENABLED: 'true' }).config).toEqual({
    mediaHosts: ['mmg.whatsapp.net', '*.whatsapp.net'],
    paceMs: 1000,
  });
  const env = {
    WHATSAPP_ENABLED: 'true',
    WHATSAPP_PAIRING_NUMBER: '+62 812-3456-7890',
    WHATSAPP_WEB_SOCKET_URL: 'ws://127.0.0.1:1/ws/chat',
    WHATSAPP_MEDIA_HOSTS: '127.0.0.1:99, *.whatsapp.net',
    WHATSAPP_VERSION: '2.3000.1043857760',
    WHATSAPP_PACE_MS: '0',
  };
  expect(read(env)).toEqual({
    config: {
      pairingNumber: '6281234567890',
      webSocketUrl: 'ws://127.0.0.1:1/ws/chat',
      mediaHosts: ['127.0.0.1:99', '*.whatsapp.net'],
      version: [2, 3000, 1043857760],
      paceMs: 0,
    },
    mistakes: [],
  });
});

test.each([
  ['WHATSAPP_ENABLED', 'yes'],
  ['WHATSAPP_PAIRING_NUMBER', '0812'],
  ['WHATSAPP_PAIRING_NUMBER', 'abc'],
  ['WHATSAPP_WEB_SOCKET_URL', 'https://web.whatsapp.com'],
  ['WHATSAPP_MEDIA_HOSTS', 'https://mmg.whatsapp.net/'],
  ['WHATSAPP_MEDIA_HOSTS', '*'],
  ['WHATSAPP_VERSION', '2.3000'],
  ['WHATSAPP_PACE_MS', '-1'],
  ['WHATSAPP_PACE_MS', 'fast'],
])('%s=%s is one mistake, with its repair', (name, value) => {
  const { mistakes } = read({ WHATSAPP_ENABLED: 'true', [name]: value });
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(name);
});
