/** The settings of the WhatsApp channel, in the manner of src/config.ts, which joins them. */

export interface WhatsAppConfig {
  /** Digits, country code first: pair by code instead of QR. */
  readonly pairingNumber?: string;
  /** Another server than WhatsApp's, for tests. */
  readonly webSocketUrl?: string;
  /** Where files may be fetched from: `host`, `host:port`, or `*.domain`. */
  readonly mediaHosts: readonly string[];
  /** The version of WhatsApp Web to claim; Baileys' own without it. */
  readonly version?: readonly [number, number, number];
  /** Pause before each message, in milliseconds, half of it more or less by chance. */
  readonly paceMs: number;
}

export const WHATSAPP_SETTINGS = [
  {
    name: 'WHATSAPP_ENABLED',
    default: 'false',
    help: 'true switches WhatsApp on; unofficial: WhatsApp may ban the number, so use one of its own',
  },
  {
    name: 'WHATSAPP_PAIRING_NUMBER',
    default: undefined,
    help: "the bot's own number, such as 6281234567890: pair by code; by QR without it",
  },
  { name: 'WHATSAPP_WEB_SOCKET_URL', default: undefined, help: "ws(s) URL to connect to; default: WhatsApp's own" },
  {
    name: 'WHATSAPP_MEDIA_HOSTS',
    default: 'mmg.whatsapp.net,*.whatsapp.net',
    help: 'hosts that files may be fetched from, with commas between: host, host:port or *.domain',
  },
  {
    name: 'WHATSAPP_VERSION',
    default: undefined,
    help: 'version of WhatsApp Web to claim, such as 2.3000.1043857760; set it when WhatsApp refuses the built-in one',
  },
  {
    name: 'WHATSAPP_PACE_MS',
    default: '1000',
    help: 'pause before each message sent, in milliseconds; shorter risks a ban',
  },
] as const;

export type WhatsAppSettingName = (typeof WHATSAPP_SETTINGS)[number]['name'];

const PACE_LIMIT = 60_000;

/** The channel's configuration, or undefined where it is off. What is wrong is added to `mistakes`, each with its repair. */
export function readWhatsAppConfig(
  value: (name: WhatsAppSettingName) => string | undefined,
  mistakes: string[],
): WhatsAppConfig | undefined {
  const enabled = value('WHATSAPP_ENABLED') ?? 'false';
  if (!['true', 'false'].includes(enabled)) mistakes.push('WHATSAPP_ENABLED must be true or false');
  const pairingNumber = value('WHATSAPP_PAIRING_NUMBER')?.replace(/^\+|[\s().-]/g, '');
  if (pairingNumber !== undefined && !/^[1-9]\d{7,14}$/.test(pairingNumber))
    mistakes.push(
      "WHATSAPP_PAIRING_NUMBER must be the bot's number with its country code, digits only, such as 6281234567890",
    );
  const webSocketUrl = value('WHATSAPP_WEB_SOCKET_URL');
  if (webSocketUrl !== undefined && !isWebSocket(webSocketUrl))
    mistakes.push('WHATSAPP_WEB_SOCKET_URL must be a ws or wss URL; leave it out for WhatsApp itself');
  const mediaHosts = (value('WHATSAPP_MEDIA_HOSTS') ?? 'mmg.whatsapp.net,*.whatsapp.net')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
  if (!mediaHosts.every((host) => /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(host)))
    mistakes.push('WHATSAPP_MEDIA_HOSTS must be host names with commas between, such as *.whatsapp.net');
  const version = readVersion(value('WHATSAPP_VERSION'), mistakes);
  const paceMs = Number(value('WHATSAPP_PACE_MS') ?? 1000);
  if (!Number.isInteger(paceMs) || paceMs < 0 || paceMs > PACE_LIMIT)
    mistakes.push(`WHATSAPP_PACE_MS must be a whole number from 0 to ${PACE_LIMIT}, such as 1000`);
  if (enabled !== 'true') return undefined;
  return {
    mediaHosts,
    paceMs,
    ...(pairingNumber === undefined ? {} : { pairingNumber }),
    ...(webSocketUrl === undefined ? {} : { webSocketUrl }),
    ...(version === undefined ? {} : { version }),
  };
}

function readVersion(text: string | undefined, mistakes: string[]): [number, number, number] | undefined {
  if (text === undefined) return undefined;
  const parts = /^\[?\s*(\d{1,9})\s*[.,]\s*(\d{1,9})\s*[.,]\s*(\d{1,12})\s*\]?$/.exec(text);
  if (!parts) {
    mistakes.push('WHATSAPP_VERSION must be three numbers, such as 2.3000.1043857760');
    return undefined;
  }
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

const isWebSocket = (text: string): boolean => {
  try {
    return ['ws:', 'wss:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
};
