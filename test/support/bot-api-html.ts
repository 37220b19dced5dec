/** Telegram's HTML as the Bot API reads it: a few tags, properly nested, and the plain text that remains is what counts for limits. */

const TAGS = new Set('b strong i em u ins s strike del a code pre span tg-spoiler tg-emoji blockquote'.split(' '));
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** The text without marks, or what the Bot API says is wrong with it. */
export function parseHtml(html: string): { readonly plain: string } | { readonly error: string } {
  const open: string[] = [];
  let plain = '';
  let at = 0;
  for (const match of html.matchAll(/<(\/?)([^\s<>/]*)([^<>]*)(>?)/g)) {
    plain += html.slice(at, match.index);
    at = match.index + match[0].length;
    const [, slash, name = '', , end] = match;
    const tag = name.toLowerCase();
    const offset = Buffer.byteLength(html.slice(0, match.index));
    if (end === '') return { error: `Unclosed start tag at byte offset ${offset}` };
    if (slash === '') {
      if (!TAGS.has(tag)) return { error: `Unsupported start tag "${tag}" at byte offset ${offset}` };
      open.push(tag);
    } else if (open.pop() !== tag) return { error: `Unmatched end tag at byte offset ${offset}` };
  }
  if (open.length > 0) return { error: `Can't find end tag corresponding to start tag ${open.at(-1)}` };
  plain += html.slice(at);
  return { plain: plain.replace(/&(lt|gt|amp|quot);/g, (_, name: string) => ENTITIES[name] as string) };
}
