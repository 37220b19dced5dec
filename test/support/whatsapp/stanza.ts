/** Building and reading stanzas, and the addresses in them. */
import { type BinaryNode, jidDecode } from '@whiskeysockets/baileys';

/** The server's own address: a number's without a number. */
export const SERVER = '@s.whatsapp.net';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A stanza; attributes that are undefined are left out. */
export function stanza(
  tag: string,
  attrs: Attributes = {},
  content?: readonly BinaryNode[] | Uint8Array | string,
): BinaryNode {
  const given = Object.entries(attrs).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  const node = { tag, attrs: Object.fromEntries(given) as Record<string, string> };
  return content === undefined ? node : { ...node, content: content as BinaryNode[] | Uint8Array | string };
}

export function children(node: BinaryNode | undefined, tag?: string): readonly BinaryNode[] {
  if (!Array.isArray(node?.content)) return [];
  return tag === undefined ? node.content : node.content.filter((child) => child.tag === tag);
}

export const child = (node: BinaryNode | undefined, tag: string): BinaryNode | undefined => children(node, tag)[0];

/** The bytes inside a child, or undefined. */
export function bytes(node: BinaryNode | undefined, tag: string): Buffer | undefined {
  const content = child(node, tag)?.content;
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? Buffer.from(content) : undefined;
}

/** The bytes inside a child that must be there. */
export function needBytes(node: BinaryNode | undefined, tag: string): Buffer {
  const found = bytes(node, tag);
  if (!found) throw new Error(`<${node?.tag}> has no <${tag}> with bytes`);
  return found;
}

export const lidJid = (user: string, device = 0): string => `${user}${device ? `:${device}` : ''}@lid`;
export const phoneJid = (user: string, device = 0): string => `${user}${device ? `:${device}` : ''}${SERVER}`;
export const isLid = (jid: string): boolean => jid.endsWith('@lid');
export const isGroup = (jid: string): boolean => jid.endsWith('@g.us');

export function parts(jid: string): { readonly user: string; readonly device: number; readonly server: string } {
  const decoded = jidDecode(jid);
  if (!decoded) throw new Error(`not an address: "${jid}"`);
  return { user: decoded.user, device: decoded.device ?? 0, server: decoded.server };
}

/** The same address with another device number; 0 is the phone. */
export function withDevice(jid: string, device: number): string {
  const { user, server } = parts(jid);
  return `${user}${device ? `:${device}` : ''}@${server}`;
}

export const seconds = (date = new Date()): number => Math.floor(date.getTime() / 1000);
