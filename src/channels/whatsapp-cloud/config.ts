/** The settings of the WhatsApp Cloud API channel, in the manner of src/config.ts, which joins them. */

export interface WhatsAppCloudConfig {
  /** Access token of a system user, sent with every call. */
  readonly token: string;
  /** Meta's id of the bot's number; not the number itself. */
  readonly phoneId: string;
  /** Signs what Meta posts to us. */
  readonly appSecret: string;
  /** What Meta shows when it verifies the webhook. */
  readonly verifyToken: string;
  /** Graph API with its version, without a slash at the end. */
  readonly graphUrl: string;
}

const GRAPH_URL = 'https://graph.facebook.com/v23.0';

export const WHATSAPP_CLOUD_SETTINGS = [
  {
    name: 'WHATSAPP_CLOUD_TOKEN',
    default: undefined,
    secret: true,
    help: 'access token of a system user (whatsapp_business_messaging); the Cloud API is off without it',
  },
  {
    name: 'WHATSAPP_CLOUD_PHONE_ID',
    default: undefined,
    help: "required with the token: Meta's id of the bot's number (digits; not the number itself)",
  },
  {
    name: 'WHATSAPP_CLOUD_APP_SECRET',
    default: undefined,
    secret: true,
    help: "required with the token: the app's secret, with which Meta signs; 32 hexadecimal digits",
  },
  {
    name: 'WHATSAPP_CLOUD_VERIFY_TOKEN',
    default: undefined,
    secret: true,
    help: 'required with the token: 16 to 256 of A-Z a-z 0-9 _ -, the same as in the settings of the webhook at Meta',
  },
  { name: 'WHATSAPP_GRAPH_URL', default: GRAPH_URL, help: 'Graph API with its version, for a newer one' },
] as const;

export type WhatsAppCloudSettingName = (typeof WHATSAPP_CLOUD_SETTINGS)[number]['name'];

/** What each setting must look like, and what to do where it does not. */
const REQUIRED = [
  [
    'WHATSAPP_CLOUD_PHONE_ID',
    /^\d{5,25}$/,
    'digits, "Phone number ID" in the app\'s WhatsApp > API Setup (not the telephone number)',
  ],
  ['WHATSAPP_CLOUD_APP_SECRET', /^[0-9a-f]{32}$/i, "32 hexadecimal digits, in the app's Settings > Basic > App secret"],
  [
    'WHATSAPP_CLOUD_VERIFY_TOKEN',
    /^[\w-]{16,256}$/,
    '16 to 256 of A-Z a-z 0-9 _ -; make one with: openssl rand -hex 32, and enter it in the settings of the webhook at Meta',
  ],
] as const satisfies ReadonlyArray<readonly [WhatsAppCloudSettingName, RegExp, string]>;

/** The channel's configuration, or undefined where it is off. What is wrong is added to `mistakes`, each with its repair, never with a value. */
export function readWhatsAppCloudConfig(
  value: (name: WhatsAppCloudSettingName) => string | undefined,
  mistakes: string[],
): WhatsAppCloudConfig | undefined {
  const token = value('WHATSAPP_CLOUD_TOKEN');
  const graphUrl = value('WHATSAPP_GRAPH_URL') ?? GRAPH_URL;
  if (!isGraphUrl(graphUrl))
    mistakes.push(`WHATSAPP_GRAPH_URL must be an http(s) URL without a query, such as ${GRAPH_URL}`);
  // it goes into a header
  if (token !== undefined && !/^[\x21-\x7e]{20,}$/.test(token))
    mistakes.push(
      'WHATSAPP_CLOUD_TOKEN does not look like a token; copy it again from Meta (one long word), Business settings > System users',
    );
  for (const [name, shape, repair] of REQUIRED) {
    const given = value(name);
    if (token === undefined && given !== undefined)
      mistakes.push(`${name} is set without WHATSAPP_CLOUD_TOKEN; set the token too, or leave both out`);
    else if (token !== undefined && given === undefined)
      mistakes.push(`${name} is required with WHATSAPP_CLOUD_TOKEN: ${repair}`);
    else if (given !== undefined && !shape.test(given)) mistakes.push(`${name} must be ${repair}`);
  }
  if (token === undefined) return undefined;
  return {
    token,
    phoneId: value('WHATSAPP_CLOUD_PHONE_ID') ?? '',
    appSecret: value('WHATSAPP_CLOUD_APP_SECRET') ?? '',
    verifyToken: value('WHATSAPP_CLOUD_VERIFY_TOKEN') ?? '',
    graphUrl: graphUrl.replace(/\/+$/, ''),
  };
}

const isGraphUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.search === '' && url.hash === '';
};
