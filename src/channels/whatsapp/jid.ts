/** WhatsApp's addresses: `user[:device]@server`. */

/** What stands behind an address. */
export type JidKind = 'lid' | 'phone' | 'group' | 'broadcast' | 'channel' | 'other';

const SERVERS: Readonly<Record<string, JidKind>> = {
  lid: 'lid',
  's.whatsapp.net': 'phone',
  'g.us': 'group',
  broadcast: 'broadcast',
  newsletter: 'channel',
};
/** Other names of the same places. */
const SAME: Readonly<Record<string, string>> = {
  'c.us': 's.whatsapp.net',
  hosted: 's.whatsapp.net',
  'hosted.lid': 'lid',
};

/** The address without device and agent, or undefined where the text is none. */
export function normaliseJid(jid: string | null | undefined): string | undefined {
  const parts = /^([^@:_\s]+)(?:_\d+)?(?::\d+)?@([a-z.]+)$/.exec(jid ?? '');
  if (!parts?.[1] || !parts[2]) return undefined;
  return `${parts[1]}@${SAME[parts[2]] ?? parts[2]}`;
}

/** @param jid normalised */
export function kindOf(jid: string): JidKind {
  // WhatsApp's own announcements come from number 0
  if (jid === '0@s.whatsapp.net') return 'other';
  return SERVERS[jid.slice(jid.indexOf('@') + 1)] ?? 'other';
}

export const userOf = (jid: string): string => jid.slice(0, jid.indexOf('@'));
