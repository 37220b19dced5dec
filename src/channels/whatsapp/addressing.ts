import type { proto } from '@whiskeysockets/baileys';
import { normaliseJid, userOf } from './jid.ts';

/** Our own addresses on WhatsApp, normalised. */
export interface Me {
  readonly lid: string | undefined;
  readonly phone: string | undefined;
}

export const isMe = (jid: string | undefined, { lid, phone }: Me): boolean =>
  jid !== undefined && (jid === lid || jid === phone);

/**
 * What we are to hear of a text in a group: it without our name, or undefined where it is not meant for us. It is where we are mentioned, or one of our
 * messages is answered.
 */
export function heardInGroup(text: string, context: proto.IContextInfo | undefined, me: Me): string | undefined {
  const mentioned = (context?.mentionedJid ?? []).some((jid) => isMe(normaliseJid(jid), me));
  const replied = Boolean(context?.stanzaId) && isMe(normaliseJid(context?.participant), me);
  if (!mentioned && !replied) return undefined;
  let rest = text;
  // users are digits, so nothing in them has to be escaped
  for (const jid of [me.lid, me.phone])
    if (jid && /^\d+@/.test(jid)) rest = rest.replace(new RegExp(`@${userOf(jid)}(?!\\d)`, 'g'), ' ');
  rest = rest.replace(/ {2,}/g, ' ').trim();
  // our name and nothing else is a call for help
  return rest === '' && mentioned ? '/bantuan' : rest;
}
